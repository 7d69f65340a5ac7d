"""The letters of a case as people see them: owed, late, sent, back, each with the row that says why."""

from datetime import datetime

from domain.case.case import Case
from domain.terms.notice import Notice
from domain.view.view import Notices, ShownNotice

THE_MAIL_RUN = "the mail run"  # how what waits for one begins
AS_IT_STANDS = set(ShownNotice.model_fields) & set(Notice.model_fields)


def notices(case: Case, now: datetime) -> Notices:
    """Every letter, in the order in which they became owed."""
    shown = [_shown(case, number, one, now) for number, one in enumerate(case.letters.notices, start=1)]
    return Notices(case=case.number, calendar=case.policy.calendar, notices=tuple(shown))


def _shown(case: Case, number: int, notice: Notice, now: datetime) -> ShownNotice:
    rule = case.letter_times.rule_of(notice)
    due_at = case.letter_times.due_at(notice)
    is_over = notice.stopped_at is not None and not notice.stays_owed
    return ShownNotice(
        **notice.model_dump(include=AS_IT_STANDS - {"due_at"}),
        number=number,
        state=state_of(notice),
        due_at=due_at,
        late=due_at is not None and not is_over and notice.left_at(now) > due_at,
        waits_for=waits_for(case, notice),
        row=rule.id if rule else None,
        source=rule.source if rule else None,
    )


def state_of(notice: Notice) -> str:
    """One word for what became of a letter."""
    match notice:
        case Notice(returned_at=datetime()):
            return "returned"
        case Notice(delivered_at=datetime()):
            return "delivered"
        case Notice(sent_at=datetime()):
            return "sent"
        case Notice(stopped_at=datetime()):
            return "stopped"
        case Notice(uncertain_at=datetime()):
            return "uncertain"
        case Notice(unset_for=str()):
            return "unset"
        case _:
            return "failed" if notice.failed_by else "owed"


def waits_for(case: Case, notice: Notice) -> str | None:
    """What keeps a letter that has not left."""
    if notice not in case.letters.unsent:
        return "somebody who sends it after all" if notice in case.letters.withheld else None
    if case.letters.holds:
        return " and ".join(f"the {hold.kind.value} hold" for hold in case.letters.holds)
    if case.awaits_a_look:
        return "somebody who looks whether the member is the right one"
    if notice.unset_for:
        return f"somebody who mends it: {notice.unset_for}"
    if notice.lacks_address:
        return "an address"
    if notice.leaves_at and case.letter_times.waits_for_run(notice):
        return f"{THE_MAIL_RUN} {case.policy.calendar.show(notice.leaves_at)}"
    return None
