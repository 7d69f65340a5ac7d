"""An appeal as it came in: which determination, who appeals, what they say, and when it reached us."""

from typing import Annotated, Self

from pydantic import AwareDatetime, Field, model_validator

from domain.clock.timeframe import Urgency
from domain.policy.appeals import AppealBy
from domain.request.request import Channel, Document, Prose, Text, one_id_each, refuse_all
from domain.terms.frozen import Frozen
from domain.terms.people import Language


class Representative(Frozen):
    """Somebody who appeals for the member, as they introduce themselves."""

    name: Text
    relationship: Text | None = None
    language: Language = Language.ENGLISH
    address: Text | None = None
    telephone: Text | None = None


class AppealRequest(Frozen):
    """What somebody asks the plan to look at again. `lines` empty: everything that may be appealed."""

    plan: Text
    original: Text  # the number of the case whose determination is appealed
    by: AppealBy
    channel: Channel
    received_at: AwareDatetime
    urgency: Urgency = Urgency.STANDARD
    lines: tuple[Annotated[int, Field(ge=1, le=99)], ...] = ()
    statement: Prose | None = None
    good_cause: Prose | None = None  # why it comes late, where it does
    representative: Representative | None = None
    documents: tuple[Document, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        is_named, for_somebody = self.representative is not None, self.by is AppealBy.REPRESENTATIVE
        refuse_all(
            "representative: named where a representative appeals, and nowhere else"
            if is_named != for_somebody
            else None,
            one_id_each(self.documents),
        )
        return self

    @property
    def fingerprint(self) -> str:
        """There is one appeal of a determination at this level, whoever appeals and however often."""
        return f"appeal|{self.original}"
