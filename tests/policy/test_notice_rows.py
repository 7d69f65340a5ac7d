"""The rows of letters: every kind has one, the narrowest governs, and a pack that leaves a letter out is faulty."""

from datetime import date

import pytest
from pydantic import ValidationError

from config.checks.notices import (
    every_letter_has_a_row,
    letters_and_mail_runs_name_known_plans,
    no_two_rows_say_it_of_one_letter,
)
from domain.clock.duty import Duty
from domain.clock.timeframe import Urgency
from domain.policy.notices import MailRun, NoticeRule, rule_for
from domain.terms.notice import NoticeKind
from tests.builders import pack, policy

ANSWERS = (
    NoticeKind.REDIRECT,
    NoticeKind.NOT_OURS,
    NoticeKind.CONTRACT_PROCESS,
    NoticeKind.DISPUTE_DISMISSED,
    NoticeKind.DISPUTE_DETERMINATION,
)
DAY = date(2037, 3, 2)
RULES = policy().notice


def in_plan(plan):
    return policy(plan).notice


def test_every_kind_of_letter_has_a_row_for_every_plan():
    assert list(every_letter_has_a_row(pack())) == []
    short = pack().model_copy(update={"notice": pack().notice[1:]})
    assert [fault.row for fault in every_letter_has_a_row(short)] == [pack().notice[0].notice.value]


def test_a_letter_has_one_row_of_each_narrowness():
    twice = pack().model_copy(update={"notice": (*pack().notice, pack().notice[0])})
    assert list(no_two_rows_say_it_of_one_letter(pack())) == []
    assert [fault.row for fault in no_two_rows_say_it_of_one_letter(twice)] == [pack().notice[0].id] * 2


def test_rows_and_mail_runs_name_plans_that_there_are():
    run = MailRun(
        id="noon",
        plans=("nobodys",),
        at=("12:00",),
        in_force_from=DAY,
        source="a test",
        standing="assumed",
    )
    strange = pack().model_copy(update={"mail_run": (run,)})
    assert list(letters_and_mail_runs_name_known_plans(pack())) == []
    assert [fault.row for fault in letters_and_mail_runs_name_known_plans(strange)] == ["noon"]


def test_medicaid_tells_of_silence_on_the_very_day_and_others_by_the_next_business_day():
    kind = NoticeKind.MISSED_DEADLINE
    medicaid = rule_for(in_plan("caresource"), kind, DAY, Urgency.STANDARD)
    others = rule_for(RULES, kind, DAY, Urgency.STANDARD)
    assert (medicaid.id, medicaid.within.length) == ("medicaid-missed-deadline", 0)
    assert (others.id, others.within.length) == ("missed-deadline", 1)


def test_an_expedited_request_for_information_in_medicare_advantage_has_a_row_of_its_own():
    kind = NoticeKind.INFORMATION_REQUEST
    assert rule_for(RULES, kind, DAY, Urgency.EXPEDITED).id == "ma-information-request-expedited"
    assert rule_for(RULES, kind, DAY, Urgency.STANDARD).id == "information-request"


def test_a_row_counts_from_its_own_day():
    assert rule_for(RULES, NoticeKind.DETERMINATION, date(2024, 12, 31), Urgency.STANDARD) is None


def test_the_letters_that_keep_duties_are_these():
    kept = {row.notice: set(row.keeps) for row in pack().notice if row.keeps}
    assert kept == {
        NoticeKind.DETERMINATION: {Duty.DECISION, Duty.AFTER_INFORMATION, Duty.WRITTEN_CONFIRMATION},
        NoticeKind.INFORMATION_REQUEST: {Duty.INCOMPLETE_NOTICE},
        NoticeKind.RECORDS_REQUEST: {Duty.RECORDS_REQUEST},
        NoticeKind.EXPEDITE_REFUSED: {Duty.REFUSED_EXPEDITE_LETTER},
        NoticeKind.DETAILED_EXPLANATION: {Duty.DETAILED_EXPLANATION},
        NoticeKind.APPEAL_DECISION: {Duty.APPEAL_DECISION},
        NoticeKind.APPEAL_FILE: {Duty.FORWARDING, Duty.FORWARDING_AT_ONCE},
        **{kind: {Duty.DISPUTE_DECISION} for kind in ANSWERS},
        NoticeKind.GRIEVANCE_RECEIVED: {Duty.GRIEVANCE_NOTICE},
        NoticeKind.GRIEVANCE_ANSWERED: {Duty.DECISION},
    }


@pytest.mark.parametrize("duty", [Duty.APPEAL_WINDOW, Duty.CALLS])
def test_no_letter_keeps_time_that_belongs_to_other_people(duty):
    row = pack().notice[0].model_dump() | {"keeps": (duty,)}
    with pytest.raises(ValidationError, match="other people's time"):
        NoticeRule.model_validate(row)
