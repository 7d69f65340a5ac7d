"""The clock in people's hands: extend, correct, expedite, downgrade; and fast-forward under virtual time."""

import re
from datetime import timedelta
from typing import Literal

from client.reach.acting import do, when
from client.reach.cases import cases
from client.reach.look import print_json
from client.terminal.last_list import named
from client.terminal.options import CaseNumber, Common, Dated
from client.terminal.reading import day
from config.virtual_time import fast_forward as carry
from domain.determination import clock_acts as timing
from domain.grievance.acts import ExtendGrievance
from domain.grievance.grievance import Grievance
from domain.request.request import RequestedBy
from domain.terms.case_number import kind_of
from domain.terms.refusals import Misuse

UNITS = {"d": "days", "h": "hours", "m": "minutes"}


async def extend(
    case: CaseNumber,
    /,
    *,
    until: str,
    ground: str,
    asked_by: Literal["member", "physician", "plan"] = "plan",
    notice_sent: str | None = None,
    reason: str = "",
    acting: Dated = Dated(),
) -> int:
    """Take more time, once: until a day, on a lawful ground, with a notice that leaves before the due date.

    For example:
        plazo clock extend PRE-7K2M-9QXD-4HBT --until 2026-03-20 --ground enrollee_asks --as sup-diaz

    Parameters
    ----------
    case
        The case number.
    until
        The new last day.
    ground
        The ground, by its name in the row (`plazo policy show`).
    asked_by
        Who asked for more time.
    notice_sent
        When the notice left on paper, if it has left already; else the letter goes now.
    reason
        Why, in a few words.
    """
    sent_at = await when(case, notice_sent, acting.settings, "notice-sent")
    return await do(
        case,
        acting,
        ExtendGrievance if kind_of(named(case, acting.settings)) == Grievance.kind else timing.Extend,
        until=day(until, "until"),
        ground=ground,
        asked_by=asked_by,
        notice_sent_at=sent_at,
        reason=reason or acting.late_because,
    )


async def expedite(case: CaseNumber, /, *, asked_by: RequestedBy, acting: Dated = Dated()) -> int:
    """Expedite a case: somebody states that waiting could do harm. The earlier due date governs.

    For example:
        plazo expedite PRE-7K2M-9QXD-4HBT --asked-by physician --as rn-rivera

    Parameters
    ----------
    case
        The case number.
    asked_by
        Whose word it is; in Medicare Advantage a physician's binds.
    """
    return await do(case, acting, timing.Expedite, asked_by=asked_by)


async def downgrade(case: CaseNumber, /, *, acting: Dated = Dated()) -> int:
    """Refuse to expedite: the standard time counts from the original receipt, and the member is told.

    For example:
        plazo downgrade PRE-7K2M-9QXD-4HBT --as rn-rivera

    Parameters
    ----------
    case
        The case number.
    """
    return await do(case, acting, timing.Downgrade)


async def fast_forward(case: CaseNumber, span: str, /, *, common: Common = Common()) -> int:
    """Move one case through time, on a server that was started for it; what falls due on the way happens.

    For example:
        plazo fast-forward PRE-7K2M-9QXD-4HBT 30d

    Parameters
    ----------
    case
        The case number.
    span
        How far: 30d, 12h, 90m.
    """
    number = named(case, common.settings)
    length = read_span(span)
    async with cases(common.settings) as desk:
        await desk.sheet(number)  # tells within seconds that nobody would carry the case along
        arrived = await carry(desk.client, number, length)
        page = await desk.sheet(number)
    if common.json:
        return print_json(page.shown)
    print(f"{number}: it is now {page.calendar.show(arrived)}. {page.sentence}")
    return 0


def read_span(text: str) -> timedelta:
    """30d, 12h or 90m as a length of time."""
    found = re.fullmatch(r"(\d{1,5})([dhm])", text.strip())
    if not found:
        raise Misuse("span: a length of time looks like 30d, 12h or 90m.")
    return timedelta(**{UNITS[found[2]]: int(found[1])})
