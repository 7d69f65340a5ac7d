"""What those who review attest to once a year: `plazo staff attest | attestations`."""

import json
from typing import Annotated

from cyclopts import Parameter
from pydantic_core import to_jsonable_python

from activities.desk.attestations import Attestations, AttestationsQuestion, Attesting
from client.reach.cases import cases
from client.reach.look import print_json
from client.terminal.asking import in_tongue, tell
from client.terminal.options import Acting
from config.console import NONE, ConsoleWords
from config.pack import load
from domain.terms.refusals import Misuse


async def attest(
    statement: str = "no-reward",
    /,
    *,
    signed: Annotated[bool, Parameter(negative="")] = False,
    acting: Acting = Acting(),
) -> int:
    """Read what you attest to once a year; with --signed, attest to it in your own name.

    For example:
        plazo staff attest --signed --as rn-rivera

    Parameters
    ----------
    statement
        The row of the pack.
    signed
        You have read it, and it is so.
    """
    pack = load(acting.settings.policy)
    row = next((one for one in pack.attestation if one.id == statement), None)
    if row is None:
        raise Misuse(f"statement: known are {', '.join(one.id for one in pack.attestation)}.")
    if not signed:
        words = next(one.words for one in pack.criteria_statement if one.id == row.statement)
        print(in_tongue(words.en, words.es or words.en))
        return 0
    async with cases(acting.settings) as desk:
        attested = await desk.ask(Attestations.attest, Attesting(row=row.id, actor=acting.actor))
    if acting.json:
        return print_json(attested)
    tell(f"{acting.actor.name} attested to {attested.row} on {attested.on}")
    return 0


async def attestations(*, acting: Acting = Acting()) -> int:
    """List who attested when, and by when they do so again: to a supervisor everybody's, to anybody else their own.

    For example:
        plazo staff attestations --as sup-diaz
    """
    async with cases(acting.settings) as desk:
        found = await desk.ask(Attestations.attestations, AttestationsQuestion(actor=acting.actor))
    if acting.json:
        print(json.dumps(to_jsonable_python(found), indent=2, ensure_ascii=False))
        return 0
    rows = [
        (one.who, one.name, one.row, str(one.last or NONE), str(one.by or NONE), one.standing.value)
        for one in found
    ]
    ConsoleWords().rows(rows, ("id", "name", "statement", "last", "by", "state"))
    return 0
