"""What an adverse answer cites: a clause that is not met, or that nothing shows; or words with their source.

A clause that is met cannot be cited, nor one of several alternatives of which another is met. Whose rule it is
follows from the criterion, and not from the reason (42 CFR 422.568(e)).
"""

from typing import TYPE_CHECKING

from domain.request.criteria import Answer, Citation, found_on
from domain.request.line import Line
from domain.request.request import Prose, Text
from domain.terms.frozen import Frozen
from domain.terms.people import Language, Words
from domain.terms.refusals import Refused

if TYPE_CHECKING:
    from domain.review.reviewed import ReviewedCase

SOURCE = "42 CFR 422.568(e)"


class Citing(Frozen):
    """The criterion: a clause by its id, or where the service has no criteria, words with their source."""

    criterion: Prose | None = None
    criterion_es: Prose | None = None
    criterion_source: Text | None = None

    def check_citation(self, case: "ReviewedCase", line: Line, criterion: str) -> None:
        """Can it be cited against this line? Raises `Refused`."""
        table = case.policy.criteria_in(case.request, line.asked.service)
        if table is None:
            self._check_words(case, line, criterion)
            return
        if criterion not in (clauses := {clause.id for clause in table.criterion}):
            known = ", ".join(sorted(clauses))
            raise Refused(f"criterion: line {line.sequence} is reviewed under {known}")
        if self.criterion_es or self.criterion_source:
            raise Refused("criterion: a clause has its own words and its own source")
        own, together = found_on(criterion, case.findings_now(line))
        if own.answer is Answer.MET:
            raise Refused(f"criterion: {criterion} is met ({own.because}); cite one that is not", SOURCE)
        if together is Answer.MET:
            raise Refused(f"criterion: another clause is met that is enough beside {criterion}", SOURCE)

    def _check_words(self, case: "ReviewedCase", line: Line, criterion: str) -> None:
        if self.criterion is None:  # what was cited before had its words and its source
            return
        if " " not in criterion or self.criterion_source is None:
            raise Refused(
                f"criterion: code {line.asked.service} has no criteria here; cite in words what is not met, and "
                "where that comes from (--criterion-source)",
                SOURCE,
            )
        if self.criterion_es is None and Language.SPANISH in case.languages:
            raise Refused("criterion: somebody here reads Spanish; give it in Spanish too (--criterion-es)")

    def citation(self, case: "ReviewedCase", line: Line, criterion: str | None) -> Citation | None:
        """As the letter will say it; None where nothing is cited."""
        if self.criterion and self.criterion_source:
            text = Words(en=self.criterion, es=self.criterion_es)
            return Citation(text=text, source=Words(en=self.criterion_source))
        return clause_cited(case, line, criterion)


def clause_cited(case: "ReviewedCase", line: Line, criterion: str | None) -> Citation | None:
    """A clause of the line's own criteria, with what would show it where nothing does."""
    table = case.policy.criteria_in(case.request, line.asked.service)
    clause = next((one for one in table.criterion if one.id == criterion), None) if table else None
    if table is None or clause is None:
        return None
    found, _ = found_on(clause.id, case.findings_now(line))
    source = Words(en=table.source, es=table.source_es)
    return Citation(text=clause.text, source=source, rank=clause.rank, shown_by=found.missing)
