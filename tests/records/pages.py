"""Pages of real cases, as their workflow writes them."""

from datetime import timedelta
from typing import Any

from domain.page import Claim, Page
from domain.people import Words
from domain.precertification import Precertification
from domain.review import Approve, Deny, Refer
from tests.builders import a_case, staff
from workflows.casework import page_of

HOUR = timedelta(hours=1)


def a_claim(case: str = "PRE-2222-2222-2222", **changes: Any) -> Claim:
    from tests.builders import at

    fields: dict[str, Any] = {
        "kind": "precertification",
        "plan": "mcs-classicare",
        "member": "member-hash",
        "fingerprint": f"fingerprint of {case}",
        "reference": None,
        "received_at": at("2037-03-02 18:41 AST"),
    }
    return Claim.model_validate({"case": case} | fields | changes)
