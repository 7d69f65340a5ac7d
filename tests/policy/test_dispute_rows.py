"""The pack's rows for payment disputes: what a case takes along, and faults that are told by row and field."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from config import pack as packs
from domain.clock.duty import Duty
from domain.clock.span import Span
from domain.rehearsal.rehearsal import rehearse
from domain.terms.refusals import Misuse
from tests.builders import pack, policy
from tests.disputes import a_dispute, a_filing, policy_of


def test_a_dispute_takes_the_rows_of_its_own_plan_and_of_disputes_only():
    procare, other = policy_of(a_filing()), policy_of(a_filing(plan="namm-sample"))
    assert {row.times for row in procare.timeframe} == {duty for duty in Duty if duty.is_of_disputes}
    assert {row.id for row in procare.timeframe} - {row.id for row in other.timeframe} == {
        "dispute-decision",
        "second-level",
    }
    assert "bundled-namm-sample" not in {row.id for row in procare.dispute.triage}
    assert (procare.dispute.interest, other.dispute.interest.id) == (None, "namm-sample-interest")
    assert [row.id for row in procare.requirement] == [
        "statement_of_basis",
        "original_claim",
        "remittance_notice",
        "supporting_records",
        "dispute_form",
    ]
    assert (procare.service, procare.criteria, procare.reason) == ((), (), ())


def test_other_cases_take_nothing_of_disputes():
    taken = policy("procare")
    assert taken.dispute is None
    assert not any(row.times.is_of_disputes for row in taken.timeframe)
    assert "dispute_form" not in {row.id for row in taken.requirement}


def test_a_plan_that_takes_no_disputes_says_who_does():
    with pytest.raises(Misuse, match="takes no payment disputes; those that do: namm-sample, procare"):
        pack().disputes_of("caresource")


@pytest.mark.parametrize(
    ("file", "there", "put", "fault"),
    [
        ("disputes.toml", 'plan = "namm-sample"\naddress', 'plan = "nobody"\naddress', "no plan has this id"),
        ("disputes.toml", 'plan = "procare"\n', 'plan = "caresource"\n', "no timeframe of this plan times"),
        ("disputes.toml", 'plans = ["namm-sample"]', 'plans = ["nobody"]', "bundled-namm-sample, plans"),
        ("disputes.toml", 'reasons = ["45"]\n', "", "names reasons or contentions"),
        ("documents.toml", 'id = "dispute_form"', 'id = "a_form"', "requirements.toml, dispute_form, id"),
        (
            "timeframes.toml",
            'plans = ["procare"]\ntimes = "second',
            'plans = ["procare", "namm-sample"]\ntimes = "second',
            "it times the same",
        ),
        (
            "timeframes.toml",
            'reminders = [{ length = 30, unit = "calendar_days" }, ',
            'reminders = [{ length = 30, unit = "business_days" }, ',
            "dispute-filing, reminders",
        ),
    ],
)
def test_a_fault_is_told_by_row_and_field(tmp_path, file, there, put, fault):
    copy = Path(shutil.copytree(packs.SHIPPED, tmp_path / "policy"))
    text = (copy / file).read_text(encoding="utf-8")
    assert there in text
    (copy / file).write_text(text.replace(there, put, 1), encoding="utf-8")
    assert any(fault in one for one in packs.check(copy)), packs.check(copy)


def test_a_dispute_is_rehearsed_under_other_rows_of_its_own_duties():
    case = a_dispute()
    shorter = tuple(
        row.model_copy(update={"span": Span(length=20, unit="calendar_days")})
        if row.times is Duty.DISPUTE_DECISION
        else row
        for row in case.policy.timeframe
    )
    found = rehearse(case, case.policy.model_copy(update={"timeframe": shorter}))
    calendar = case.policy.calendar
    assert calendar.day_of(found.due_before) == date(2037, 5, 31)
    assert calendar.day_of(found.due_after) == date(2037, 5, 21)
    assert not rehearse(case, case.policy).moves
