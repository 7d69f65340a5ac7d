"""The press: letters in words and on paper, to be looked at. What is printed here has not left and is not sent."""

import asyncio

from temporalio import activity

from activities.ports.paper import Press
from activities.ports.world import Documents
from domain.case.sending import CannotBeSet
from domain.terms.frozen import Frozen
from domain.terms.notice import Notice


class Proofs(Frozen):
    """Letters to lay out, `on_paper` too where they are to be seen as they would be mailed."""

    letters: tuple[Notice, ...]
    on_paper: bool = False


class LaidOut(Frozen):
    """A letter in words; its PDF lies in the document store, under its hash."""

    key: str
    kind: str
    recipient: str
    language: str
    words: str
    pdf: str | None = None
    unset: str | None = None  # why it cannot be put on paper


class Printed(Frozen):
    """The letters that were laid out, in their order."""

    letters: tuple[LaidOut, ...]


class PrintShop:
    def __init__(self, press: Press, documents: Documents) -> None:
        self.press = press
        self.documents = documents

    @activity.defn
    async def lay_out(self, asked: Proofs) -> Printed:
        """Each letter as its reader would get it. Nothing enters the spool."""
        return Printed(letters=await asyncio.to_thread(self._all_laid_out, asked))

    def _all_laid_out(self, asked: Proofs) -> tuple[LaidOut, ...]:
        return tuple([self._laid_out(letter, on_paper=asked.on_paper) for letter in asked.letters])

    def _laid_out(self, letter: Notice, *, on_paper: bool) -> LaidOut:
        pdf = unset = None
        try:
            pdf = self.documents.put(self.press.print(letter)) if on_paper else None
        except CannotBeSet as why:
            unset = str(why)
        return LaidOut(
            key=letter.key,
            kind=letter.kind.value,
            recipient=letter.recipient.value,
            language=letter.language.value,
            words=self.press.render(letter),
            pdf=pdf,
            unset=unset,
        )
