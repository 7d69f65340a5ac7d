"""A guideline: reviewed, voted, told, in force from its day, looked at again, retired."""

import pytest

from domain.deliberation.deliberated import TakeVote
from domain.desk.desk import Withdraw
from domain.guideline.acts import ReviewDraft, TellChange
from domain.guideline.draft import Audience, Draft
from domain.guideline.mailing import MailChange
from domain.parts.stage import Stage
from domain.terms.people import Language
from domain.terms.refusals import Refused
from tests.builders import at, staff
from tests.committees import (
    ALL_FOR,
    WORKS,
    a_guideline,
    adopted,
    day,
    does,
    example,
    minutes,
    passes,
    reviewed,
    told,
)

BOTH = ("members", "providers")
LAW = {"change": "law", "against": [], "law": "42 CFR 422.138", "law_from": "2026-07-01"}


def waiting(case):
    return [(work.queue, work.what, work.due_at) for work in case.work.open]


def in_force(**changes):
    return passes(told(adopted(**changes), "2026-08-01", *BOTH), "2026-09-01 00:00 PACIFIC")


def test_a_change_against_people_is_voted_for_a_day_and_told_by_thirty_days_before():
    case = adopted()
    assert (case.stage, case.notice_by) == (Stage.CHANGE_NOTICE, day("2026-08-02"))
    [(queue, what, due)] = waiting(case)
    assert (queue, what) == ("committee", "tell members and providers")
    assert case.policy.calendar.show_due(due).startswith("Sun 2 Aug 2026 23:59")

    told(case, "2026-08-02", *BOTH)
    assert (case.in_force_from, waiting(case), case.warnings) == (day("2026-09-01"), [], [])
    passes(case, "2026-08-31 23:59 PACIFIC")
    assert case.stage is Stage.CHANGE_NOTICE
    passes(case, "2026-09-01 00:00 PACIFIC")
    assert (case.stage, case.status.code) == (Stage.IN_FORCE, "IN_FORCE")


def test_a_notice_one_day_short_moves_the_day_by_one():
    case = told(told(adopted(), "2026-08-02", "members"), "2026-08-03", "providers")

    assert case.in_force_from == day("2026-09-02")
    assert case.warnings == ["the notice left late: in force from 2026-09-02"]
    assert passes(case, "2026-09-01 12:00 PACIFIC").stage is Stage.CHANGE_NOTICE
    assert passes(case, "2026-09-02 00:00 PACIFIC").stage is Stage.IN_FORCE


def test_nobody_is_told_and_it_does_not_begin():
    case = passes(told(adopted(), "2026-08-01", "members"), "2026-12-01 09:00 PACIFIC")

    assert (case.stage, case.in_force_from, case.row) == (Stage.CHANGE_NOTICE, None, None)


@pytest.mark.parametrize("change", ["safety", "favourable"])
def test_what_goes_for_safety_or_against_nobody_waits_for_no_notice(change):
    case = adopted(change=change, against=[])
    assert (case.in_force_from, waiting(case)) == (day("2026-09-01"), [])
    assert passes(case, "2026-09-01 00:00 PACIFIC").stage is Stage.IN_FORCE


def test_a_change_of_law_takes_effect_on_its_own_day_without_a_vote():
    case = reviewed(**LAW)

    assert (case.in_force_from, case.row.source) == (day("2026-07-01"), "42 CFR 422.138")
    with pytest.raises(Refused, match="not ready for a vote: it is not in force yet"):
        does(case, "2026-06-25 09:00 PACIFIC", "qa-marin", TakeVote, meeting=minutes("guideline"))
    assert passes(case, "2026-07-01 00:00 PACIFIC").stage is Stage.IN_FORCE


def test_a_change_of_law_that_is_reviewed_after_its_day_is_in_force_at_once():
    case = a_guideline(**LAW)

    said = ReviewDraft(actor=staff("md-ortiz"), works=WORKS).apply(case, at("2026-07-02 09:00 PACIFIC"))

    assert case.stage is Stage.IN_FORCE
    assert said.endswith("; in force")


def test_cost_alone_is_no_ground():
    case, cost = a_guideline(), [one for one in WORKS if one["ground"] == "cost"]
    with pytest.raises(Refused, match="never on cost alone"):
        does(case, "2026-06-20 09:00 PACIFIC", "md-ortiz", ReviewDraft, works=cost)
    with pytest.raises(Refused, match="not ready for a vote: it is not reviewed yet"):
        does(case, "2026-07-16 09:00 PACIFIC", "qa-marin", TakeVote, meeting=minutes("guideline"))
    does(case, "2026-07-17 09:00 PACIFIC", "md-ortiz", ReviewDraft, works=WORKS)
    assert case.stage is Stage.COMMITTEE


