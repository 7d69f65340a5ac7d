"""The demo's scenes: how each case comes in, and what staff do with it. Data, no code."""

from dataclasses import dataclass

Step = tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """One example that comes in and the commands that walk it on.

    CASE stands for the case's number, APPEAL and PERMIT for those of its appeal and its authorization, EXAMPLES for
    their folder, NOW for the receipt, JUST_NOW for the moment, MAILED for ten days before the receipt.
    """

    file: str
    title: str
    steps: tuple[Step, ...] = ()
    shows_letter_to: str | None = None
    opens: Step = ("precert", "submit", "EXAMPLES/precert/FILE", "--received", "NOW")


TO_MEMBER: Step = ("call", "CASE", "--to", "member", "--as", "ic-santos")
TO_PROVIDER: Step = ("call", "CASE", "--to", "provider", "--as", "ic-santos")

SCENES = (
    Scene("01-approved-by-criteria.json", "Approved by criteria", (TO_MEMBER, TO_PROVIDER)),
    Scene(
        "02-nurse-approval.json",
        "A nurse approves what one clause left open",
        (
            ("review", "CASE"),
            ("claim", "CASE", "--as", "rn-rivera"),
            ("approve", "CASE", "--line", "1", "--as", "rn-rivera"),
        ),
    ),
    Scene(
        "03-physician-denial.json",
        "A physician denies, an appeal overturns it, and the authorization lives to its last day",
        (
            ("explain", "CASE"),
            ("forecast", "CASE"),
            ("refer", "CASE", "--line", "1", "--as", "rn-rivera"),
            (
                *("deny", "CASE", "--line", "1", "--as", "md-vega"),
                *("--reason", "criteria_not_met", "--criterion", "oncologic-pet.purpose"),
            ),
            ("show", "CASE", "--all"),
            (
                *("appeal", "open", "CASE", "EXAMPLES/appeal.json", "--received", "JUST_NOW"),
                *("--by", "member", "--as", "ic-santos"),
            ),
            ("review", "APPEAL"),
            ("appeal", "decide", "APPEAL", "--answer", "overturned", "--as", "md-ortiz"),
            ("auth", "show", "PERMIT"),
            ("fast-forward", "PERMIT", "500d"),
            ("show", "CASE"),
        ),
        shows_letter_to="member",
    ),
    Scene(
        "04-partial-fewer-visits.json",
        "Fewer visits than were asked for",
        (
            ("refer", "CASE", "--as", "rn-colon"),
            (
                *("reduce", "CASE", "--units", "6", "--as", "md-ortiz"),
                *("--reason", "fewer_units_suffice", "--criterion", "home-health-nursing.visits"),
            ),
        ),
    ),
    Scene(
        "05-modified-other-code.json",
        "Another code than was asked for",
        (
            ("refer", "CASE", "--as", "rn-rivera"),
            (
                *("modify", "CASE", "--service", "72148", "--as", "md-vega"),
                *("--reason", "lower_level_suffices", "--criterion", "lumbar-mri.plan"),
            ),
        ),
    ),
    Scene("06-incomplete-no-order.json", "Incomplete: what is missing is asked for", (("show", "CASE"),)),
    Scene("07-emergency.json", "Emergency: none is required"),
    Scene("08-not-on-the-list-only-asked.json", "Only asked, and on no list"),
    Scene(
        "09-not-covered.json",
        "Not covered: an administrative ground, with the full notice",
        (("deny", "CASE", "--reason", "not_eligible_on_date", "--as", "cov-matos"),),
    ),
    Scene(
        "10-expedited-puerto-rico.json",
        "Expedited in Puerto Rico: 24 hours",
        (("show", "CASE"), ("approve", "CASE", "--as", "rn-rivera"), TO_MEMBER),
    ),
    Scene(
        "11-four-lines-of-different-kinds.json", "Four lines of different kinds", (("show", "CASE", "--all"),)
    ),
    Scene(
        "16-specialty-consult.json",
        "A consult with a specialist, decided at once; its units are visits",
        (("show", "CASE"),),
    ),
    Scene("12-spanish-speaking-member.json", "Approved, told in Spanish", shows_letter_to="member"),
    Scene(
        "14-member-asks-to-expedite.json",
        "A member asks to expedite, and is refused",
        (("downgrade", "CASE", "--as", "rn-rivera"), ("explain", "CASE")),
    ),
    Scene(
        "15-self-funded-missing-information.json",
        "Withdrawn before it is decided",
        (("withdraw", "CASE", "--by", "physician", "--as", "ic-santos"),),
    ),
    Scene(
        "01-neurologist.json",
        "A standing referral to a neurologist, given by a physician",
        (("approve", "CASE", "--as", "md-vega"), ("show", "CASE")),
        shows_letter_to="member",
        opens=("standing", "submit", "EXAMPLES/standing/FILE", "--received", "NOW"),
    ),
    Scene(
        "01-nursing-facility.json",
        "A stay in a nursing facility: days approved, and the last of them is a day of review",
        (
            ("approve", "CASE", "--as", "rn-rivera"),
            ("forecast", "CASE"),
            ("concurrent", "discharge", "CASE", "--as", "ic-santos"),
        ),
        opens=("concurrent", "submit", "EXAMPLES/concurrent/FILE", "--received", "NOW"),
    ),
    Scene(
        "01-emergency.json",
        "Given in an emergency, and asked about seven weeks later",
        (("explain", "CASE"), ("show", "CASE")),
        opens=("retrospective", "submit", "EXAMPLES/retrospective/FILE", "--received", "NOW"),
    ),
    Scene(
        "01-proton-therapy.json",
        "A service that Puerto Rico does not offer, and a provider in the United States",
        (
            (
                *("referral", "availability", "CASE", "EXAMPLES/referral/finding-not-available.json"),
                *("--as", "cm-reyes"),
            ),
            ("refer", "CASE", "--as", "rn-rivera"),
            ("approve", "CASE", "--as", "md-vega"),
            ("referral", "providers", "CASE"),
            ("referral", "choose", "CASE", "1000000210", "--as", "cm-reyes"),
            ("show", "CASE", "--all"),
        ),
        opens=("referral", "submit", "EXAMPLES/referral/FILE", "--received", "NOW"),
    ),
    Scene(
        "grievance.json",
        "A member complains that we would not hurry, and is told within the day",
        (
            ("grievance", "sort", "CASE", "grievance", "--as", "ap-soto"),
            ("explain", "CASE"),
            (
                *("grievance", "answer", "CASE", "--found", "justified", "--by-voice"),
                *("--says", "EXAMPLES/grievance-answer.txt", "--as", "ap-soto"),
            ),
        ),
        opens=("grievance", "submit", "EXAMPLES/FILE", "--received", "NOW"),
    ),
    Scene(
        "learned.json",
        "A member has another plan too: asked about it, and told which pays first",
        (
            ("cob", "facts", "CASE", "EXAMPLES/cob/answered.json", "--as", "ic-santos"),
            ("forecast", "CASE"),
        ),
        opens=("cob", "submit", "EXAMPLES/cob/FILE", "--received", "NOW"),
    ),
    Scene(
        "message.json",
        "A message that asks for care in haste: heard on call, called back, and the clock runs from it",
        (
            ("message", "show", "CASE", "--as", "ic-santos"),
            ("message", "call-back", "CASE", "--as", "ic-santos"),
            ("explain", "CASE"),
        ),
        opens=("message", "take", "EXAMPLES/FILE", "--received", "NOW"),
    ),
    Scene(
        "referral.json",
        "A member is offered care management, consents, and leaves again on their own word",
        (
            ("care", "eligible", "CASE", "--risk", "high", "--as", "cm-reyes"),
            ("explain", "CASE"),
            ("care", "offer", "CASE", "--as", "cm-reyes"),
            ("care", "consent", "CASE", "--recording", "line 4", "--language", "english", "--as", "cm-reyes"),
            ("care", "opt-out", "CASE", "--as", "ic-santos"),
        ),
        opens=("care", "refer", "EXAMPLES/care/FILE", "--received", "NOW"),
    ),
    Scene(
        "technology.json",
        "A new technology: four bases answered, a specialist's opinion, and the committee votes next",
        (
            (
                *("technology", "scope", "CASE", "--question", "EXAMPLES/committee/question.txt"),
                *("--as", "qa-marin"),
            ),
            ("technology", "evidence", "CASE", "EXAMPLES/committee/evidence.json", "--as", "qa-marin"),
            (
                *("technology", "opinion", "CASE", "--says", "EXAMPLES/committee/opinion.txt"),
                *("--as", "md-ortiz"),
            ),
        ),
        opens=("technology", "submit", "EXAMPLES/committee/FILE", "--received", "NOW"),
    ),
    Scene(
        "guideline.json",
        "A text by which requests are decided: reviewed with its literature, and not for its cost alone",
        (
            ("guideline", "review", "CASE", "EXAMPLES/committee/works.json", "--as", "md-ortiz"),
            ("show", "CASE"),
        ),
        opens=("guideline", "submit", "EXAMPLES/committee/FILE", "--received", "NOW"),
    ),
    Scene(
        "remittance-outpatient.835",
        "A provider disputes what was paid, and the time to ask the health plan passes",
        (
            ("dispute", "read", "EXAMPLES/remittance-outpatient.835", "--plan", "procare"),
            ("dispute", "review", "CASE"),
            ("forecast", "CASE"),
            (
                *("dispute", "resolve", "CASE", "--line", "1", "--outcome", "partly", "--amount", "40.00"),
                *("--why", "shown_in_part", "--as", "da-torres"),
            ),
            (
                *("dispute", "resolve", "CASE", "--line", "2", "--outcome", "upheld"),
                *("--why", "paid_at_medicare_rate", "--as", "da-torres"),
            ),
            ("fast-forward", "CASE", "181d"),
            ("show", "CASE"),
        ),
        shows_letter_to="provider",
        opens=(
            *("dispute", "submit", "--remittance", "EXAMPLES/FILE", "--claim", "QR-2026-0533"),
            *("--plan", "procare", "--mailed-on", "MAILED", "--received", "NOW", "--expected", "1=944.25"),
            *(
                "--expected",
                "2=126.00",
                "--document",
                "original_claim=EXAMPLES/dispute-papers/claim-0533.txt",
            ),
            *("--document", "supporting_records=EXAMPLES/dispute-papers/records.txt"),
            *("--document", "dispute_form=EXAMPLES/dispute-papers/dispute-form.txt"),
            *("--statement", "EXAMPLES/dispute-papers/records.txt"),
        ),
    ),
)
