"""The file of a case in words: what a PDF is set from. Every instant is written out on the plan's own clock."""

from pydantic import AwareDatetime

from domain.casefile.facts import Fact, FactGroup
from domain.terms.frozen import Frozen
from domain.terms.people import Language


class FileFinding(Frozen):
    """One clause of the criteria, and what was found."""

    criterion: str
    answer: str
    text: str
    because: str
    document: str


class FileLine(Frozen):
    """What was asked on one line, what was found and what was answered."""

    title: str
    facts: tuple[Fact, ...]
    findings: tuple[FileFinding, ...] = ()


class FileStep(Frozen):
    at: str
    words: str
    moved: str
    due: str
    source: str


class FileClock(Frozen):
    """A clock step by step, as `plazo explain` tells it; in another language than English without the steps."""

    title: str
    state: str
    steps: tuple[FileStep, ...]


class FileEvent(Frozen):
    """Something that happened: when, what, who; when it was recorded, if that was later."""

    case: str
    happened_at: AwareDatetime  # by these two the events of several cases are put in order
    recorded_at: AwareDatetime
    at: str
    recorded: str
    words: str
    by: str
    struck: str  # by whom, when and why, where it was


class FileLetter(Frozen):
    """A letter that the case owes or owed, and what became of it. Its key names the paper that left."""

    case: str
    key: str
    title: str
    fate: str
    proof: str
    sent: bool


class FilePaper(Frozen):
    """A paper that arrived; without a hash its content was never kept."""

    case: str
    title: str
    id: str
    received: str  # `received Mon 2 Mar 2026 18:41 AST`
    sha256: str | None


class FileOfCase(Frozen):
    """One case of the file."""

    number: str
    kind: str
    facts: tuple[Fact, ...]
    parties: tuple[Fact, ...]
    request: tuple[FactGroup, ...]
    lines: tuple[FileLine, ...]
    clocks: tuple[FileClock, ...]
    notes: tuple[FileEvent, ...]
    events: tuple[FileEvent, ...]
    letters: tuple[FileLetter, ...]
    papers: tuple[FilePaper, ...]
    plan: str
    organisation: str
    is_open: bool
    whose: str | None  # by what its member is known


class Whole(Frozen):
    """All that a case holds, as JSON, and the instant by which it was asked."""

    state: str
    at: AwareDatetime


class Bundle(Frozen):
    """What one PDF is made of: the cases of a story in the order of receipt, for whom, by whom and when."""

    asked: str
    audience: str
    made_by: str
    made_at: AwareDatetime
    made: str  # the same, written out
    cases: tuple[FileOfCase, ...]
    staff_notes: bool = True  # are in it
    language: Language = Language.ENGLISH
    phrases: dict[str, str] = {}  # of that language, keyed by the English

    def say(self, english: str, **parts: str) -> str:
        return self.phrases.get(english, english).format(**parts)

    @property
    def story(self) -> tuple[FileEvent, ...]:
        """What happened in all of them, in the order in which it happened."""
        told = [event for case in self.cases for event in case.events]
        return tuple(sorted(told, key=lambda event: (event.happened_at, event.recorded_at)))
