"""Sent again with one field changed, whichever it is: an act, a flag or a case, and never silence."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from activities.admission import claim_of
from activities.opening import application_of, application_of_appeal, application_of_filing
from domain.appeal.appealed import appealed
from domain.appeal.receiving import ReceiveAppeal
from domain.appeal.request import AppealRequest
from domain.determination.receiving import ReceiveRequest
from domain.dispute.filing import ContendedLine, DisputedClaim, DisputingProvider, Filing
from domain.dispute.receiving import ReceiveFiling
from domain.dispute.work import FILED_AGAIN
from domain.parts.events import EventKind
from domain.remittance.notification import NoticeOfPayment
from domain.request.receipt import everything_of
from domain.request.request import Member, Order, Provider, Request, ServiceLine
from domain.terms.refusals import Refused
from tests.appealing import NIECE, an_appeal, appeal_of, denied
from tests.builders import a_case, a_document, a_request, at, policy, staff
from tests.disputes import a_dispute, a_filing, policy_of
from tests.fakes import FakePseudonyms, FakeRegister

A_WEEK = timedelta(days=7)
CLERK = staff("ic-santos")

WORDS = st.text("abcdefgh XYZ", min_size=3, max_size=12).filter(lambda text: text.strip() == text)
DAYS = st.dates(date(2037, 1, 1), date(2037, 2, 28)).map(str)
NPIS = st.sampled_from(["1000000012", "1000000020", "1000000038"])
AMOUNTS = st.decimals(1, 299, places=2).map(str)
PAPERS = st.builds(lambda word: [a_document(f"paper-{word}").model_dump(mode="json")], st.integers(1, 9))
LANGUAGES, CHANNELS = st.sampled_from(["en", "es"]), st.sampled_from(["mail", "portal", "email"])
SOMEBODY = {"name": WORDS, "language": LANGUAGES, "telephone": WORDS, "address": WORDS}
RECEIPTS = st.integers(-48, 100).map(lambda hours: at("2037-03-02 18:41 AST") + timedelta(hours=hours))

REQUEST: dict[str, Any] = {
    "channel": CHANNELS,
    "requested_by": st.sampled_from(["member", "representative"]),
    "received_at": RECEIPTS,
    "reference": WORDS | st.none(),
    "urgency": st.just("expedited"),
    "emergency": st.just(True),
    "post_stabilization": st.just(True),
    "wants_decision": st.just(False),
    "member": SOMEBODY
    | {"contract_number": WORDS | st.none(), "birth_date": DAYS}
    | {"mbi": st.just("1EG4TE5MK73"), "benefit_package": st.just("001"), "product": WORDS, "ipa": WORDS},
    "requesting_provider": SOMEBODY
    | {"npi": NPIS, "role": st.just("ob_gyn"), "fax": WORDS, "contracted": st.booleans(), "specialty": WORDS},
    "servicing_provider": SOMEBODY
    | {"npi": NPIS, "role": st.just("ob_gyn"), "fax": WORDS, "contracted": st.booleans(), "specialty": WORDS},
    "order": {"dated": DAYS, "justification": WORDS | st.none()},
    "referral": WORDS,
    "visit": st.just({"place": {"city": "Orlando", "state": "FL"}}),
    "extends": WORDS,
    "stay": st.just({"setting": "hospital", "since": "2037-01-02", "through": "2037-01-09"}),
    "standing": st.just({"condition": "degenerative", "through": "2038-01-09", "scope": "visits"}),
    "unasked": st.just("could_not_ask"),
    "under": WORDS,
    "defective": st.just(True),
    "lines": {
        "service": st.sampled_from(["71260", "99213"]),
        "units": st.integers(2, 9),
        "diagnoses": st.just(["M51.26"]) | st.just([]),
        "from_day": DAYS,
        "place_of_service": st.sampled_from(["11", "12"]),
        "wants_decision": st.just(False),
        "visit": st.sampled_from(["first", "follow_up"]),
    },
    "documents": PAPERS,
}
FILING: dict[str, Any] = {
    "channel": st.sampled_from(["fax", "portal"]),
    "arrived_at": WORDS,
    "received_at": st.integers(-90, 90).map(lambda days: at("2037-05-01 10:00 PACIFIC") + timedelta(days)),
    "reference": WORDS | st.none(),
    "provider": SOMEBODY | {"npi": NPIS, "tax_id": st.just("95-2000009"), "group": WORDS, "email": WORDS},
    "claim": {
        **dict.fromkeys(("patient_account", "payer_number", "member"), WORDS),
        "status": st.just("2"),
        "filing_indicator": st.just("MC"),
        "facility_code": st.just("13"),
        "adjustments": st.just([{"group": "CO", "reason": "253", "amount": "2.00"}]),
        "clean_since": st.just("2037-01-04"),
        "corrects": st.just(True),
        "services": st.just(["99213 25"]),
        "said_elsewhere": st.just(["A reversal."]),
    },
    "remittance": {"mailed_on": DAYS, "produced_on": DAYS, "payment_on": DAYS},
    "lines": {
        "service": st.just("99214"),
        "units": st.just("2"),
        "day": DAYS,
        "charge": AMOUNTS,
        "paid": AMOUNTS,
        "expected": AMOUNTS,
        "contention": st.sampled_from(["amount", "bundling"]),
        "adjustments": st.just([]),
    },
    "statement": WORDS,
    "good_cause": WORDS,
    "documents": PAPERS,
}
APPEAL: dict[str, Any] = {
    "by": st.sampled_from(["physician", "provider"]),
    "channel": CHANNELS,
    "received_at": st.integers(-9, 60).map(lambda days: at("2037-03-12 09:00 AST") + timedelta(days)),
    "urgency": st.just("expedited"),
    "lines": st.just([1]),
    "statement": WORDS,
    "good_cause": WORDS,
    "documents": PAPERS,
    "representative": st.just(NIECE),
}
NOT_SAID_TWICE = {"plan", "original", "sequence", "payment_day_is_impossible"}
"""The plan is another house, an original another appeal; the others name what they stand in."""


PARTS: dict[str, type[BaseModel]] = {
    "member": Member,
    "requesting_provider": Provider,
    "servicing_provider": Provider,
    "order": Order,
    "provider": DisputingProvider,
    "claim": DisputedClaim,
    "remittance": NoticeOfPayment,
}
LINES: dict[type[BaseModel], type[BaseModel]] = {Request: ServiceLine, Filing: ContendedLine}


@pytest.mark.parametrize(("form", "fields"), [(Request, REQUEST), (Filing, FILING), (AppealRequest, APPEAL)])
def test_no_field_is_left_out_here(form, fields):
    assert set(fields) == set(form.model_fields) - NOT_SAID_TWICE
    for name, inner in fields.items():
        if isinstance(inner, dict):
            part = LINES[form] if name == "lines" else PARTS[name]
            assert set(inner) == set(part.model_fields) - NOT_SAID_TWICE, name


def changed(sent: Any, fields: dict[str, Any]) -> st.SearchStrategy[Any]:
    """The same with one field said otherwise, as far as that can be sent at all."""

    def with_field(path: tuple[str, ...], value: Any) -> Any:
        said = sent.model_dump(mode="json")
        place = said
        for name in path[:-1]:
            place[name] = place[name] or {
                "name": "Bayview Imaging",
                "npi": "1000000038",
                "dated": "2037-02-27",
            }
            place = place[name][0] if isinstance(place[name], list) else place[name]
        place[path[-1]] = value
        if path == ("representative",):
            said |= value
        try:
            return type(sent).model_validate_json(json.dumps(said, default=str))
        except ValidationError:
            return None

    paths = [
        ((name, inner), values)
        for name, part in fields.items()
        if isinstance(part, dict)
        for inner, values in part.items()
    ]
    paths += [((name,), values) for name, values in fields.items() if not isinstance(values, dict)]
    one = st.sampled_from(paths).flatmap(lambda pair: st.tuples(st.just(pair[0]), pair[1]))
    return one.map(lambda pair: with_field(*pair)).filter(lambda again: again is not None)


def heard(case: Any, act: Any, now: datetime) -> bool:
    """Whether the case takes it; what it takes is an event with its own instant."""
    before = len(case.log.events)
    try:
        act.refuse_unless_allowed(case, now)
    except Refused:
        return False
    assert act.apply(case, now)
    [event] = [one for one in case.log.events[before:] if one.kind is EventKind.RECEIVED_AGAIN]
    assert (event.at, event.by_id) == (act.happened_at(now), "ic-santos")
    return True


async def is_found(first: Any, again: Any, rows: Any) -> bool:
    """Does the register find the one when the other is opened? Then each names the other."""
    register = FakeRegister()
    await register.claim(claim_of(first, rows, FakePseudonyms()))
    return bool(await register.alike(claim_of(again, rows, FakePseudonyms())))


@pytest.mark.parametrize(("seconds", "is_earlier"), [(-1, True), (0, False), (1, False)])
def test_what_came_in_the_same_second_had_not_come_earlier(seconds, is_earlier):
    case = a_case()
    again = a_request(received_at=case.received_at + timedelta(seconds=seconds))
    receipt = ReceiveRequest(actor=CLERK, receipt="PRE-AGAIN", request=again)
    assert receipt.came_earlier(case, case.received_at + A_WEEK) is is_earlier


@settings(deadline=None)
@given(again=changed(a_request(reference="4471", order=None), REQUEST))
async def test_a_request_sent_again_is_heard_or_opened_and_flagged(again):
    first = a_request(reference="4471", order=None)
    assume(everything_of(again) != everything_of(first))
    case, now = a_case(first), max(first.received_at, again.received_at) + A_WEEK
    if not heard(case, ReceiveRequest(actor=CLERK, receipt="PRE-AGAIN", request=again), now):
        both = [
            application_of(number, "precertification", sent) for number, sent in (("1", first), ("2", again))
        ]
        assert await is_found(*both, policy())
    elif again.urgency != first.urgency or again.emergency:
        assert case.urgency.value == "expedited"
        assert case.due_at <= again.received_at + timedelta(hours=72)


@settings(deadline=None)
@given(again=changed(a_filing(reference="D-1"), FILING))
async def test_a_dispute_sent_again_is_heard_or_opened_and_flagged(again):
    first = a_filing(reference="D-1")
    assume(everything_of(again) != everything_of(first))
    case, now = a_dispute(first), max(first.received_at, again.received_at) + A_WEEK
    if not heard(case, ReceiveFiling(actor=CLERK, receipt="DIS-AGAIN", filing=again), now):
        both = [application_of_filing(number, sent) for number, sent in (("1", first), ("2", again))]
        assert await is_found(*both, policy_of(first))
    elif (again.remittance, again.lines[0].paid) != (first.remittance, first.lines[0].paid):
        assert FILED_AGAIN in [work.what for work in case.work.open]


@settings(deadline=None)
@given(again=changed(an_appeal("PRE-2222-2222-2222", at("2037-03-12 09:00 AST")), APPEAL))
async def test_an_appeal_sent_again_is_heard_or_opened_and_flagged(again):
    original, received_at = denied("2037-03-02"), at("2037-03-12 09:00 AST")
    first = an_appeal(original.number, received_at)
    assume(everything_of(again) != everything_of(first))
    case, now = appeal_of(original, received_at), max(received_at, again.received_at) + timedelta(hours=2)
    if not heard(case, ReceiveAppeal(actor=CLERK, receipt="APP-AGAIN", appeal=again), now):
        was = appealed(original, now)
        both = [application_of_appeal(number, sent, was) for number, sent in (("1", first), ("2", again))]
        assert await is_found(*both, case.policy)
    elif again.urgency != first.urgency:
        assert case.urgency.value == "expedited"
