"""Every path that a case can take owes exactly the letters that the pack's rows say, to exactly these readers."""

from itertools import groupby

import pytest

from domain.case.matter import Matter
from domain.terms.notice import NoticeKind, Recipient
from domain.terms.people import Language
from tests.builders import pack
from tests.owed import PATHS, answered

PATH = pytest.mark.parametrize("path", PATHS)
ON_REQUEST = {NoticeKind.CRITERIA_COPY}  # to whoever asked, and nobody else


def owed(path, language=Language.ENGLISH):
    build, expected = PATHS[path]
    return build(language), expected


def batches(case):
    """The letters that became owed together, by kind."""

    def together(letter):
        return (
            letter.kind,
            letter.owed_at,
            letter.facts.get("contract_number"),
            letter.facts.get("instead_of"),
        )

    return [kind for (kind, *_), _ in groupby(case.letters.notices, key=together)]


def everybody(case):
    if case.kind == "dispute":
        return {Recipient.PROVIDER, Recipient.HEALTH_PLAN}
    if case.kind == "guideline":
        return {Recipient.MEMBER, Recipient.PROVIDER}
    if isinstance(case, Matter):
        return {one.recipient for one in (case.addressee, *getattr(case, "physician", ()))}
    return {one.recipient for one in case.parties} | {Recipient.US_PROVIDER, Recipient.REVIEWER}


@PATH
def test_a_path_owes_its_letters_in_order_and_no_others(path):
    case, expected = owed(path)
    assert [kind.value for kind in batches(case)] == expected


@PATH
def test_each_letter_goes_to_whom_its_row_names_as_far_as_they_are_there(path):
    case, expected = owed(path)
    asked_apart = {Recipient.PROVIDER} if "records_request" in expected else set()
    for kind in {one.kind for one in case.letters.notices} - ON_REQUEST:
        rule = case.policy.notice_rule(kind, case.received_at, case.urgency)
        told = {one.recipient for one in case.letters.notices if one.kind is kind}
        assert told <= set(rule.to), kind
        assert set(rule.to) & everybody(case) <= told | {Recipient.REPRESENTATIVE} | asked_apart, kind


@PATH
def test_every_letter_has_a_row_and_a_due_instant(path):
    case, _ = owed(path)
    for one in case.letters.notices:
        assert case.letter_times.rule_of(one), one.kind
        assert one.due_at >= one.owed_at, one.kind


@PATH
def test_every_letter_is_owed_in_the_language_of_its_reader(path):
    build, _ = PATHS[path]
    ours = {Recipient.MEMBER, Recipient.PROVIDER, Recipient.REPRESENTATIVE}
    for language in Language:
        told = {one.language for one in build(language).letters.notices if one.recipient in ours}
        assert told == {language}


def test_between_them_the_paths_owe_every_kind_of_letter():
    assert {kind for _, kinds in PATHS.values() for kind in kinds} == {kind.value for kind in NoticeKind}


def test_every_kind_of_letter_has_a_row_for_each_kind_of_case_that_owes_it():
    rows = {(row.notice, case) for row in pack().notice for case in row.owed_by}
    owing = {
        (one.kind, case.kind) for path in PATHS for case in [owed(path)[0]] for one in case.letters.notices
    }
    assert owing <= rows


ADVERSE = ("determination", "member", "appeal window")
ANSWERED = ("dispute_determination", "provider", "second level window")
TIME_GIVEN = {
    **dict.fromkeys(("partial", "modified", "denied", "denied in Puerto Rico"), ADVERSE),
    **dict.fromkeys(("one of each answer", "corrected", "entered in error"), ADVERSE),
    "silence, Medicaid": ("missed_deadline", "member", "appeal window"),
    "upheld in Puerto Rico": ("appeal_decision", "member", "next level"),
    **dict.fromkeys(("determined", "a request by mistake", "reminded of the second level"), ANSWERED),
}
"""The letter that gives its reader a time, and which."""


@PATH
def test_which_letters_give_their_reader_a_time_and_no_others(path):
    case, _ = owed(path)
    begun = {
        (one.kind, one.recipient, window)
        for one in case.letters.notices
        if (window := case.window_begun_by(one))
    }
    assert begun == ({TIME_GIVEN[path]} if path in TIME_GIVEN else set())


def test_an_answer_for_the_member_gives_no_time_though_nobody_reviews_it_by_itself():
    case = answered(Language.ENGLISH, "overturned", "mcs-life")
    assert not any(case.window_begun_by(one) for one in case.letters.notices)
