"""What people may ask of a case of any kind. An answer changes nothing and needs a worker that is there."""

from datetime import datetime
from typing import TypeVar

from temporalio import workflow

from activities.likenesses import Joined
from activities.post import LettersInHand
from domain.casefile.view import Whole
from domain.determination.call_scripts import Script, scripts
from domain.policy.case_policy import CasePolicy
from domain.rehearsal.preview import Beforehand, Previewed, preview
from domain.rehearsal.rehearsal import Rehearsal, rehearse
from domain.rehearsal.trial import Trial, TrialQuestion, try_out
from domain.review.reviewed import ReviewedCase
from domain.view import notices, showing, view
from domain.view.kinds import search_keys
from domain.view.page import Page
from domain.view.search import SearchKey
from workflows.running.casework import C, Casework, now

R = TypeVar("R", bound=ReviewedCase)


class Questions(Casework[C]):
    """Queries, by their nouns; None until the case is admitted."""

    @workflow.query(description="The case on one page")
    def sheet(self, at: datetime | None = None) -> view.Sheet | None:
        return showing.sheet(self.case, asked_at(at)) if self.case else None

    @workflow.query(description="Why each due date is what it is")
    def explanation(self, at: datetime | None = None) -> view.Explanation | None:
        return showing.explain(self.case, asked_at(at)) if self.case else None

    @workflow.query(description="What happens on which day if nobody acts")
    def forecast(self, at: datetime | None = None) -> view.Timeline | None:
        return showing.forecast(self.case, asked_at(at)) if self.case else None

    @workflow.query(description="What happened, who did it, when it happened and when it was recorded")
    def timeline(self) -> view.Timeline | None:
        return showing.timeline(self.case) if self.case else None

    @workflow.query(description="The letters that it owes or owed, and the proof of each")
    def notices(self, at: datetime | None = None) -> view.Notices | None:
        return notices.notices(self.case, asked_at(at)) if self.case else None

    @workflow.query(description="The papers that it holds")
    def papers(self) -> view.ShownPapers | None:
        case = self.case
        return view.ShownPapers(case=case.number, documents=tuple(case.papers.documents)) if case else None

    @workflow.query(description="By what it is found")
    def search_keys(self) -> tuple[SearchKey, ...] | None:
        return search_keys(self.case) if self.case else None

    @workflow.query(description="The case that took note of what came in, where it is none of its own")
    def belongs_to(self) -> Joined | None:
        return self.joined

    # What the case's own activities ask of it, by reference

    @workflow.query(description="What the register is told of it, after so many events")
    def page(self, written: int) -> Page:
        return self.page_from(written)

    @workflow.query(description="Letters of it, as they stand")
    def letters(self, keys: list[str]) -> LettersInHand:
        return LettersInHand(notices=tuple(one for one in self.admitted.letters.notices if one.key in keys))

    @workflow.query(description="All that it holds, for its file")
    def whole(self, at: datetime | None = None) -> Whole | None:
        return Whole(state=self.case.model_dump_json(), at=asked_at(at)) if self.case else None

    @workflow.query(description="What would move under another policy; nothing does")
    def rehearsal(self, candidate: CasePolicy) -> Rehearsal | None:
        return rehearse(self.case, candidate) if self.case else None

    @workflow.query(description="The letters that a decision would send; nothing is decided")
    def preview(self, asked: Beforehand) -> Previewed | None:
        return preview(self.case, asked.act, asked_at(asked.at)) if self.case else None

    @workflow.query(description="What an act would change; nothing does")
    def trial(self, question: TrialQuestion) -> Trial | None:
        return try_out(self.case, question.act, asked_at(question.at)) if self.case else None


class ReviewQuestions(Questions[R]):
    """What is asked of a case whose lines are reviewed."""

    @workflow.query(description="The criteria, clause by clause")
    def review(self) -> view.ReviewSheet | None:
        return showing.review_sheet(self.case) if self.case else None

    @workflow.query(description="What to say on a call to each party")
    def scripts(self, at: datetime | None = None) -> tuple[Script, ...] | None:
        return scripts(self.case, asked_at(at)) if self.case else None


def asked_at(at: datetime | None) -> datetime:
    """In a query the workflow's clock stands at its last task: the asker's is later, unless time is virtual."""
    return max(now(), at) if at else now()
