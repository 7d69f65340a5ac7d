"""Opening the appeal of what a case decided: `plazo appeal open | schema`."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from activities.appeals import Appeals
from activities.opening import AppealOpening, application_of_appeal
from client.reach.cases import Cases, cases
from client.reach.checking import keep_documents, look_over
from client.reach.counter import tell_opened
from client.reach.intake import Arrival, Forbidding, Opened, open_case
from client.terminal.last_list import named
from client.terminal.options import Acting, CaseNumber, OrStandardInput
from client.terminal.reading import build, instant, read_json
from config.home import Home
from config.pack import load
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.appeal.appeal import Appeal
from domain.appeal.appealed import AppealedDetermination
from domain.appeal.request import AppealRequest
from domain.parts.status import Status
from domain.policy.appeals import AppealBy
from domain.terms.calendar import whole_seconds
from domain.terms.people import Actor
from domain.terms.refusals import Refused
from domain.view.view import Sheet


async def open_(
    case: CaseNumber,
    file: OrStandardInput,
    /,
    *,
    by: AppealBy,
    received: str | None = None,
    expedited: Annotated[bool, Parameter(negative="")] = False,
    acting: Acting = Acting(),
) -> int:
    """Open the appeal of what a case decided, or never decided, and print its number. Late ones are received too.

    For example:
        plazo appeal open PRE-7K2M-9QXD-4HBT appeal.json --received "2026-04-15 23:40" --by member

    Parameters
    ----------
    case
        The case whose determination is appealed; or the authorization that was voided.
    file
        The appeal, as JSON; `-` for standard input. Papers that it names lie beside it.
    by
        Who appeals.
    received
        When it reached us, if the file does not say it: `2026-04-15 23:40` in the plan's zone.
    expedited
        Waiting could do harm, as whoever appeals says.
    """
    number, settings = named(case, acting.settings), acting.settings
    fields = read_json(file)
    ring = KeyRing.load(Home(settings.home).keyring)
    async with cases(settings) as desk:
        original = await desk.ask(Appeals.appealed, number)
        appeal = read_appeal(fields, original, by=by, received=received, expedited=expedited)
        original.refuse_unless_appealable(appeal.lines)
        original.refuse_before_the_answer(appeal.received_at)
        pack = load(settings.policy)
        look_over(appeal, pack, max(datetime.now(UTC), original.seen_at))
        folder = Path() if file == "-" else Path(file).parent
        kept = keep_documents(appeal.documents, folder, DocumentStore(settings.documents, ring), pack)
        asked = appeal.model_copy(update={"documents": kept})
        opened = await open_appeal(desk, ring, asked, original, acting.clerk)
    return _tell(opened, original, as_json=acting.json)


async def open_appeal(
    desk: Cases, ring: KeyRing, asked: AppealRequest, original: AppealedDetermination, clerk: Actor
) -> Opened:
    """The case of an appeal of what was decided: a new one, or the one that it is already."""
    arrival = Arrival(
        Appeal.kind,
        asked,
        lambda name: AppealOpening(number=name, appeal=asked, may_join=True, keyed_by=clerk),
        Forbidding(
            lambda name: application_of_appeal(name, asked, original),
            no_second_appeal_of(original, asked.lines),
        ),
    )
    return await open_case(desk, ring, arrival)


def read_appeal(
    fields: dict[str, Any],
    original: AppealedDetermination,
    *,
    by: AppealBy,
    received: str | None,
    expedited: bool,
) -> AppealRequest:
    """The appeal in a file, of this determination, received when `received` says in the plan's zone."""
    given: dict[str, Any] = {"plan": original.plan, "original": original.case, "by": by}
    if received:
        given["received_at"] = instant(received, original.calendar.zone, "received")
    if expedited:
        given["urgency"] = "expedited"
    appeal = build(AppealRequest, fields | given)
    return appeal.model_copy(update={"received_at": whole_seconds(appeal.received_at)})


def no_second_appeal_of(
    original: AppealedDetermination, lines: tuple[int, ...] = ()
) -> Callable[[Sheet], None]:
    """There is one appeal of a line at this level; only one that was withdrawn may be followed by another."""
    asked = set(lines) or {line.asked.sequence for line in original.lines}

    def allow_after(sheet: Sheet) -> None:
        shown = sheet.shown
        is_over = sheet.outcome is not None or shown.status.code != Status.PENDED.code
        if is_over and sheet.outcome != "withdrawn" and asked & {line.sequence for line in shown.lines}:
            raise Refused(
                f"{original.case} was appealed already as {shown.case} "
                f"({sheet.outcome or shown.status.text.lower()}); there is no second appeal at this level",
                "42 CFR 422.590; 42 CFR 438.402(b); 26 LPRA 9397",
            )

    return allow_after


def _tell(opened: Opened, original: AppealedDetermination, *, as_json: bool) -> int:
    if opened.sheet is None:
        return tell_opened(opened, as_json=as_json)
    shown, calendar = opened.sheet.shown, opened.sheet.calendar
    late = original.appeal_by is not None and shown.received_at > original.appeal_by
    if as_json:
        print(json.dumps(opened.fields | {"late": late}))
        return 0
    print(f"{opened.case} {opened.what_happened}")
    due = f"; due {calendar.show_due(shown.due_at)}" if shown.due_at else ""
    print(f"appeal of {original.case}, received {calendar.show(shown.received_at)}, day 0{due}")
    if original.appeal_by is None:
        print("in time: no time to appeal has run")
    else:
        last = calendar.show_due(original.appeal_by)
        print(
            f"{'late' if late else 'in time'}: the last day was {last} ({original.window}, {original.source})"
        )
    print(f"now: {opened.sheet.why}")
    for warning in opened.look_at:
        print(f"look at: {warning}")
    return 0


async def schema() -> int:
    """Print the JSON Schema of an appeal.

    For example:
        plazo appeal schema > appeal.schema.json
    """
    print(json.dumps(AppealRequest.model_json_schema(), indent=2))
    return 0
