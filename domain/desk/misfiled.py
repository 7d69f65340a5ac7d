"""A paper that lay in the wrong case: the right one takes it in, then the other gives it away; both say so."""

from datetime import datetime

from domain.case.acts import Act
from domain.case.case import Case
from domain.parts.events import EventKind
from domain.terms.case_number import parse
from domain.terms.refusals import Refused


class MovePaper(Act[Case]):
    """The paper that belongs to another case; what was decided on it, a supervisor looks at."""

    document: str
    to: str

    def check(self, case: Case, now: datetime) -> None:
        if not self.reason:
            raise Refused("because: a paper that moves says why", "plan policy")
        if parse(self.to) == case.number:
            raise Refused("to: the paper is in that case")
        if self.document not in {paper.id for paper in case.papers.documents}:
            raise Refused(f"document: {case.number} has no paper of that id; `plazo papers` lists them")

    def apply(self, case: Case, now: datetime) -> str:
        paper = next(one for one in case.papers.documents if one.id == self.document)
        case.papers.documents = [one for one in case.papers.documents if one is not paper]
        words = f"{paper.kind.replace('_', ' ')} of {paper.dated} moved to {parse(self.to)}: {self.reason}"
        case.log.record(EventKind.DOCUMENT_MOVED, words, now=now, by=self.actor, document=paper.id)
        if not case.is_undecided:
            case.need("supervisor", "a paper that lay here by mistake was here when it was decided", now)
        return f"moved to {parse(self.to)}"
