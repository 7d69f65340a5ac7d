"""The call back that a message is owed, as other clocks are shown: its row, its end, whether it was kept."""

from domain.clock.clock import LedgerStep
from domain.message.message import CALL_BACK, Message
from domain.view.view import Explained, ShownClock


def call_back_clock(case: Message) -> tuple[ShownClock, ...]:
    fields = set(ShownClock.model_fields)
    told = call_back_explained(case)
    return tuple(ShownClock(**one.model_dump(include=fields), line=None) for one in told)


def call_back_explained(case: Message) -> tuple[Explained, ...]:
    """Nothing where whoever called was answered at once."""
    over = case.log.events[-1].at if case.is_closed else None
    row, owed = case.policy.callback_on(case.received_at), case.call_by
    if row is None or owed is None:
        return ()
    step = LedgerStep(
        kind="received",
        at=case.received_at,
        recorded_at=case.log.events[0].recorded_at,
        words=f"the message was left on {case.line.id}",
        by="Plazo",
        moved=owed - case.received_at,
        due_at=owed,
        source=row.source,
    )
    told = Explained(
        clock=CALL_BACK,
        timeframe=row.id,
        title="Call back whoever left the message",
        standing=row.standing.value,
        is_window=False,
        due_at=owed,
        satisfied_at=case.called_at,
        ended_at=None if case.called_at else over,
        breached=case.call_was_late,
        steps=(step,),
    )
    return (told,)
