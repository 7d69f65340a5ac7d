"""How the letters of a case go: owed under a key, dated as they leave, stopped, found wanting, sent.

Each function changes one case in one way. What a letter that left sets off is followed up by its kind.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from pydantic import JsonValue

from domain.case.case import Case
from domain.case.sending import NO_ROOM
from domain.clock.agenda import ONE_SECOND, Appointment, Occasion
from domain.parts.clocks import lateness
from domain.parts.events import EventKind
from domain.parts.happenings import (
    LetterLeft,
    LetterLeftAgain,
    LettersLeave,
    LettersOvertaken,
    StoppedLetterLeft,
)
from domain.parts.log import BREACH
from domain.parts.queues import ADDRESSES, POST
from domain.parts.wanting import is_late, no_address, not_set, reader, still_owed
from domain.policy.channels import way_of
from domain.terms.notice import Addressee, Notice, NoticeKind, SendBy
from domain.terms.people import SYSTEM, Actor, Language

# Owed


def owe(
    case: Case,
    addressees: Iterable[Addressee],
    kind: NoticeKind,
    now: datetime,
    facts: Mapping[Language, dict[str, JsonValue]],
) -> None:
    """Owe a letter to each, in their own language, under keys that are chosen here once."""
    told = [case.letters.as_found(to) for to in addressees]
    day = case.policy.calendar.day_of(case.received_at)
    for place, to in enumerate(told, start=len(case.letters.notices) + 1):
        notice = Notice(
            **to.model_dump(),
            key=f"{case.number}-{place:03d}-{kind.value}-{to.recipient.value}",
            kind=kind,
            facts=_in_its_regime(case, kind, facts[to.language], to.language),
            by=way_of(case.policy.channel, to, case.policy.plan.id, kind, day),
            owed_at=now,
        )
        case.letters.notices.append(case.letter_times.timed(case.dated(notice, now), now))
    whom = " and ".join(dict.fromkeys(to.recipient.text for to in told))
    words = f"{kind.text} letter{'s' if len(told) > 1 else ''} owed to {whom}"
    case.log.record(EventKind.NOTICE_OWED, words, now=now, notice=kind.value, letters=len(told))
    seek_addresses(case, now)


def _in_its_regime(
    case: Case, kind: NoticeKind, facts: dict[str, JsonValue], language: Language
) -> dict[str, JsonValue]:
    """What goes against somebody says it in the template of its law; good news has one everywhere."""
    against = facts.get("adverse", True)
    return facts | case.policy.letters.words_of(kind, language) if against else facts


def date_as_they_leave(case: Case, keys: Collection[str], now: datetime) -> None:
    """What was kept back until now is dated as it leaves; what speaks of a time that is over does not leave."""
    case.follow(LettersLeave(frozenset(keys)), now)
    letters = case.letters
    letters.notices = [case.dated(one, now) if one.key in keys else one for one in letters.notices]
    if over := tuple(one for one in letters.notices if one.key in keys and case.is_overtaken(one, now)):
        stop(case, over, "the time of which it speaks is over", now, SYSTEM)
        case.follow(LettersOvertaken(over), now)


# Found wanting


def seek_addresses(case: Case, now: datetime) -> None:
    """Nothing is posted blindly: somebody finds the address that a letter lacks, and its clock runs."""
    for notice in case.letters.unsent:
        if notice.lacks_address:
            case.need(ADDRESSES, no_address(notice), now, due_at=case.letter_times.due_at(notice))


def address_found(case: Case, notice: Notice, now: datetime) -> None:
    """Every letter that waited for this reader's address goes there."""
    for waiting in case.letters.unsent:
        if reader(waiting) == reader(notice) and waiting.lacks_address:
            address = case.letters.found_addresses.get(reader(notice)) or case.reader_of(waiting).address
            case.letters.change(waiting.key, address=address)
    _work_falls_away(case, now)


def cannot_be_set(case: Case, notice: Notice, why: str, now: datetime) -> None:
    """It stays owed, and its clock runs, until somebody has mended what keeps it from paper."""
    case.letters.change(notice.key, unset_for=why)
    unset = case.letters.named(notice.key)
    queue = ADDRESSES if why == NO_ROOM else POST
    case.need(queue, not_set(unset), now, due_at=case.letter_times.due_at(unset))


def mended(case: Case, notice: Notice, now: datetime) -> None:
    """It says what the case knows by now of its reader and of whom it is about, and is put on paper again."""
    case.work.finish((one for one in case.work.open if one.what == not_set(notice)), now)
    to, head = case.letters.as_found(case.reader_of(notice)), case.at_the_head(now)
    facts = notice.facts | {name: said for name, said in head.items() if notice.facts.get(name)}
    case.letters.change(notice.key, name=to.name, address=to.address, facts=facts, unset_for=None)


