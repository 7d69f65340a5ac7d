"""The letters of a case, and their times, without any case: ready, late, kept back, stopped, found wanting."""

from datetime import timedelta

from domain.clock.agenda import Occasion
from domain.clock.duty import Duty
from domain.clock.ledger import Received
from domain.clock.timeframe import Services, Urgency
from domain.parts.clocks import Clocks
from domain.parts.hold import Hold, HoldKind
from domain.parts.letter_times import LetterTimes
from domain.parts.letters import Letters
from domain.parts.wanting import is_late, no_address, still_owed
from domain.policy.notices import MailRun
from domain.terms.notice import Addressee, Notice, NoticeKind, Recipient
from domain.terms.people import Language
from tests.builders import at, policy

RECEIVED = at("2037-03-02 18:41 AST")  # a Monday
DUE = at("2037-03-09 23:59:59 AST")
POLICY = policy()
[DECISION, *_] = POLICY.rows(Duty.DECISION, RECEIVED, Urgency.STANDARD, Services.LISTED)


def hours(count):
    return timedelta(hours=count)


def a_clock(since=RECEIVED):
    clocks = Clocks()
    clocks.begin("decision", DECISION, Received(at=since, recorded_at=since))
    return clocks


def times(made=None, **changes):
    return LetterTimes(POLICY.model_copy(update=changes), RECEIVED, Urgency.STANDARD, made or Clocks())


def a_letter(place=1, now=RECEIVED, by_when=None, **changes):
    fields = {
        "recipient": Recipient.MEMBER,
        "name": "Ana Rivera",
        "address": "Calle Luna 12, San Juan PR 00901",
        "language": Language.ENGLISH,
        "key": f"letter-{place}",
        "kind": NoticeKind.DETERMINATION,
        "facts": {},
        "owed_at": now,
    }
    return (by_when or times()).timed(Notice.model_validate(fields | changes), now)


def test_while_a_clock_runs_that_a_letter_keeps_that_clock_is_its_due_date():
    made = a_clock()
    letter = a_letter(by_when=times(made))
    own = at("2037-03-05 23:59:59 AST")  # three days from when it became owed
    corrected = a_clock(RECEIVED + hours(24))

    assert letter.due_at == times(made).due_at(letter) == DUE
    assert times(corrected).due_at(letter) == DUE + hours(24), "it moves with the clock"
    assert times(made).kept_by(letter) == {
        *(Duty.DECISION, Duty.AFTER_INFORMATION, Duty.WRITTEN_CONFIRMATION)
    }
    assert times(made).own_due_at(letter) is None, "late by the clock, and not once more by itself"
    assert a_letter().due_at == times().own_due_at(a_letter()) == own
    assert times(made).due_at(letter.model_copy(update={"sent_at": RECEIVED})) == DUE, (
        "as it was when it left"
    )


def test_a_letter_is_late_once_by_its_own_time_and_what_leaves_just_now_is_not():
    letters = Letters(notices=[a_letter(1), a_letter(2), a_letter(3, kind=NoticeKind.WITHDRAWAL)])
    [late, _] = letters.ahead(times(), leaving=["letter-2"])
    assert late.at == at("2037-03-06 00:00:00 AST")

    missed = letters.miss(late, times())

    assert [one.key for one in missed] == ["letter-1", "letter-2"]
    assert letters.was_late
    assert is_late(NoticeKind.DETERMINATION) not in letters.not_waited_for(), "somebody finds out why"
    assert {one.clock for one in letters.ahead(times(), leaving=())} == {"withdrawal letter"}


def test_a_letter_waits_for_its_mail_run_unless_that_is_too_late_and_behind_a_hold_for_the_next():
    run = MailRun(
        id="afternoon",
        plans=("mcs-classicare",),
        at=("16:00",),
        in_force_from="2025-01-01",
        source="a test",
        standing="assumed",
    )
    by_run = times(mail_run=(run,))
    letters = Letters(notices=[a_letter(by_when=by_run)])
    tuesday, wednesday = at("2037-03-03 16:00 AST"), at("2037-03-04 16:00 AST")
    assert letters.notices[0].leaves_at == tuesday
    assert letters.ready(by_run) == []

    letters.holds.append(Hold(kind=HoldKind.LEGAL, since=RECEIVED, by="sup-diaz", because="subpoena"))
    letters.wait_for_next_run(by_run, tuesday + hours(1))
    assert letters.notices[0].leaves_at == wednesday
    letters.holds.clear()
    assert (wednesday, Occasion.MAIL_RUN) in [(one.at, one.occasion) for one in letters.ahead(by_run, ())]
    letters.mail_is_taken(by_run, wednesday - hours(1))
    assert letters.ready(by_run) == []
    letters.mail_is_taken(by_run, wednesday)

    assert letters.ready(by_run) == letters.notices
    assert by_run.run_for(letters.notices[0], tuesday - hours(1), RECEIVED) is None, "it leaves at once"


def test_nothing_leaves_without_an_address_and_what_was_found_is_used_for_that_reader():
    letters = Letters(notices=[a_letter(address=None)])
    lacking = letters.notices[0]
    assert letters.ready(times()) == []
    assert no_address(lacking) not in letters.not_waited_for()

    letters.found_addresses["member Ana Rivera"] = "Calle Sol 8"
    letters.found_numbers = {"787-1": "787-2", "787-2": "787-3"}
    ana = Addressee.model_validate(lacking.model_dump(include={*Addressee.model_fields}) | {"fax": "787-1"})

    assert (letters.as_found(ana).address, letters.as_found(ana).fax) == ("Calle Sol 8", "787-3")
    letters.change("letter-1", address="Calle Sol 8")
    assert letters.ready(times()) == letters.notices
    assert no_address(lacking) in letters.not_waited_for(), "that work has fallen away"


def test_what_was_stopped_though_owed_is_seen_to_until_it_is_sent_again():
    letters = Letters(notices=[a_letter(1)])
    letters.change("letter-1", stopped_at=RECEIVED, stays_owed=True)
    assert letters.unsent == []
    assert letters.withheld == letters.came_back == letters.notices
    assert still_owed(letters.notices[0]) not in letters.not_waited_for()

    letters.notices.append(a_letter(2, again_for="letter-1"))

    assert letters.withheld == letters.came_back == []
    assert not letters.repeats_what_left(letters.notices[1]), "the first one never left"
