"""The mailing of a change: a letter to each against whom it goes, which leaves as every letter does."""

from datetime import datetime

from pydantic import Field, JsonValue

from domain.case import dispatch
from domain.case.acts import Act
from domain.guideline.acts import refuse_to_tell
from domain.guideline.draft import Audience
from domain.guideline.guideline import Guideline
from domain.parts.events import EventKind
from domain.request.request import Text
from domain.terms.frozen import Frozen
from domain.terms.notice import Addressee, NoticeKind
from domain.terms.people import Language
from domain.terms.refusals import Refused

MOST = 500  # letters of one mailing: a case holds each


class Reader(Frozen):
    """Somebody who is told, and on which way."""

    name: Text
    address: Text | None = None
    language: Language = Language.ENGLISH
    fax: Text | None = None
    email: Text | None = None

    def addressee(self, to: Audience) -> Addressee:
        return Addressee(recipient=to.recipient, **self.model_dump())


class MailChange(Act[Guideline]):
    """The notice of the change is written to each of one audience; it has left when the last letter has."""

    act_name = "tell of a committee's decision"
    to: Audience
    readers: tuple[Reader, ...] = Field(min_length=1, max_length=MOST)

    def check(self, case: Guideline, now: datetime) -> None:
        refuse_to_tell(case, self.to, case.policy.calendar.day_of(now))
        if case.letters_to(self.to):
            raise Refused(f"to: the letters to {self.to.value} are written already")

    def apply(self, case: Guideline, now: datetime) -> str:
        readers = [one.addressee(self.to) for one in self.readers]
        words = f"{len(readers)} letters to {self.to.value} are written"
        case.log.record(EventKind.PUBLISHED, words, at=now, now=now, by=self.actor)
        dispatch.owe(case, readers, NoticeKind.CHANGE_NOTICE, now, _said(case, now))
        return words


def _said(case: Guideline, now: datetime) -> dict[Language, dict[str, JsonValue]]:
    """What each letter says, in its language. Days are ISO dates."""
    text, plan = case.draft.text, case.policy.plan
    facts: dict[str, JsonValue] = {
        "case": case.number,
        **plan.model_dump(include={"organisation", "address", "telephone", "fax", "tty"}),
        "plan": plan.name,
        "dated": case.policy.calendar.day_of(now).isoformat(),
        "begins": case.voted_for.isoformat() if case.voted_for else None,
        "services": list(text.services),
    }
    titles = {Language.ENGLISH: text.title, Language.SPANISH: text.title_es or text.title}
    return {language: {**facts, "title": titles[language]} for language in Language}
