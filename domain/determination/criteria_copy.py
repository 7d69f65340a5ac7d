"""A copy of the criteria: whoever asks gets the clauses that this case is decided by, as its own policy has them.

Members and providers have a right to it, and anybody else gets it without a word about the member. The statement
that NCQA asks for goes with every copy.
"""

from datetime import datetime
from itertools import groupby
from typing import Literal

from pydantic import JsonValue

from domain.case import dispatch
from domain.case.acts import Act
from domain.parts.events import EventKind
from domain.request.criteria import CriteriaTable, Criterion
from domain.request.request import Text
from domain.review import announcing, letters
from domain.review.reviewed import ReviewedCase
from domain.terms.frozen import Frozen
from domain.terms.notice import Addressee, NoticeKind, Recipient
from domain.terms.people import Language
from domain.terms.refusals import Refused

OF_THE_MEMBER = {"member", "contract_number", "provider", "received"}  # nobody else learns of it


class Asker(Frozen):
    """Somebody who is no party of the case: where the copy goes, and in which language."""

    name: Text
    address: Text
    language: Language


class CopyCriteria(Act[ReviewedCase]):
    """Somebody asked for the criteria: a copy is owed to them."""

    verb: Literal["copy-criteria"] = "copy-criteria"
    to: Recipient
    asker: Asker | None = None

    def check(self, case: ReviewedCase, now: datetime) -> None:
        self.addressee(case)

    def addressee(self, case: ReviewedCase) -> Addressee:
        """Whoever asked: a party as the case knows them, else as they named themselves."""
        if self.to is Recipient.SOMEBODY_ELSE:
            if self.asker is None:
                raise Refused("for: somebody who is no party says where the copy goes (--addressee)")
            return Addressee(recipient=self.to, **self.asker.model_dump())
        if self.asker:
            raise Refused(f"addressee: the case knows where {self.to.named} is written to")
        party = next((one for one in case.parties if one.recipient is self.to), None)
        if party is None:
            raise Refused(f"for: {self.to.named} is no party of {case.number}")
        return party

    def apply(self, case: ReviewedCase, now: datetime) -> str:
        whom, at = self.addressee(case), self.happened_at(now)
        words = f"{self.to.named} asked for the criteria"
        case.log.record(EventKind.CRITERIA_ASKED, words, at=at, now=now, by=self.actor, to=self.to.value)
        facts = {language: copy_of(case, self.to, at, language) for language in Language}
        if whom in case.parties:
            announcing.owe(case, NoticeKind.CRITERIA_COPY, now, facts, [whom])
        else:
            head = {
                name: said for name, said in letters.about(case, now).items() if name not in OF_THE_MEMBER
            }
            told = {language: head | said for language, said in facts.items()}
            dispatch.owe(case, [whom], NoticeKind.CRITERIA_COPY, now, told)
        return f"a copy of the criteria is owed to {self.to.named}"


def copy_of(
    case: ReviewedCase, to: Recipient, asked_at: datetime, language: Language
) -> dict[str, JsonValue]:
    """What the copy says: the clauses for each service, whose they are, and the statement that goes with them."""
    services = dict.fromkeys(line.asked.service for line in case.lines)
    tables = dict.fromkeys(case.policy.criteria_in(case.request, code) for code in services)
    return {
        "asker": to.value,
        "is_party": to is not Recipient.SOMEBODY_ELSE,
        "asked_on": case.policy.calendar.day_of(asked_at).isoformat(),
        "tables": [_table(table, language) for table in tables if table],
        "without": [code for code in services if case.policy.criteria_in(case.request, code) is None],
        "statement": [row.words.in_language(language) for row in case.policy.criteria_statement],
    }


def _table(table: CriteriaTable, language: Language) -> JsonValue:
    spanish = language is Language.SPANISH
    return {
        "title": (table.title_es if spanish else None) or table.title,
        "services": list(table.services),
        "source": (table.source_es if spanish else None) or table.source,
        "clauses": [
            {"rank": group[0].rank.value, "any_of": [one.text.in_language(language) for one in group]}
            for group in _alternatives(table)
        ],
    }


def _alternatives(table: CriteriaTable) -> list[list[Criterion]]:
    """The clauses, those of which one is enough together."""
    return [list(group) for _, group in groupby(table.criterion, key=lambda one: one.group or one.id)]
