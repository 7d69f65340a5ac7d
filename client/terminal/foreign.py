"""What other systems send and no command reads as a request: called by its name, with what to do instead."""

import re
from typing import Any

INSTEAD = (
    "no command reads that; key what it asks for as JSON of our own (`plazo precert schema`, or that of its kind, "
    "says the form), and say with --received when it reached us"
)
AN_835 = "`plazo dispute read` reads it, and `plazo dispute submit --remittance` opens a dispute of a claim"
TRANSACTIONS = {
    "278": "a request for review, or the answer to one",
    "275": "papers for a request",
    "837": "a claim",
    "835": "a remittance advice",
}
_ST = re.compile(r"[~\n]\s*ST.(\d{3})\b")
_FHIR_XML = re.compile(r"\s*(<\?xml[^>]*>\s*)?<\w+\s[^>]*http://hl7\.org/fhir")


def why_not_text(text: str) -> str | None:
    """What a text is that is not JSON, where it is known."""
    if text.startswith("ISA"):
        found = _ST.search(text)
        number = found[1] if found else ""
        named = (
            f"an X12 {number} ({TRANSACTIONS[number]})" if number in TRANSACTIONS else "an X12 interchange"
        )
        return f"it is {named}; {AN_835 if number == '835' else INSTEAD}"
    return f"it is a FHIR resource as XML; {INSTEAD}" if _FHIR_XML.match(text) else None


def why_not_object(found: dict[str, Any]) -> str | None:
    """What an object is that is JSON and no request of ours."""
    kind = found.get("resourceType")
    if kind is None:
        return None
    return f"it is a FHIR {'bundle' if kind == 'Bundle' else 'resource'}; {INSTEAD}"
