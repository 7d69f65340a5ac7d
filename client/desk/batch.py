"""Work on many cases at once: `plazo batch assign | note`."""

from typing import Annotated

from cyclopts import Parameter

from client.reach.batching import Which, say_to_many
from client.staff.absences import absences_of
from client.terminal.options import Acting, AskedBack, OrStandardInput
from client.terminal.reading import build, read_text
from config.access.staff import person
from domain.desk.desk import Assign, Note
from domain.terms.refusals import Misuse

Flag = Annotated[bool, Parameter(negative="")]


def refuse_everything(which: Which) -> None:
    """A slip of the hand does not reach every case of the house."""
    if which.is_everything:
        raise Misuse(
            "batch: name the cases by at least one filter, for example --queue or --plan, or by --cases."
        )


async def assign(
    *, to: Annotated[str, AskedBack], dry_run: Flag = False, which: Which = Which(), acting: Acting = Acting()
) -> int:
    """Give work of many cases to one person: of a queue, of somebody else, of a plan.

    With --queue only the work of that queue is given, with --assignee only what that person has.

    For example:
        plazo batch assign --queue nurse-review --to rn-colon --dry-run --as sup-diaz

    Parameters
    ----------
    to
        The person, by the id of the staff file.
    dry_run
        Only say what would change.
    """
    refuse_everything(which)
    settings = acting.settings
    query = which.query(settings)
    taker = person(settings.policy, to)
    act = Assign(
        actor=acting.actor,
        to=taker,
        queue=which.queue,
        held_by=which.assignee,
        absences=await absences_of(settings, to),
    )
    return await say_to_many(
        act, query, settings, dry_run=dry_run, as_json=acting.json, doing="Assigning", named=which.numbers
    )


async def note(
    *,
    text: OrStandardInput = "-",
    dry_run: Flag = False,
    which: Which = Which(),
    acting: Acting = Acting(),
) -> int:
    """Write the same note into many cases; a case that has it already from you is left alone.

    For example:
        plazo batch note --plan mcs-classicare --flag breach --text "Fax line was down." --as sup-diaz

    Parameters
    ----------
    text
        The note; `-` reads it from standard input, where personal text belongs.
    dry_run
        Only say what would change.
    """
    refuse_everything(which)
    settings = acting.settings
    query = which.query(settings)
    said = read_text(text) if text == "-" else text
    act = build(Note, {"actor": acting.actor, "text": said, "once": True})
    return await say_to_many(
        act, query, settings, dry_run=dry_run, as_json=acting.json, doing="Noting", named=which.numbers
    )
