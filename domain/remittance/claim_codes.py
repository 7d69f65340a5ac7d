"""The codes of a claim in a remittance (X12 835): what the payer did with it, and whose coverage it was."""

# Claim status, as 005010X221A1 lists it for CLP02.
STATUSES = {
    "1": "processed as primary",
    "2": "processed as secondary",
    "3": "processed as tertiary",
    "4": "denied",
    "19": "processed as primary, forwarded to another payer",
    "20": "processed as secondary, forwarded to another payer",
    "21": "processed as tertiary, forwarded to another payer",
    "22": "reversal of an earlier payment",
    "23": "not this payer's claim, forwarded to another payer",
    "25": "a price in advance, no payment",
}
SECONDARY = {"2", "3", "20", "21"}  # other payers came first
TERTIARY = {"3", "21"}
DENIED = "4"
REVERSAL = "22"  # takes an earlier payment back; the corrected claim stands beside it
UNPAID = {"23", "25"}  # says nothing of what a plan pays

MEDICARE_ADVANTAGE = "16"  # the only indicator that says it: a local PPO of Medicare Advantage may say 12

# Claim filing indicators, X12 element 1032 as 005010X221A1 lists it for CLP06.
COVERAGES = {
    "12": "a preferred provider organization",
    "13": "a point-of-service plan",
    "14": "an exclusive provider organization",
    "15": "indemnity insurance",
    "16": "a Medicare HMO (Medicare Advantage)",
    "17": "a dental maintenance organization",
    "AM": "automobile medical insurance",
    "CH": "TRICARE",
    "DS": "disability insurance",
    "HM": "a health maintenance organization",
    "LM": "liability medical insurance",
    "MA": "Original Medicare, Part A",
    "MB": "Original Medicare, Part B",
    "MC": "Medicaid",
    "OF": "another federal program",
    "TV": "Title V",
    "VA": "the Veterans Affairs plan",
    "WC": "workers' compensation",
    "ZZ": "a coverage that payer and provider defined themselves",
}


def unlisted(status: str) -> str | None:
    """The sentence about a status that the guide does not list; None where it does."""
    return None if status in STATUSES else f"CLP02 {status} is no claim status of version 5010"
