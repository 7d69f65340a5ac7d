"""Stays that run, valid by default: ten days in a skilled nursing facility of a Classicare member."""

from datetime import date, datetime
from typing import Any

import pytest

from domain.case.keeping import come_to_rest
from domain.concurrent.acts import EndCoverage, GiveNotice
from domain.concurrent.concurrent import Concurrent
from domain.concurrent.qio import AskQio
from domain.determination.decisions import Approve
from domain.parts.events import EventKind
from domain.request.line import Coverage
from domain.request.request import Request
from domain.terms.notice import NoticeKind
from domain.terms.people import Language
from domain.terms.refusals import Refused
from tests.appealing import carried
from tests.builders import a_request, at, policy, staff

RECEIVED = at("2026-10-06 09:00 AST")
ZONE = dict.fromkeys(("mcs-classicare", "mcs-life", "mcs-life-accredited"), "AST")
ZONE |= dict.fromkeys(("caresource", "self-funded-sample"), "EASTERN")
NOT_MET = {"reason_id": "stay-days.lower-level", "criterion": "stay-days.skilled"}
FRIDAY = {"on": "2026-10-16"} | NOT_MET


def a_stay(setting: str = "skilled_nursing", **changes: Any) -> Request:
    """Admitted on 6 October; leave is asked for through 16 October."""
    since = changes.pop("since", "2026-10-06")
    through = changes.pop("through", "2026-10-16")
    days = (date.fromisoformat(through) - date.fromisoformat(since)).days + 1
    fields: dict[str, Any] = {
        "received_at": RECEIVED,
        "service": "99221" if "hospital" in setting else "99306",
        "units": days,
        "from_day": since,
        "place_of_service": "21" if "hospital" in setting else "31",
        "stay": {"setting": setting, "since": since, "through": through},
    }
    return a_request(**(fields | changes))


def a_review(plan: str = "mcs-classicare", setting: str = "skilled_nursing", **changes: Any) -> Concurrent:
    request = a_stay(setting, plan=plan, **changes)
    rules = policy(plan, request.received_at.year, request.services, Concurrent.kind)
    return Concurrent.received("CON-2222-2222-2222", "member", rules, request, now=request.received_at)


def running(plan: str = "mcs-classicare", setting: str = "skilled_nursing", **changes: Any) -> Concurrent:
    """Its first stretch approved, and everybody told."""
    case = a_review(plan, setting, **changes)
    covered(case, case.received_at)
    Approve(actor=staff("rn-rivera")).apply(case, case.received_at)
    come_to_rest(case, case.received_at)
    return case


def covered(case: Concurrent, now: datetime) -> None:
    case.coverage_found(Coverage(eligible=True, covered=True, because="covered"), now)


def does(case: Concurrent, when: str, who: str, act: Any, **words: Any) -> Concurrent:
    """Somebody acts at that instant, after everything before it has happened; letters leave at once."""
    now = at(f"{when} {ZONE[case.policy.plan.id]}")
    carried(case, now)
    said = act(actor=staff(who), **words)
    said.refuse_unless_allowed(case, now)
    said.apply(case, now)
    if case.coverage is None and case.is_undecided:
        covered(case, now)
    come_to_rest(case, now)
    return case


def _told_in(language: Language) -> Concurrent:
    provider = {"name": "Hogar Modelo", "npi": "1234567893", "address": "Calle Sol 8", "language": language}
    return running(member={"language": language}, requesting_provider=provider)


def noticed(language: Language) -> Concurrent:
    """Coverage is to end on Friday the 16th, by a notice of Wednesday."""
    case = does(_told_in(language), "2026-10-12 10:00", "md-vega", EndCoverage, on="2026-10-16", **NOT_MET)
    return does(case, "2026-10-14 10:00", "ic-santos", GiveNotice, what="notice")


def asked_about(language: Language) -> Concurrent:
    """And the QIO was asked in time."""
    return does(noticed(language), "2026-10-15 10:00", "ap-soto", AskQio)


def refusal(case: Concurrent, when: str, who: str, act: Any, **words: Any) -> str:
    with pytest.raises(Refused) as refused:
        does(case.model_copy(deep=True), when, who, act, **words)
    return str(refused.value)


def due(case: Concurrent, name: str) -> datetime | None:
    return case.due_at_of(case.clocks[name])


def kinds(case: Concurrent) -> list[NoticeKind]:
    return [one.kind for one in case.letters.notices if one.recipient.value == "member"]


def breaches(case: Concurrent) -> list[str]:
    return [event.words for event in case.log.events if event.kind is EventKind.BREACHED]