def goes_after_all(case: Case, letters: Iterable[Notice], by: SendBy, number: str, now: datetime) -> None:
    """What failed on this way, and cannot go by post either, goes to the number that was found."""
    place = {"fax": number} if by is SendBy.FAX else {"email": number}
    for notice in letters:
        case.letters.change(notice.key, by=by, failed_by=None, tries=notice.tries + 1, **place)
    _work_falls_away(case, now)


def keep_about_letters(case: Case, appointment: Appointment, now: datetime) -> None:
    """The mail is taken away, or letters are late."""
    if appointment.occasion is Occasion.MAIL_RUN:
        case.letters.mail_is_taken(case.letter_times, now)
        return
    late = case.letters.miss(appointment, case.letter_times)
    whom = " and ".join(dict.fromkeys(one.recipient.text for one in late))
    case.log.record(
        EventKind.BREACHED,
        f"{appointment.words}; owed to {whom}",
        at=appointment.at,
        now=now,
        notice=late[0].kind.value,
        letters=len(late),
        lateness_seconds=lateness(appointment.at - ONE_SECOND, now),
    )
    case.log.raise_flag(BREACH)
    case.need(case.policy.whoever_is_there("supervisor", now), is_late(late[0].kind), now)


# Left, or stopped


def sent(case: Case, key: str, proof: str, now: datetime, at: datetime | None = None) -> None:
    """A letter left the house at `at` (now, unless somebody shows that it was earlier), with its proof."""
    left_at = at or now
    due_at = case.letter_times.due_at(case.letters.named(key))
    late = lateness(due_at, left_at) if due_at else 0
    case.letters.change(key, sent_at=left_at, proof=proof, due_at=due_at)
    notice = case.letters.named(key)
    by = "" if notice.by is SendBy.LETTER else f" by {notice.by.text}"
    words = f"{notice.kind.text} letter to {notice.recipient.text} sent{by}{', late' if late else ''}"
    case.log.record(
        EventKind.NOTICE_SENT, words, at=left_at, now=now, key=key, proof=proof, lateness_seconds=late
    )
    _work_falls_away(case, now)
    if notice.stopped_at:
        case.log.flag("stopped_letter_left", f"{key} was stopped, and left all the same", now)
        case.follow(StoppedLetterLeft(notice), now)
    elif notice.again_for and case.letters.repeats_what_left(notice):
        case.follow(LetterLeftAgain(notice), now)
    else:
        case.follow(LetterLeft(notice), now)


def stop(case: Case, letters: Iterable[Notice], why: str, now: datetime, by: Actor) -> None:
    """Keep letters back for good that have not left; each key is used up all the same."""
    unsent = case.letters.unsent
    keys = [notice.key for notice in letters if notice in unsent]
    for key in keys:
        case.letters.change(key, stopped_at=now)
    if keys:
        count = "a letter" if len(keys) == 1 else f"{len(keys)} letters"
        words = f"{count} stopped before leaving: {why}"
        case.log.record(EventKind.NOTICE_STOPPED, words, now=now, by=by, letters=len(keys))
        _work_falls_away(case, now)


def withhold(case: Case, notice: Notice, why: str, now: datetime, by: Actor) -> datetime | None:
    """Stop one letter by hand. What a duty needs stays owed: its clock runs on, and the supervisor knows.

    The answer is the instant until which it is owed; None where nothing is owed by it any more.
    """
    times = case.letter_times
    due_at = times.due_at(notice)
    needed = bool(times.kept_by(notice) or times.clocks_behind(notice))
    stop(case, [notice], why, now, by)
    case.letters.change(notice.key, stays_owed=needed, due_at=due_at)
    if not needed:
        return None
    case.need("supervisor", still_owed(notice), now, due_at=due_at)
    return due_at


def not_owed_any_more(case: Case, letters: Iterable[Notice], now: datetime) -> None:
    """What was stopped by hand is told in another way: nobody waits for it."""
    for notice in list(letters):
        case.letters.change(notice.key, stays_owed=False)
    _work_falls_away(case, now)


def call_back(case: Case, letters: Iterable[Notice], now: datetime) -> None:
    """What left of a case that should never have been tells somebody of another's health: work, asked once."""
    asked = [work.what for work in case.work.pieces if work.queue == "privacy"]
    keys = [one.key for one in letters if not any(one.key in what for what in asked)]
    if keys:
        count = "a letter" if len(keys) == 1 else f"{len(keys)} letters"
        what = f"call back {count} that left, and judge the disclosure: {', '.join(keys)}"
        case.log.record(EventKind.RECALL_OWED, what, now=now, letters=len(keys))
        case.need("privacy", what, now)


def _work_falls_away(case: Case, now: datetime) -> None:
    """What letters that left, or were stopped, had opened for people."""
    over = case.letters.not_waited_for()
    case.work.finish((one for one in case.work.open if one.what in over), now)
