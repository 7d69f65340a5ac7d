"""The words of an answer in Spanish: given with the decision, or put into Spanish afterwards, inside the clock.

Until then the answer is taken and nobody has been told: no letter leaves and no call is owed, and the duty to
notify runs on. With the translation everything leaves together.
"""

from datetime import datetime

from domain.case.acts import Act
from domain.case.case import Case
from domain.parts.events import EventKind
from domain.request.line import Line
from domain.request.request import Prose
from domain.review import announcing
from domain.review.announcing import to_translate
from domain.review.reviewed import ReviewedCase
from domain.terms.people import Language, Words
from domain.terms.refusals import Refused

SOURCE = "CMS-10003 instructions; 24 LPRA 3055"


def check_words(words: Words | None, case: Case, *, translate: bool) -> None:
    """A reader of Spanish gets the decider's own words in Spanish: now, or from whoever translates them."""
    if translate and words is None:
        raise Refused(
            "translate: the words of the pack stand in Spanish; it is for words of your own (--words)"
        )
    if words and words.es is None and Language.SPANISH in case.languages and not translate:
        raise Refused(
            "words: somebody here reads Spanish; give the words of the letter in Spanish too (--words-es), or "
            "have them translated (--translate)",
            SOURCE,
        )


class Translate(Act[ReviewedCase]):
    """Put the words of an answer into Spanish; what waited for them is told."""

    line: int | None = None
    words: Prose

    def check(self, case: ReviewedCase, now: datetime) -> None:
        self.line_of(case)

    def line_of(self, case: ReviewedCase) -> Line:
        """The line that is meant; without a number, the only one that waits."""
        open_work = {work.what for work in case.work.open}
        waiting = [line for line in case.lines if to_translate(line) in open_work]
        if not waiting:
            raise Refused(f"no answer of {case.number} waits for its words in Spanish")
        if self.line is None and len(waiting) > 1:
            raise Refused(f"line: {len(waiting)} lines of {case.number} wait; name one with --line")
        line = next((one for one in waiting if self.line in {None, one.sequence}), None)
        if line is None:
            raise Refused(f"line: line {self.line} of {case.number} waits for no translation")
        return line

    def apply(self, case: ReviewedCase, now: datetime) -> str:
        line = self.line_of(case)
        announcing.translated(line, self.words)
        case.work.finish([work for work in case.work.open if work.what == to_translate(line)], now)
        words = f"line {line.sequence}: the words of the answer in Spanish"
        case.log.record(EventKind.TRANSLATED, words, at=self.happened_at(now), now=now, by=self.actor)
        if case.withdrawn:  # what was decided before is still told
            announcing.announce_what_is_decided(case, now)
        announcing.announce_translated(case, line, now)
        return f"line {line.sequence} has its words in Spanish"
