"""Answering a caller: `plazo where`."""

from typing import Any

from pydantic import Field

from activities.desk.finding import Finding, ShownQuestion
from client.desk.finding import WHAT, WHAT_ES, found_by, tell_found
from client.reach.cases import Cases, cases
from client.reach.look import print_json
from client.reach.resuming import act_or_resume
from client.terminal.asking import ask, in_tongue, is_there_somebody, tell
from client.terminal.last_list import named
from client.terminal.options import Acting
from client.terminal.reading import build, read_json
from client.terminal.typed import begun, yes_or_no
from config.pack import load
from domain.desk.calls import Spoken, TakeCall
from domain.request.request import Text
from domain.terms.key_kind import KeyKind
from domain.terms.notice import Recipient
from domain.terms.refusals import Misuse, Refused
from domain.view.caller import CallersAnswer, answer_to
from domain.view.search import wanted

CALLERS = ", ".join(one.value for one in Recipient)
NOTHING_SAID = "nothing of the case"


class CallerSheet(Spoken):
    """Who calls, what they give to show it, and what they ask; `given` finds the case too."""

    caller: Recipient = Field(alias="from")
    given: tuple[Text, ...] = Field(min_length=1)
    told_answer: bool = False
    promise: bool = False


async def where(*, acting: Acting = Acting()) -> int:
    """Answer a caller: who asks, for which case, what they may hear; the call is recorded with its promise.

    Without a terminal it reads a JSON object: from, given (lines as `plazo find` takes them), name, and as far as
    they are known title, organisation, telephone, asked, told_answer, promise.

    For example:
        plazo where --as ic-santos
    """
    async with cases(acting.settings) as desk:
        if is_there_somebody():
            return await _at_the_telephone(desk, acting)
        sheet = build(CallerSheet, read_json("-"))
        found = await found_by(desk, list(sheet.given), acting)
        if found.total != 1:
            raise Refused(f"given: {found.total} cases have all of this; one is needed")
        answer = await _answer(desk, found.cases[0].case, sheet.caller, list(sheet.given), acting)
        if acting.json:
            print_json(answer)
        else:
            _tell(answer)
        said = await _record(desk, answer, sheet, acting)
    if not acting.json:
        tell(said)
    return 0


async def _at_the_telephone(desk: Cases, acting: Acting) -> int:
    """The same, asked one after the other: who, about which case, and do they show it; then what may be said."""
    caller = _caller(_asked(f"Who asks ({CALLERS})?", f"¿Quién pregunta ({CALLERS})?"))
    given = [_asked(WHAT, WHAT_ES)]
    found = await found_by(desk, given, acting)
    tell_found(found, acting.settings)
    if not found.total:
        return 0
    row = "1" if found.total == 1 else _asked("Which row?", "¿Qué fila?")
    answer = await _answer(desk, named(row, acting.settings), caller, given, acting, ask_more=True)
    _tell(answer)
    fields: dict[str, Any] = {
        "from": caller,
        "given": given,
        "name": _asked("Their name (Enter: not said):", "Su nombre (Enter: no lo dijo):") or caller.named,
        "asked": _asked("What do they ask (Enter: where it is)?", "¿Qué pregunta (Enter: dónde está)?")
        or "where it is",
        "told_answer": answer.is_answered and _yes("Did you tell what was decided", "¿Le dijo la decisión"),
        "promise": _yes("Was a call back promised", "¿Se prometió devolver la llamada"),
    }
    tell(await _record(desk, answer, build(CallerSheet, fields), acting))
    return 0


def _asked(english: str, spanish: str) -> str:
    return ask(in_tongue(english, spanish))


def _caller(said: str) -> Recipient:
    return Recipient(begun(said.lower().replace(" ", "_"), Recipient))


def _yes(english: str, spanish: str) -> bool:
    """Only a plain yes is one."""
    try:
        return yes_or_no(_asked(f"{english} (y/N)?", f"{spanish} (s/N)?"))
    except Misuse:
        return False


async def _answer(
    desk: Cases, case: str, caller: Recipient, given: list[str], acting: Acting, *, ask_more: bool = False
) -> CallersAnswer:
    now = await desk.now_of(case)
    row = load(acting.settings.policy).caller_on(caller, now.date())
    question = ShownQuestion(case=case, given=tuple(map(wanted, given)), actor=acting.actor)
    shown = set(await desk.ask(Finding.shown_of, question))
    if ask_more and row:
        shown |= await _said_by_voice(desk, case, set(row.shows) - shown)
    return answer_to(await desk.sheet(case), caller, row, shown, now)


async def _said_by_voice(desk: Cases, case: str, kinds: set[KeyKind]) -> set[KeyKind]:
    """What a caller says as the case has it: somebody hears it, and need not type it."""
    try:
        keys = [key for key in await desk.search_keys(case) if key.kind in kinds]
    except Refused:  # Temporal no longer keeps the case
        return set()
    there = "; ".join(f"{key.kind.text} {key.text.replace('|', ', ')}" for key in keys)
    return {key.kind for key in keys} if keys and _yes(f"Do they say {there}", f"¿Dice {there}") else set()


async def _record(desk: Cases, answer: CallersAnswer, sheet: CallerSheet, acting: Acting) -> str:
    """Record the call, with what was said; raises Refused where more was told than this caller may hear."""
    if sheet.told_answer and not answer.may_hear:
        raise Refused(f"told_answer: {answer.because}")
    said = sheet.said or answer.sentence or NOTHING_SAID
    spoken = Spoken(**sheet.model_dump(include=set(Spoken.model_fields)) | {"said": said})
    act = TakeCall(
        actor=acting.actor,
        caller=sheet.caller,
        spoken=spoken,
        told_answer=sheet.told_answer,
        promised=sheet.promise,
    )
    return (await act_or_resume(desk, answer.case, act)).sentence


def _tell(answer: CallersAnswer) -> None:
    if not answer.may_hear:
        tell(f"Say nothing of any case: {answer.because}.")
        return
    tell(f"You may tell {answer.because}:")
    tell(f"  {answer.sentence}")
    for line in answer.lines:
        tell(f"  {line}")
