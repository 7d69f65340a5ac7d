"""Calls: `plazo call` records one that was made or that came in, `plazo call script` says what to say on one."""

from typing import Annotated, Any

from cyclopts import Parameter

from activities.desk.scripts import Scripts
from client.reach.acting import do
from client.reach.cases import Cases, cases
from client.reach.look import print_json
from client.reach.resuming import act_or_resume
from client.terminal.last_list import named
from client.terminal.options import CaseNumber, Common, Dated, OrStandardInput
from client.terminal.reading import build, read_json
from domain.desk.calls import Spoken, TakeCall
from domain.desk.desk import RecordCall
from domain.determination.call_scripts import Script
from domain.terms.frozen import Frozen
from domain.terms.notice import Recipient
from domain.terms.refusals import Misuse

Flag = Annotated[bool, Parameter(negative="")]


async def call(
    case: CaseNumber,
    /,
    *,
    incoming: Annotated[bool, Parameter(name="--in", negative="--out")] = False,
    to: Recipient | None = None,
    from_: Annotated[Recipient | None, Parameter(name="--from")] = None,
    reached: bool = True,
    said: str = "",
    sheet: OrStandardInput | None = None,
    callback: Flag = False,
    told_answer: Flag = False,
    promise: Annotated[bool, Parameter(name="--promise-callback", negative="")] = False,
    acting: Dated = Dated(),
) -> int:
    """Record a call that was made, or with --in one that came in. Told by voice, the member has been told.

    Whom you spoke with stands in a sheet, a JSON object: name, and as far as they are known title, organisation,
    telephone, asked, said. It is personal data, and comes from a file or from standard input.

    For example:
        plazo call PRE-7K2M-9QXD-4HBT --to member --as ic-santos
        plazo call PRE-7K2M-9QXD-4HBT --in --from provider --sheet sheet.json --promise-callback

    Parameters
    ----------
    case
        The case number.
    incoming
        Did it come in, or was it made?
    to
        Whom a call was for that was made.
    from_
        Who made a call that came in.
    reached
        Did a call that was made reach them?
    said
        What was said, without personal data.
    sheet
        Whom you spoke with, what they asked and what they were told: a JSON file, or `-`.
    callback
        This is the call back that was promised; it is owed no longer, whether it reached them or not.
    told_answer
        Whoever called was told what was decided.
    promise
        A call back was promised: it is work with a date of its own.
    """
    spoken = build(Spoken, read_json(sheet)) if sheet else None
    if not incoming:
        if to is None or from_ or told_answer or promise:
            raise Misuse("call: a call that was made takes --to; one that came in takes --in and --from.")
        made: dict[str, Any] = {"reached": reached, "said": said, "as_promised": callback}
        return await do(case, acting, RecordCall, say=act_or_resume, to=to, spoken=spoken, **made)
    if from_ is None or to or callback or said or not reached:
        raise Misuse("call: a call that came in takes --from and --sheet; --to is for one that was made.")
    if spoken is None:
        raise Misuse("sheet: a call that came in names who called (--sheet FILE, or - for standard input).")
    told: dict[str, Any] = {"told_answer": told_answer, "promised": promise}
    return await do(case, acting, TakeCall, say=act_or_resume, caller=from_, spoken=spoken, **told)


class Spelled(Frozen):
    """A script in words, as programs read it."""

    case: str
    to: Recipient
    language: str
    text: str


async def script(case: CaseNumber, /, *, to: Recipient, common: Common = Common()) -> int:
    """Print what to say and to ask on a call, in the language of whoever is called. Nothing is recorded by it.

    For example:
        plazo call script PRE-7K2M-9QXD-4HBT --to member

    Parameters
    ----------
    case
        The case number.
    to
        Who is called.
    """
    number = named(case, common.settings)
    async with cases(common.settings) as desk:
        found = await _script_for(desk, number, to)
        text = await desk.ask(Scripts.call_script, found)
    if common.json:
        return print_json(Spelled(case=number, to=to, language=found.language.value, text=text))
    print(text, end="")
    return 0


async def _script_for(desk: Cases, case: str, to: Recipient) -> Script:
    """The script for one party. Raises Misuse where that is nobody's call."""
    every = await desk.scripts(case)
    found = next((one for one in every if one.to is to), None)
    if found is None:
        known = ", ".join(one.to.value for one in every)
        raise Misuse(f"to: {case} has a script for {known}.")
    return found
