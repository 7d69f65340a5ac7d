"""The letters of a decision before it is final: `--preview` on whatever decides a line. Nothing is changed."""

from pathlib import Path
from typing import Any

from activities.desk.press import LaidOut, PrintShop, Proofs
from client.reach.cases import cases
from client.reach.look import print_json
from client.terminal.asking import ask, in_tongue
from client.terminal.options import Deciding
from config import files
from config.home import Home
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from config.settings import Settings
from domain.case.acts import Act
from domain.determination.decisions import Approve
from domain.rehearsal.preview import Previewed
from domain.terms.refusals import Misuse, Refused

LAST_FOUR = 3  # which group of a number they are: an authorization has its line after them


async def show_letters(case: str, act: Act[Any], acting: Deciding) -> int:
    """Print each letter that the decision would send; raises what the decision itself would be refused with."""
    if acting.pdf and not acting.preview:
        raise Misuse("pdf: it goes with --preview; `plazo notices CASE --pdf N` finds a letter that left.")
    async with cases(acting.settings) as desk:
        previewed = await desk.preview_decision(case, act)
        if previewed.is_refused:
            raise Refused(previewed.says)
        asked = Proofs(letters=previewed.letters, on_paper=acting.pdf is not None)
        printed = await desk.ask(PrintShop.lay_out, asked)
    papers = _put_down(printed.letters, acting.pdf, acting.settings) if acting.pdf else []
    if acting.json:
        return print_json(printed)
    _tell(previewed, printed.letters, papers)
    return 0


async def confirm(case: str, act: Act[Any], acting: Deciding) -> None:
    """Read a decision back, and go on only by another key than began it; Enter goes back.

    An answer against somebody is shown with its letters, and confirmed by the last four of the number. Raises what
    it would be refused with.
    """
    is_approval = isinstance(act, Approve)
    async with cases(acting.settings) as desk:
        previewed = await desk.preview_decision(case, act)
        if previewed.is_refused:
            raise Refused(previewed.says)
        proofs = Proofs(letters=() if is_approval else previewed.letters)
        printed = await desk.ask(PrintShop.lay_out, proofs)
    _tell_letters(printed.letters)
    print(f"{case}: {previewed.says}. Letters: {len(previewed.letters)}.")
    if is_approval:
        _go_on_by({"Y", "S"}, "y does it; Enter goes back:", "s lo hace; Enter regresa:")
    else:
        confirm_by_number(case)


def confirm_by_number(case: str) -> None:
    """Go on only by the last four of the number: something goes out to people."""
    english = f"It goes out. The last four of {case} do it; Enter goes back:"
    spanish = f"Sale de la casa. Los últimos cuatro de {case} lo hacen; Enter regresa:"
    _go_on_by({case.split("-")[LAST_FOUR]}, english, spanish)


def _go_on_by(keys: set[str], english: str, spanish: str) -> None:
    if ask(in_tongue(english, spanish)).upper() not in keys:
        raise Refused(in_tongue("not confirmed; nothing was done", "no se confirmó; no se hizo nada"))


def _put_down(letters: tuple[LaidOut, ...], folder: Path, settings: Settings) -> list[Path]:
    store = DocumentStore(settings.documents, KeyRing.load(Home(settings.home).keyring))
    papers = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for letter in letters:
            if letter.unset:
                raise Refused(f"the {letter.recipient}'s letter cannot be put on paper: {letter.unset}")
            paper = folder / f"{letter.key}.pdf"
            files.replace(paper, store.get(letter.pdf or ""))
            papers.append(paper)
    except OSError as error:
        raise Misuse(f"pdf: the folder cannot be written ({error.strerror}).") from None
    return papers


def _tell(previewed: Previewed, letters: tuple[LaidOut, ...], papers: list[Path]) -> None:
    _tell_letters(letters)
    for paper in papers:
        print(paper)
    if not letters:
        print("No letter would go out yet: something else is awaited first.")
    print(f"{previewed.case}: only a preview; nothing is decided. It would say: {previewed.says}.")


def _tell_letters(letters: tuple[LaidOut, ...]) -> None:
    for letter in letters:
        recipient = letter.recipient.replace("_", " ")
        print(f"=== {letter.kind.replace('_', ' ')} letter to the {recipient} ({letter.language}) ===\n")
        print(letter.words)
