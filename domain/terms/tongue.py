"""The language that a case file is told in: English whole, another by a table of phrases, keyed by the English.

What staff wrote, and sentences that the domain composes in English, are in no table: a file in another language
goes without them. A name, a code or a phrase that no table has stands as it is.
"""

from datetime import date, datetime

from domain.terms.calendar import MONTHS, Calendar
from domain.terms.frozen import Frozen
from domain.terms.people import Language, Words


class Tongue(Frozen):
    """One case's calendar, and the phrases of a language; none for English."""

    calendar: Calendar
    phrases: dict[str, str] = {}

    @property
    def is_english(self) -> bool:
        return not self.phrases

    def say(self, english: str, **parts: str) -> str:
        """A phrase with its parts put in."""
        said = self.phrases.get(english, english)
        return said.format(**parts) if parts else said

    def one_of(self, words: Words) -> str:
        return words.in_language(Language.ENGLISH if self.is_english else Language.SPANISH)

    def show(self, instant: datetime) -> str:
        return self._in_words(self.calendar.show(instant))

    def show_due(self, instant: datetime) -> str:
        return self._in_words(self.calendar.show_due(instant))

    def _in_words(self, shown: str) -> str:
        return " ".join(self.say(word) for word in shown.split())

    def day(self, day: date) -> str:
        return (
            day.isoformat() if self.is_english else f"{day.day} {self.say(MONTHS[day.month - 1])} {day.year}"
        )
