"""Keying in what came by fax: `plazo intake`."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from activities.desk.finding import Known
from client.intake.desk import IntakeDesk, LookedOver
from client.intake.fax import Fax
from client.intake.folder import open_folder
from client.intake.keying import plan_of, questions
from client.intake.sheet import FIELDS, PAPER, Field, Keyed, read_keyed
from client.reach.cases import cases
from client.reach.counter import tell_opened, tell_preview
from client.reach.look import print_json
from client.terminal.asking import ask, in_tongue, is_there_somebody, tell
from client.terminal.options import Acting
from client.terminal.reading import read_text
from config.pack import load
from domain.terms.refusals import Misuse, Refused

Flag = Annotated[bool, Parameter(negative="")]
READ_BACK = ("contract", "ordering", "servicing")


async def intake(
    *fax: Path,
    of: str | None = None,
    folder: Path | None = None,
    check: Flag = False,
    draft: Flag = False,
    acting: Acting = Acting(),
) -> int:
    """Key in what came by fax: looked over on one screen, then opened, or kept as a draft.

    On a terminal it asks field by field, and reads back whom the directory has under a number. Elsewhere it reads
    the same sheet from standard input, one `field: value` a line: plan, contract, codes, diagnosis, ordering,
    servicing, paper (pages, kind, date, what it shows) and more (docs/intake.md).

    For example:
        plazo intake fax-0417.pdf --as ic-santos
        plazo intake fax-0417.pdf --check --as ic-santos < fax-0417.txt

    Parameters
    ----------
    fax
        The files of the fax; their pages are numbered through.
    of
        Go on with what `plazo unmatched` keeps, by its id.
    folder
        A folder of faxes: each with a sheet of its name (.txt) beside it is opened, the others are kept.
    check
        Only look over; nothing is created or kept.
    draft
        Keep what is keyed, whatever is wrong with it.
    """
    pack = load(acting.settings.policy)
    if folder and (fax or of or check or draft):
        raise Misuse("folder: it says everything itself; give nothing beside it.")
    if folder:
        async with cases(acting.settings) as found:
            return await open_folder(IntakeDesk(found, acting, pack), folder)
    async with cases(acting.settings) as found:
        desk = IntakeDesk(found, acting, pack)
        pages = desk.fax_of(await desk.kept_as(of)) if of else await desk.fax(fax)
        keyed = read_keyed(pages.kept.sheet) if pages.kept else {}
        if is_there_somebody():
            return await _key_in(desk, keyed, pages, only_check=check)
        keyed |= read_keyed(read_text("-"))
        if draft:
            return await _keep(desk, pages, keyed)
        looked = await desk.look_over(keyed, pages)
        if check and acting.json:
            return print_json(looked.preview)
        if not acting.json:
            _tell(looked)
        return 0 if check else await _open(desk, looked, pages)


async def _key_in(desk: IntakeDesk, keyed: Keyed, fax: Fax, *, only_check: bool) -> int:
    """Ask for what is not there yet, then for what is wrong, until it is opened or kept."""
    print(in_tongue(f"The fax has {len(fax.pages)} pages.", f"El fax tiene {len(fax.pages)} páginas."))
    for field in FIELDS:
        if field.asks and field.name not in keyed:
            await _ask(desk, field, keyed)
    while True:
        looked = await _looked_over(desk, keyed, fax)
        if only_check:
            return 0 if looked else 2
        said = ask(
            in_tongue(
                "o opens it; `field: value` corrects; Enter keeps it as a draft:",
                "o lo abre; `campo: valor` corrige; Enter lo guarda como borrador:",
            )
        )
        if said.casefold() == "o" and looked:
            return await _open(desk, looked, fax)
        if not said:
            return await _keep(desk, fax, keyed)
        _correct(keyed, said)


async def _ask(desk: IntakeDesk, field: Field, keyed: Keyed) -> None:
    """One field; of papers as many as there are, with the questions that they may answer."""
    if field.name == PAPER:
        for number, clause in enumerate(questions(keyed.get("codes", [""])[0].split(), desk.pack), start=1):
            print(f"  {number}  {clause.fact}  ({clause.shown_by})")
    while said := ask(in_tongue(field.asks, field.asks_es)):
        keyed.setdefault(field.name, []).append(said)
        if field.name == "plan" and not _is_a_plan(desk, keyed):
            continue
        if field.name != PAPER:
            break
    if said and field.name in READ_BACK:
        _read_back(field.name, await desk.known({**keyed}), said)


def _is_a_plan(desk: IntakeDesk, keyed: Keyed) -> bool:
    """Everything else is looked up under the plan: one that is none is asked for again."""
    faults: dict[str, str] = {}
    if plan := plan_of(keyed, desk.pack, faults):
        print(f"  {plan.name}")
        return True
    tell(f"  {faults['plan']}")
    del keyed["plan"]
    return False


def _read_back(name: str, known: Known, said: str) -> None:
    one = known.member if name == "contract" else known.provider(said.split(maxsplit=1)[0])
    if one is None:
        print(in_tongue("  nobody, as far as the directory knows", "  nadie, según el directorio"))
        return
    told = one.model_dump(mode="json", exclude_none=True, exclude={"npi"})
    print(f"  {', '.join(told.values())}")


async def _looked_over(desk: IntakeDesk, keyed: Keyed, fax: Fax) -> LookedOver | None:
    """On one screen; a fault is told, for somebody may correct it."""
    try:
        looked = await desk.look_over(keyed, fax)
    except (Misuse, Refused) as fault:
        tell(fault)
        return None
    _tell(looked)
    return looked


def _correct(keyed: Keyed, said: str) -> None:
    """One field in the place of what it was; a paper is added, and `paper:` takes all of them out."""
    try:
        corrected = read_keyed(said)
    except Misuse as fault:
        tell(fault)
        return
    if PAPER in corrected:
        keyed.setdefault(PAPER, []).extend(corrected[PAPER])
        return
    keyed.pop(said.partition(":")[0].strip().casefold(), None)
    keyed |= corrected


def _tell(looked: LookedOver) -> None:
    """Who and what, as it was keyed and found; then required? covered? complete? due when? and what to look at."""
    request = looked.request
    member = request.member
    born = f", born {member.birth_date:%-d %b %Y}" if member.birth_date else ""
    tell(f"member:   {member.name}{born}, reads {member.language.value}")
    for name, one in (("orders", request.requesting_provider), ("serves", request.servicing_provider)):
        if one:
            tell(f"{name}:   {one.name}, NPI {one.npi}")
    if request.visit:
        tell(f"visit:    {request.visit}")
    for line in request.lines:
        tell(
            f"line {line.sequence}:   {line.service} x{line.units}, {', '.join(line.diagnoses)}, {line.from_day}"
        )
    for paper in request.documents:
        shows = ", ".join(f"{fact.name}={fact.value}" for fact in paper.shown_facts) or "nothing asked for"
        tell(f"paper:    {paper.kind} of {paper.dated}: {shows}")
    tell_preview(looked.preview)
    if looked.unused:
        tell(f"look at:  in no paper: page {', '.join(map(str, looked.unused))}")


async def _open(desk: IntakeDesk, looked: LookedOver, fax: Fax) -> int:
    return tell_opened(await desk.open(looked, fax), as_json=desk.acting.json)


async def _keep(desk: IntakeDesk, fax: Fax, keyed: Keyed) -> int:
    kept = await desk.keep_draft(fax, keyed)
    if desk.acting.json:
        return print_json(kept)
    tell(f"{kept.id} kept as a draft; go on with: plazo intake --of {kept.id}")
    return 0