def test_of_a_draft_nobody_is_told_and_nobody_twice():
    with pytest.raises(Refused, match="nobody is told of a draft"):
        told(reviewed(), "2026-07-01", "members")
    early = {"to": "members", "proof": "x", "reason": "found later", "at": at("2026-07-14 10:00 PACIFIC")}
    with pytest.raises(Refused, match="nobody was told of a vote before it was held"):
        does(adopted(), "2026-08-01 09:00 PACIFIC", "qa-marin", TellChange, **early)
    with pytest.raises(Refused, match="members were told on 2026-08-01"):
        told(told(adopted(), "2026-08-01", "members"), "2026-08-02", "members")
    with pytest.raises(Refused, match="may not tell of a committee's decision"):
        does(adopted(), "2026-08-01 09:00 PACIFIC", "md-ortiz", TellChange, to="members", proof="x")


def test_after_a_year_it_is_looked_at_again_and_kept_or_retired_by_a_vote():
    case = in_force()
    passes(case, "2027-08-31 23:59 PACIFIC")
    assert waiting(case) == []
    passes(case, "2027-09-01 00:00 PACIFIC")
    assert waiting(case)[0][1] == "look at it again, and have the committee vote"

    def votes(motion, on):
        meeting = minutes("guideline", motion=motion, held_on=on, in_force_on=None, roll=ALL_FOR)
        does(case, f"{on} 17:00 PACIFIC", "qa-marin", TakeVote, meeting=meeting)

    votes("keep", "2027-09-10")
    assert (waiting(case), case.look_again_on) == ([], day("2028-09-10"))
    with pytest.raises(Refused, match="motion: what can be voted on is keep, retire"):
        votes("adopt", "2028-01-10")
    votes("retire", "2028-01-10")
    assert (case.closed_as, case.row) == ("retired", None)


def test_another_work_that_is_read_later_leaves_the_yearly_look_waiting():
    case = passes(in_force(), "2027-09-01 00:00 PACIFIC")
    does(case, "2027-09-02 09:00 PACIFIC", "md-ortiz", ReviewDraft, works=WORKS[:1])

    assert [what for _, what, _ in waiting(case)] == ["look at it again, and have the committee vote"]


def test_a_draft_is_taken_back_and_what_is_in_force_ends_by_a_vote():
    assert does(reviewed(), "2026-07-01 09:00 PACIFIC", "qa-marin", Withdraw).closed_as == "draft withdrawn"
    with pytest.raises(Refused):
        does(in_force(), "2026-10-01 09:00 PACIFIC", "qa-marin", Withdraw)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"against": []}, "against: say whom it goes against"),
        ({"law": "42 CFR 422.138"}, "law, law_from"),
        ({"change": "law"}, "law, law_from"),
    ],
)
def test_a_draft_says_whom_it_goes_against_and_a_change_of_law_its_law(changes, why):
    with pytest.raises(ValueError, match=why):
        Draft.model_validate(example("guideline") | changes)


def test_a_mailing_has_left_when_its_last_letter_has_and_the_day_counts_from_there():
    case, when = adopted(against=["providers"]), "2026-08-02 09:00 PACIFIC"
    readers = example("network")["readers"]
    does(case, when, "qa-marin", MailChange, to="providers", readers=readers)

    assert [one.language.value for one in case.letters_to(Audience.PROVIDERS)] == ["es", "en"]
    assert (str(case.told[Audience.PROVIDERS]), str(case.in_force_from)) == ("2026-08-02", "2026-09-01")
    with pytest.raises(Refused, match="providers were told on 2026-08-02"):
        does(case, "2026-08-03 09:00 PACIFIC", "qa-marin", MailChange, to="providers", readers=readers)


@pytest.mark.parametrize("title_es", ["Resonancia de la columna", None])
def test_a_letter_has_the_title_in_the_language_of_its_reader_as_far_as_it_is_there(title_es):
    case = adopted()
    text = case.draft.text.model_copy(update={"title_es": title_es})
    case.draft = case.draft.model_copy(update={"text": text})
    for language in Language:
        reader = {"name": "Ana Rivera", "address": "1 Sample Street", "language": language}
        MailChange(actor=staff("qa-marin"), to="members", readers=[reader]).apply(case, case.received_at)
    assert [one.facts["title"] for one in case.letters.notices] == [text.title, title_es or text.title]


def test_while_a_letter_of_it_has_not_left_nobody_counts_as_told():
    case, now = adopted(against=["providers"]), at("2026-08-01 09:00 PACIFIC")
    nowhere = {"name": "Somewhere", "address": None}
    does(case, "2026-08-01 09:00 PACIFIC", "qa-marin", MailChange, to="providers", readers=[nowhere])

    assert (case.told, case.in_force_from) == ({}, None)
    with pytest.raises(Refused, match="written already"):
        does(case, "2026-08-01 10:00 PACIFIC", "qa-marin", MailChange, to="providers", readers=[nowhere])
    with pytest.raises(Refused, match="is not voted"):
        does(
            a_guideline(), "2026-07-01 10:00 PACIFIC", "qa-marin", MailChange, to="members", readers=[nowhere]
        )
    assert case.letters.unsent[0].due_at > now
