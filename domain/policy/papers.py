"""Papers: is this a kind that the pack knows, and does some criterion ask for what it shows?"""

from collections.abc import Iterable

from domain.policy.rows import DocumentKind
from domain.request.criteria import CriteriaTable
from domain.request.request import Document


def fault_of(
    paper: Document, kinds: Iterable[DocumentKind], tables: Iterable[CriteriaTable], whose: str
) -> str | None:
    """The first fault as `field: rule`, or None. A slip in a name would leave a clause unknown without a word."""
    known = {kind.id for kind in kinds}
    if paper.kind not in known:
        return f"kind: the pack knows {', '.join(sorted(known))}"
    clauses = {clause.fact: clause for table in tables for clause in table.criterion}
    for fact in paper.shown_facts:
        clause = clauses.get(fact.name)
        if clause is None:
            return f"facts.{fact.name}: no criterion of {whose} asks for it"
        if not clause.accepts(fact.value):
            return f"facts.{fact.name}: the criterion {clause.id} needs another kind of value"
    return None
