"""Criteria: clauses with the fact that each needs, answered met, unmet or unknown.

Unknown names the document that would show the fact, and it is never an answer: it asks a question.
Alternatives share a group: the group is met when any of its clauses is.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from itertools import groupby

from pydantic import model_validator

from domain.terms.frozen import Frozen
from domain.terms.people import Words
from domain.terms.sourced import Trust

FactValue = bool | int | float | str


class Basis(StrEnum):
    """The six grounds on which a request is evaluated (MCS, Precertification of Services and Procedures)."""

    SEVERITY = "severity of the condition"
    INTENSITY = "intensity of the services"
    JUSTIFICATION = "medical justification"
    GUIDELINE = "clinical guideline"
    INTERNAL_POLICY = "internal medical policy"
    MEDICAL_ADVISORS = "medical advisors"


class Rank(StrEnum):
    """Whose rule a clause is. Federal clauses come first; internal ones only fill what those leave open."""

    FEDERAL = "federal"
    GUIDELINE = "guideline"
    INTERNAL = "internal"


class Answer(StrEnum):
    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Criterion(Frozen):
    """One clause. Exactly one of the four tests says when its fact meets it."""

    id: str
    text: Words
    fact: str
    is_true: bool | None = None
    at_least: float | None = None
    at_most: float | None = None
    one_of: tuple[str, ...] | None = None
    group: str | None = None
    rank: Rank
    basis: Basis
    shown_by: str  # the kind of document that shows the fact

    @model_validator(mode="after")
    def _one_test(self) -> "Criterion":
        tests = [self.is_true, self.at_least, self.at_most, self.one_of]
        if sum(test is not None for test in tests) != 1:
            raise ValueError("a criterion has exactly one of is_true, at_least, at_most, one_of")
        return self

    def meets(self, value: FactValue) -> bool:
        if self.one_of is not None:
            return str(value) in self.one_of
        if self.is_true is not None:
            return value is self.is_true
        amount = float(value)
        return amount >= self.at_least if self.at_least is not None else amount <= (self.at_most or 0.0)

    def accepts(self, value: FactValue) -> bool:
        """Is the value of the kind that the test needs?"""
        if self.one_of is not None:
            return isinstance(value, str)
        if self.is_true is not None:
            return isinstance(value, bool)
        return isinstance(value, int | float) and not isinstance(value, bool)


class CriteriaTable(Frozen):
    """The clauses for some services. `approves` says whether software may approve on them alone."""

    id: str
    title: str
    title_es: str | None = None
    services: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()  # empty: every plan
    judges: str | None = None  # all such requests, whatever the service: emergencies, standing referrals
    approves: bool
    criterion: tuple[Criterion, ...]
    in_force_from: date
    in_force_through: date | None = None
    replaces: str | None = None  # the table that ends as this one begins
    reviewed_on: date | None = None  # when it was last looked at whole, if it was since
    source: str
    source_es: str | None = None
    standing: Trust


def in_force(tables: Iterable[CriteriaTable], day: date | None) -> tuple[CriteriaTable, ...]:
    """Those that decide on a day; without one, those that nothing is to take the place of."""
    begun = [
        one for one in tables if day is None or one.in_force_from <= day <= (one.in_force_through or date.max)
    ]
    replaced = {one.replaces for one in begun}
    return tuple(one for one in begun if one.id not in replaced)


class Fact(Frozen):
    """One answer to a criterion's question, with the document that shows it."""

    name: str
    value: FactValue
    document: str


class Finding(Frozen):
    """What was found on one clause, on the evidence as it stood."""

    criterion: str
    text: Words
    answer: Answer
    because: str
    basis: Basis
    group: str | None = None
    document: str | None = None
    missing: str | None = None


class Citation(Frozen):
    """The criterion that an adverse answer cites, as it stood then.

    `shown_by` is the kind of paper that would show it, where nothing does. A clause has its rank; what was cited in
    words has its source alone.
    """

    text: Words
    source: Words
    rank: Rank | None = None
    shown_by: str | None = None


def find(criterion: Criterion, facts: Mapping[str, Fact]) -> Finding:
    """Answer one clause from the facts; unknown when the fact has not been shown."""
    fact = facts.get(criterion.fact)
    question = criterion.fact.replace("_", " ")
    if fact is None or not criterion.accepts(fact.value):
        answer, because = Answer.UNKNOWN, f"nothing shows {question}"
    else:
        answer = Answer.MET if criterion.meets(fact.value) else Answer.UNMET
        because = f"{question}: {fact.value}"
    return Finding(
        criterion=criterion.id,
        text=criterion.text,
        answer=answer,
        because=because,
        basis=criterion.basis,
        group=criterion.group,
        document=fact.document if fact else None,
        missing=criterion.shown_by if answer is Answer.UNKNOWN else None,
    )


def check(table: CriteriaTable, facts: Mapping[str, Fact]) -> tuple[Finding, ...]:
    return tuple(find(criterion, facts) for criterion in table.criterion)


def found_on(clause: str, findings: Iterable[Finding]) -> tuple[Finding, Answer]:
    """What is found on one clause, and on it together with those of which one is enough."""
    everything = tuple(findings)
    own = next(one for one in everything if one.criterion == clause)
    return own, verdict(one for one in everything if one is own or (own.group and one.group == own.group))


def verdict(findings: Iterable[Finding]) -> Answer:
    """All clauses together: each group of alternatives needs one, a clause without a group counts alone."""
    keyed = sorted(findings, key=lambda finding: finding.group or finding.criterion)
    groups = groupby(keyed, key=lambda finding: finding.group or finding.criterion)
    answers = [_best(finding.answer for finding in group) for _, group in groups]
    if Answer.UNMET in answers:
        return Answer.UNMET
    return Answer.UNKNOWN if Answer.UNKNOWN in answers or not answers else Answer.MET


def _best(answers: Iterable[Answer]) -> Answer:
    given = set(answers)
    return next(answer for answer in (Answer.MET, Answer.UNKNOWN, Answer.UNMET) if answer in given)
