"""Pages of real cases, as their workflow writes them."""

from datetime import timedelta
from typing import Any

from domain.case import ending
from domain.desk.desk import Claim as TakeWork
from domain.determination.decisions import Approve, Deny, Refer
from domain.review.precertification import Precertification
from domain.terms.people import Words
from domain.view.page import NumberClaim, Page
from tests.builders import COMPLETE, a_case, a_document, at, staff
from workflows.running.pages import page_of

RECEIVED = at("2037-03-02 18:41 AST")
HOUR = timedelta(hours=1)
NUMBER = "PRE-2222-2222-2222"

PERSONAL = [
    *("Ana Rivera", "MCS-0001", "Calle Luna", "Luis Ortiz", "M54.16"),
    *("no neurological deficit", "shows_red_flag", "scan of Ana.pdf"),
]
"""What a page knows of people and their illness, and no stranger may read."""


def a_claim(case: str = NUMBER, **changes: Any) -> NumberClaim:
    fields = {
        "kind": "precertification",
        "plan": "mcs-classicare",
        "member": "member-hash",
        "fingerprint": f"fingerprint of {case}",
        "reference": None,
        "received_at": RECEIVED,
    }
    return NumberClaim.model_validate({"case": case} | fields | changes)


def a_case_in_review(number: str = NUMBER, **changes: Any) -> Precertification:
    """Received, complete and covered; criteria alone did not approve it, so a nurse looks."""
    case = a_case(**changes)
    case.number = number
    case.criteria_checked({}, case.received_at)
    return case


def a_page(case: Precertification, written: int = 0) -> Page:
    """The case as it stands, with the events after the first `written`; later acts do not change it."""
    return page_of(case, written, case.next_appointment, case.log.events[-1].recorded_at).model_copy(
        deep=True
    )


def a_page_of(number: str = NUMBER, **changes: Any) -> Page:
    return a_page(a_case_in_review(number, **changes))


def taken(case: Precertification, who: str) -> Precertification:
    TakeWork(actor=staff(who)).apply(case, case.received_at + HOUR)
    return case


def approved(case: Precertification) -> Precertification:
    Approve(actor=staff("rn-rivera")).apply(case, case.received_at + HOUR)
    case.settle(case.received_at + HOUR)
    return case


def ended(case: Precertification) -> Precertification:
    ending.close(case, "certified in total", case.received_at + HOUR)
    return case


def referred(case: Precertification) -> Precertification:
    Refer(actor=staff("rn-rivera")).apply(case, RECEIVED + HOUR)
    return case


def denied(case: Precertification) -> Precertification:
    words = Words(en="The notes show no neurological deficit.")
    deny = Deny(
        actor=staff("md-ortiz"), reason_id="criteria_not_met", criterion="lumbar-mri.weeks", words=words
    )
    deny.apply(case, RECEIVED + 2 * HOUR)
    case.settle(RECEIVED + 2 * HOUR)
    return case


def pages_of_a_denial(number: str = NUMBER) -> tuple[Page, Page, Page]:
    """In review, referred to a physician, denied: three pages, each with what is new."""
    case = a_case_in_review(number)
    first = a_page(case)
    written = len(case.log.events)
    second = a_page(referred(case), written)
    written = len(case.log.events)
    return first, second, a_page(denied(case), written)


def closed(page: Page) -> Page:
    """The same page of a case that is over; what waited still waits, as it may when a case was withdrawn."""
    shown = page.sheet.shown.model_copy(update={"stage": "closed"})
    return page.model_copy(update={"sheet": page.sheet.model_copy(update={"shown": shown})})


SCAN = a_document("fax-7", shows_red_flag=True).model_copy(update={"file": "scan of Ana.pdf"})


async def write_everything(register: Any) -> str:
    """A denial and an approval with all that belongs to them; answers with everything that was written."""
    pages = [
        a_page(denied(a_case_in_review(documents=(*COMPLETE, SCAN)))),
        a_page(ended(approved(a_case_in_review("PRE-3333-3333-3333")))),
    ]
    for page in pages:
        await register.claim(a_claim(page.case))
        await register.write(page)
    return "".join(page.model_dump_json() for page in pages)
