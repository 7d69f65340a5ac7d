"""Messages: `plazo message take | show | call-back | request | tie | give-up | schema`."""

import json
from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from client.reach.acting import do
from client.reach.bringing import bring
from client.reach.cases import Cases, cases
from client.reach.checking import look_over
from client.reach.counter import counter, folder_of, link_back, look_over_apart, tell_opened
from client.reach.look import print_json
from client.terminal.asking import tell
from client.terminal.last_list import named
from client.terminal.options import Acting, CaseNumber, Dated, OrStandardInput
from client.terminal.reading import build, read_json, read_text
from config.pack import load
from domain.case.acts import Said
from domain.message.acts import CallBack, GiveUpMessage, TieMessage
from domain.message.left import Left
from domain.message.message import Message
from domain.policy.pack import Pack
from domain.request.request import Request
from domain.terms.case_number import kind_of, parse
from domain.terms.frozen import Frozen
from domain.terms.refusals import Refused
from workflows.message import MessageOpening, MessageWorkflow

Flag = Annotated[bool, Parameter(negative="")]


async def take(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Take down a message that was left, or a call that was answered and is no case.

    For example:
        plazo message take examples/message.json --received "2026-11-07 21:00" --as ic-santos

    Parameters
    ----------
    file
        The message, as JSON; `-` for standard input. Papers that it names lie beside it.
    received
        When it was left, if the file does not say it: `2026-11-07 21:00` in the plan's zone.
    """
    return await bring(MessageOpening, file, received, acting, refuse=_mail)


def _mail(left: Left, pack: Pack) -> None:
    pack.messages_of(pack.plan_named(left.plan)).line_named(left.line).refuse_mail()


async def _what_was_left(desk: Cases, case: str) -> Left:
    if kind_of(case) != Message.kind:
        raise Refused(f"{case} is a {kind_of(case)}; only a message was left with us")
    return await desk.see(case, MessageWorkflow.what_was_left)


class ShownMessage(Frozen):
    """What was left, and what to say first, as programs read it."""

    case: str
    left: Left
    say: str


async def show(case: CaseNumber, /, *, acting: Acting = Acting()) -> int:
    """Show what was left, the number to call back, and what to say first: name, title and company.

    For example:
        plazo message show MSG-7K2M-9QXD-4HBT --as ic-santos

    Parameters
    ----------
    case
        The case number.
    """
    number, pack = named(case, acting.settings), load(acting.settings.policy)
    async with cases(acting.settings) as desk:
        left = await _what_was_left(desk, number)
        since = (await desk.sheet(number)).calendar.show(left.received_at)
    opening = max(pack.call_opening, key=lambda row: row.in_force_from).words.in_language(left.language)
    who, organisation = acting.actor.signed(left.language), pack.plan_named(left.plan).organisation
    say = opening.format(who=who, organisation=organisation)
    if acting.json:
        return print_json(ShownMessage(case=number, left=left, say=say))
    tell(f"{number}: {since}, {left.line}, {left.who} ({left.language.value})")
    tell(f"said: {left.says}")
    if left.answer:
        tell(f"told: {left.answer}")
    if left.telephone:
        tell(f"call back: {left.telephone}")
    tell(f"say first: {say}")
    return 0


async def call_back(
    case: CaseNumber,
    /,
    *,
    reached: bool = True,
    said: OrStandardInput | None = None,
    of_no_case: Flag = False,
    acting: Dated = Dated(),
) -> int:
    """Record a call back. One that reached nobody stays owed.

    For example:
        plazo message call-back MSG-7K2M-9QXD-4HBT --of-no-case --as ic-santos

    Parameters
    ----------
    case
        The case number.
    reached
        Did it reach them?
    said
        What was said, in a text file; `-` for standard input.
    of_no_case
        What it was about belongs to no case, and it is over.
    """
    words = read_text(said) if said else None
    return await do(case, acting, CallBack, reached=reached, said=words, of_no_case=of_no_case)


async def request(case: CaseNumber, file: OrStandardInput, /, *, acting: Acting = Acting()) -> int:
    """Open the request that a message asks for, of whatever kind: received when it was left, and tied to it.

    For example:
        plazo message request MSG-7K2M-9QXD-4HBT request.json --as ic-santos

    Parameters
    ----------
    case
        The case number.
    file
        The request, as JSON; `-` for standard input. Its receipt, plan and channel are those of the message.
    """
    settings, pack = acting.settings, load(acting.settings.policy)
    number = named(case, settings)
    async with cases(settings) as desk:
        left = await _what_was_left(desk, number)
        if not left.wants.is_care:
            raise Refused(f"{number} asks for no care; what its caller asks now is received now")
        line = pack.messages_of(pack.plan_named(left.plan)).line_named(left.line)
        of_message = {"plan": left.plan, "channel": line.channel, "received_at": left.received_at.isoformat()}
        asked = build(Request, read_json(file) | of_message)
        look_over(asked, pack, datetime.now(UTC))
        at_the_counter = counter(desk, look_over_apart(asked, pack), acting, pack)
        opened = await at_the_counter.open(asked, folder_of(file), linked=(number,))
        await _tie(desk, number, opened.case, acting)
    return tell_opened(opened, as_json=acting.json, message=number)


async def tie(case: CaseNumber, to: CaseNumber, /, *, acting: Acting = Acting()) -> int:
    """Say to which case a message belongs. One that asks for care belongs to a request that was received by then.

    For example:
        plazo message tie MSG-7K2M-9QXD-4HBT PRE-7K2M-9QXD-4HBT --as ic-santos

    Parameters
    ----------
    case
        The case number.
    to
        The case that it belongs to.
    """
    number, other = named(case, acting.settings), named(to, acting.settings)
    async with cases(acting.settings) as desk:
        said = await _tie(desk, number, other, acting)
    if acting.json:
        return print_json(said)
    tell(f"{number}: {said.sentence}")
    return 0


async def _tie(desk: Cases, number: str, to: str, acting: Acting) -> Said:
    """Each of the two knows the other."""
    shown = (await desk.sheet(parse(to))).shown
    said = await desk.act(number, TieMessage(actor=acting.actor, to=to, to_received_at=shown.received_at))
    await link_back(desk, shown, number, acting)
    return said


async def give_up(case: CaseNumber, /, *, because: str, acting: Dated = Dated()) -> int:
    """Close a message whose caller cannot be reached. One that asks for care is not given up.

    For example:
        plazo message give-up MSG-7K2M-9QXD-4HBT --because "the number is not in service" --as ic-santos

    Parameters
    ----------
    case
        The case number.
    because
        Why nobody can be reached.
    """
    return await do(case, acting, GiveUpMessage, reason=because)


async def schema() -> int:
    """Print the JSON Schema of a message.

    For example:
        plazo message schema > message.schema.json
    """
    print(json.dumps(Left.model_json_schema(), indent=2))
    return 0
