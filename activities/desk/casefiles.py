"""The file of a case, with those of its story, as one PDF: made here and kept under its hash, for whoever asked.

Temporal carries numbers and hashes alone. Who had a file made, of which case and for whom, is a line of the log,
and the open cases among them are told of it by the command.
"""

import asyncio
from datetime import datetime
from logging import getLogger

from pydantic import AwareDatetime
from temporalio import activity

from activities.desk.payers import Payers
from activities.ports.cases import LiveCases
from activities.ports.paper import Binder
from activities.ports.register import Register
from activities.ports.world import Documents
from domain.case.case import Case
from domain.case.sensitive import CLOSED_TO, SOURCE
from domain.casefile.casefile import file_of, language_of
from domain.casefile.view import Bundle, FileOfCase
from domain.desk.file_made import Audience
from domain.terms.frozen import Frozen
from domain.terms.people import Actor
from domain.terms.refusals import Misuse, Refused
from domain.terms.tongue import Tongue
from domain.view.kinds import case_of

LOG = getLogger("plazo.casefile")


class FileQuestion(Frozen):
    """Which cases, in the order of receipt, the one that was asked among them; for whom, and who has it made."""

    asked: str
    cases: tuple[str, ...]
    audience: Audience
    actor: Actor
    now: AwareDatetime


class MadeFile(Frozen):
    """Where the file lies, and what is named in it as missing; `open_cases` are to be told that it was made."""

    document: str
    pages: int
    missing: tuple[str, ...]
    open_cases: tuple[str, ...]


class CaseFiles:
    def __init__(self, register: Register, cases: LiveCases, documents: Documents, binder: Binder) -> None:
        self.register = register
        self.cases = cases
        self.documents = documents
        self.binder = binder

    @activity.defn
    async def make_casefile(self, question: FileQuestion) -> MadeFile:
        """Make the file and keep it. Refused where the cases are not all about one member."""
        whole = [await self._whole(number, question.now) for number in question.cases]
        asked = next(case for case, _ in whole if case.number == question.asked)
        staff_notes = question.audience.reads_staff_notes
        language = question.audience.reads(language_of(asked))
        phrases = await asyncio.to_thread(self.binder.phrases, language)
        tongue = Tongue(calendar=asked.policy.calendar, phrases=phrases)
        pays = (await Payers(self.register).of(asked)).words
        files = tuple(
            file_of(
                case,
                at,
                staff_notes=staff_notes,
                phrases=phrases,
                who_pays=pays if case is asked else "",
            )
            for case, at in whole
        )
        _refuse_another_member(files, asked.number)
        bundle = Bundle(
            asked=asked.number,
            audience=tongue.say(question.audience.text),
            made_by=str(question.actor),
            made_at=question.now,
            made=tongue.show(question.now),
            cases=files,
            staff_notes=staff_notes,
            language=language,
            phrases=phrases,
        )
        bound = await asyncio.to_thread(self.binder.bind, bundle)
        document = await asyncio.to_thread(self.documents.put, bound.pdf)
        for number in question.cases:
            LOG.info("case file of %s made for %s by %s", number, question.audience.value, question.actor.id)
        live = tuple(file.number for file in files if file.is_open)
        return MadeFile(document=document, pages=bound.pages, missing=bound.missing, open_cases=live)

    async def _whole(self, number: str, now: datetime) -> tuple[Case, datetime]:
        """All of a case, and the instant by which it is told: of a closed one, that of its last event."""
        if live := await self.cases.whole(number, now):
            return case_of(number, live.state), live.at
        if await self.register.closed_to_reader(number):
            raise Refused(f"{number}: {CLOSED_TO}", SOURCE)
        state = await self.register.closed_case(number)
        if state is None:
            raise Misuse(f"case: there is no case {number}, or nothing but its page is left.")
        closed = case_of(number, state)
        return closed, closed.log.events[-1].recorded_at


def _refuse_another_member(files: tuple[FileOfCase, ...], asked: str) -> None:
    """A case that was linked by mistake, and is about somebody else, is never handed out with this one."""
    mine = next(file.whose for file in files if file.number == asked)
    for file in files:
        if file.whose and mine and file.whose != mine:
            raise Refused(f"{file.number} is about another member than {asked}; --alone leaves it out")
