"""What an authorization tells of its end, and the time to appeal that opens where it was voided for cause.

To void it is an adverse determination of its own: somebody decided it, on a listed ground, and its letter gives the
time to appeal that a denial gives. What its own case takes away by a corrected answer is told and appealed there.
"""

from datetime import datetime

from pydantic import JsonValue

from domain.authorization import letters
from domain.authorization.state import AuthorizationState
from domain.case import dispatch, windows
from domain.parts.events import EventKind
from domain.policy.rows import ReopeningGround
from domain.request.determination import Determination, Outcome, Reason, ReasonClass
from domain.review.notified import APPEAL, MAY_APPEAL
from domain.terms.case_number import kind_of
from domain.terms.notice import Notice, NoticeKind
from domain.terms.people import Actor, Language


def case_told(case: AuthorizationState, now: datetime, *, heard: bool) -> None:
    """The case that issued it knows of the end, or has closed; people are told here unless it tells them."""
    case.issued = case.permit
    if not heard:
        words = f"{case.parent} had closed, and hears no more"
        case.log.record(EventKind.LINKED, words, now=now, case=case.parent)
    writes = heard and kind_of(case.parent or "") == "referral" and case.voided is None
    if case.permit.ended_as and not writes and not case.is_plain_expiry:
        owe(case, NoticeKind.AUTHORIZATION_ENDED, letters.ended(case, case.appeal_row), now)


def owe(
    case: AuthorizationState, kind: NoticeKind, facts: dict[Language, dict[str, JsonValue]], now: datetime
) -> None:
    """To whom the pack says, as far as they have to do with it."""
    rule = case.policy.notice_rule(kind, case.received_at, case.urgency)
    readers = [party for party in case.parties if rule is None or party.recipient in rule.to]
    head = case.head | {"dated": case.policy.calendar.day_of(now).isoformat()}
    dispatch.owe(case, readers, kind, now, {language: head | facts[language] for language in Language})


# Voided for cause


def voided_for(
    case: AuthorizationState, ground: ReopeningGround, why: str, at: datetime, now: datetime, by: Actor
) -> None:
    """The determination that voiding it is: nothing is left of what was approved, for a listed cause."""
    case.because = ground.words
    case.voided = Determination(
        outcome=Outcome.DENIED,
        by=by,
        service=case.permit.service,
        units=0,
        because=why,
        reason=Reason(
            id=ground.id,
            reason_class=ReasonClass.ADMINISTRATIVE,  # never medical necessity
            words=ground.words,
            source=ground.source,
        ),
        decided_at=at,
        recorded_at=now,
    )


def member_has_again(case: AuthorizationState, notice: Notice, now: datetime) -> None:
    window = case.clocks.get(case.window_begun_by(notice))
    if window and not window.satisfied_at:
        open_the_time_to_appeal(case, now, now)


def open_the_time_to_appeal(case: AuthorizationState, at: datetime, now: datetime) -> None:
    if row := case.appeal_row:
        windows.open_window(case, APPEAL, row, at, now, MAY_APPEAL)


def good_again(case: AuthorizationState, now: datetime) -> None:
    """Nothing is left to appeal, and it may come to its last day once more."""
    case.because = case.voided = None
    if case.may_be_appealed:
        case.clocks.change(APPEAL, ended_at=now)
