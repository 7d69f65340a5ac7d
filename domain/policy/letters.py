"""What the pack says of letters that go against somebody: one template for each regime, and what it has to say."""

from typing import Self

from pydantic import JsonValue, model_validator

from domain.clock.duty import Duty
from domain.clock.span import Span
from domain.clock.timeframe import Regime, Services, Timeframe, Urgency
from domain.policy.appeals import NextLevel
from domain.terms.frozen import Frozen
from domain.terms.notice import NoticeKind
from domain.terms.people import Language, Words
from domain.terms.sourced import Sourced


class RegimeLetter(Sourced):
    """Which template letters of these kinds have in a regime, and in which of its parts the rights stand.

    Both are names of files among the letters, without their language.
    """

    id: str
    regime: Regime
    notices: tuple[NoticeKind, ...]
    template: str = ""  # empty: that of the kind
    rights: str

    @model_validator(mode="after")
    def _against_somebody(self) -> Self:
        if kinds := [kind.value for kind in self.notices if not kind.goes_against]:
            raise ValueError(f"these letters have one template everywhere: {', '.join(kinds)}")
        return self


class Element(Sourced):
    """What a letter of these kinds has to say in a regime; `stands` are words by which it is found in it."""

    id: str
    regime: Regime
    notices: tuple[NoticeKind, ...]
    title: str
    stands: Words


class Assistance(Sourced):
    """The health-insurance assistance program of a state (SHIP)."""

    id: str
    state: str
    name: Words
    telephone: str


class Beyond(Frozen):
    """Who looks at it after the plan, and how long there is to ask."""

    level: NextLevel
    window: Timeframe | None = None

    def facts(self, language: Language) -> dict[str, JsonValue]:
        row = self.window
        return {
            "name": Words(en=self.level.name, es=self.level.name_es).in_language(language),
            "title": self.level.title.in_language(language),
            "address": self.level.address,
            "telephone": self.level.telephone,
            "length": row.span.length if row else None,
            "unit": row.span.unit.value if row else None,
            "source": row.source if row else self.level.source,
        }


class AnswerTime(Frozen):
    """How soon an appeal is answered: of one urgency, about one kind of service."""

    urgency: Urgency | None
    services: Services
    span: Span


class LetterPolicy(Frozen):
    """What a case takes along for the letters that go against its people, by value."""

    letter: tuple[RegimeLetter, ...] = ()
    assistance: Assistance | None = None
    beyond: Beyond | None = None
    answered: tuple[AnswerTime, ...] = ()

    def words_of(self, kind: NoticeKind, language: Language) -> dict[str, JsonValue]:
        """Which template such a letter has, and what its part about rights needs; else nothing."""
        row = next((row for row in self.letter if kind in row.notices), None)
        if row is None:
            return {}
        help_with_it = self.assistance
        return {
            "template": row.template or kind.value,
            "rights_part": row.rights,
            "assistance": {
                "name": help_with_it.name.in_language(language),
                "telephone": help_with_it.telephone,
            }
            if help_with_it
            else None,
            "beyond": self.beyond.facts(language) if self.beyond else None,
            "times": self._times(),
        }

    def _times(self) -> dict[str, JsonValue]:
        """By kind of service where those differ: `standard` and `expedited` are about everything else."""
        times: dict[str, JsonValue] = {}
        for one in self.answered:
            said: JsonValue = {"length": one.span.length, "unit": one.span.unit.value}
            apart = one.services in {Services.PART_B_DRUG, Services.POST_SERVICE}
            if not apart:
                for urgency in [one.urgency] if one.urgency else Urgency:
                    times.setdefault(urgency.value, said)
            elif one.urgency in {None, Urgency.STANDARD}:
                times.setdefault(one.services.value, said)
        return times


def answer_times(rows: list[Timeframe]) -> tuple[AnswerTime, ...]:
    """How soon appeals are answered, by the rows that have no end."""
    lasting = (row for row in rows if row.times is Duty.APPEAL_DECISION and row.in_force_through is None)
    return tuple(AnswerTime(urgency=row.urgency, services=row.services, span=row.span) for row in lasting)
