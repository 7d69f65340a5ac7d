"""What needs leave, by all that a plan tells services apart by."""

import pytest

from client.policy import asked
from domain.policy.lists import Sought, narrowest
from domain.request.determination import Outcome
from domain.request.line import Coverage
from domain.review import letters
from domain.review.precertification import Precertification
from domain.terms.people import Language
from tests.builders import a_document, a_request, at, pack, policy

RECEIVED = at("2037-03-02 09:00 PACIFIC")
DAY = RECEIVED.date()
SPECIALIST = {"name": "Amira Haddad MD", "npi": "1234567893", "specialty": "cardiology"}
PCP = {"name": "Peter Lang MD", "npi": "1234567893", "role": "assigned_pcp"}


def said(capsys, code, plan="procare", **more):
    assert asked.required(Sought(code=code, on=DAY, **more), plan, pack()) == 0
    return capsys.readouterr().out


def a_consult(service="99243", **changes):
    """A consult as the primary care physician asks for it."""
    line = {"sequence": 1, "service": service, "units": 2, "diagnoses": ["R00.2"], "from_day": "2037-03-20"}
    line |= changes.pop("line", {})
    fields = {
        "plan": "procare",
        "received_at": RECEIVED,
        "requesting_provider": PCP,
        "servicing_provider": SPECIALIST,
        "lines": [line],
        "documents": (),
    }
    request = a_request(**(fields | changes))
    rules = policy("procare", services=(service,))
    return Precertification.received("PRE-2222-2222-2222", "member", rules, request, now=RECEIVED)


def test_a_consult_at_procare_needs_leave_and_the_answer_says_where_to_send_what(capsys):
    words = said(capsys, "99243")

    assert words.startswith("Yes. 99243 (Consult with a specialist) needs precertification in ProCare.\n")
    assert "decided within 7 calendar days (standard), 72 hours (expedited)" in words
    assert (
        "Send by fax to 855-405-2288: Full name of the patient; Contract number; Medical order; Diag" in words
    )
    assert "previous studies" not in words
    assert "An approval lasts 90 days, and counts visits." in words


@pytest.mark.parametrize("role", ["assigned_pcp", "ob_gyn"])
def test_who_gives_it_can_make_it_free(capsys, role):
    assert said(capsys, "99243", role=role).startswith(
        "No. 99243 needs no precertification in ProCare: Visits to"
    )
    assert said(capsys, "72148", role=role).startswith("Yes. 72148")


def test_a_visit_needs_leave_where_it_follows_one_and_the_answer_asks_for_that(capsys):
    assert "It depends on the visit: say that too." in said(capsys, "99213")
    assert said(capsys, "99213", visit="follow_up").startswith("Yes. 99213 (Follow-up visit to a specialist)")
    assert said(capsys, "99213", plan="mcs-life", visit="follow_up").startswith("99213 is on no list")


def test_of_the_rows_that_fit_the_one_that_names_the_most_counts():
    mri = next(row for row in pack().service if row.id == "mri")
    by_product = mri.model_copy(update={"id": "of the product", "products": ("gold",)})
    by_group = by_product.model_copy(update={"id": "of its group", "ipas": ("first ipa",)})
    rows = (mri, by_product, by_group)

    def row_for(**more):
        row = narrowest(rows, Sought(code="72148", on=DAY, **more))
        return row.id if row else None

    assert row_for() == "mri"
    assert row_for(product="silver") == "mri"
    assert row_for(product="gold") == "of the product"
    assert row_for(product="gold", ipa="first ipa") == "of its group"


def test_a_row_counts_from_its_first_day_through_its_last():
    consult = next(row for row in pack().service if row.id == "consult")
    ended = consult.model_copy(update={"in_force_through": DAY})

    assert ended.fits(Sought(code="99243", on=DAY))
    assert not ended.fits(Sought(code="99243", on=DAY.replace(day=3)))
    assert not ended.fits(Sought(code="99243", on=consult.in_force_from.replace(year=2024)))


def test_the_primary_care_physician_who_asks_is_not_taken_for_the_one_who_gives_it():
    assert not a_consult(servicing_provider=None, wants_decision=False).needs_no_precertification
    assert a_consult(
        servicing_provider=SPECIALIST | {"role": "ob_gyn"}, wants_decision=False
    ).needs_no_precertification


def test_a_member_may_ask_alone_and_the_order_is_asked_for_as_evidence_only():
    case = a_consult(requested_by="member", channel="telephone", order=None)

    assert [item.id for item in case.missing] == ["medical_order"]
    assert case.due_at == at("2037-03-09 23:59:59 PACIFIC")


def test_a_consult_is_decided_at_once_where_question_and_trial_are_shown_and_counts_visits():
    case = a_consult()
    case.coverage_found(Coverage(eligible=True, covered=True, because="covered"), RECEIVED)
    order = a_document(
        "order", "medical_order", consult_ordered_by="assigned_pcp", consult_question_stated=True
    )
    for paper in (order, a_document("note", "clinical_note", primary_care_tried=True)):
        case.attached(paper, RECEIVED)

    case.criteria_checked({1: case.findings_now(case.lines[0])}, RECEIVED)
    case.settle(RECEIVED)

    answer = case.lines[0].determination
    assert answer.outcome is Outcome.APPROVED
    assert answer.by is None
    permit = case.lines[0].authorization
    assert permit.measure == "visits"
    assert permit.through.isoformat() == "2037-06-18"
    assert letters.answers(case, case.lines, Language.ENGLISH)["lines"][0]["measure"] == "visits"


def test_a_consult_that_nobody_tried_before_waits_for_a_nurse():
    case = a_consult()
    case.coverage_found(Coverage(eligible=True, covered=True, because="covered"), RECEIVED)

    case.criteria_checked({1: case.findings_now(case.lines[0])}, RECEIVED)

    assert case.is_undecided
    assert [work.queue for work in case.work.open] == ["nurse-review"]
