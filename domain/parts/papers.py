"""The papers of a case, and the facts that they show."""

from datetime import datetime

from domain.parts.state import State
from domain.request.criteria import Fact
from domain.request.request import Document


class Papers(State):
    """Documents, in the order in which the case took note of them."""

    documents: list[Document] = []

    @property
    def kinds(self) -> set[str]:
        return {document.kind for document in self.documents}

    def facts(self, received_at: datetime) -> dict[str, Fact]:
        """What the documents show by name; of two that answer the same question, the one that came last.

        A paper without an instant of its own came with the request, at `received_at`.
        """
        by_arrival = sorted(self.documents, key=lambda document: document.received_at or received_at)
        shown = [fact for document in by_arrival for fact in document.shown_facts]
        return {fact.name: fact for fact in shown}

    def holds(self, document: Document) -> bool:
        """Is it here already, under its name or with the same content?"""
        held = {paper.id for paper in self.documents} | {paper.sha256 for paper in self.documents}
        return document.id in held or (document.sha256 or document.id) in held
