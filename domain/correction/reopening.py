"""An answer that was told is corrected: in the member's favour always, against the member hardly ever.

In the member's favour anybody with the authority may correct, unless an appeal is open: then the appeal decides.
Against the member an approval binds. It is reopened for clerical error or good cause alone, by a medical director,
on a ground of the pack's closed list, and never for medical necessity (42 CFR 422.138(c)).
"""

from datetime import datetime
from typing import Literal

from domain.case.acts import Act
from domain.case.authority import require
from domain.correction.second_thoughts import decided_line, letters_about
from domain.determination.decisions import Approve, Deny, Modify, Reduce
from domain.parts.events import EventKind
from domain.policy.rows import ReopeningGround
from domain.request.determination import Determination, Ending, Outcome, ReasonClass
from domain.request.line import Line
from domain.review import announcing, answering
from domain.review.announcing import DETERMINED
from domain.review.assessed import AssessedCase
from domain.review.citation import Citing
from domain.review.notified import APPEAL
from domain.terms.case_number import kind_of
from domain.terms.codes import ServiceCode
from domain.terms.people import Words
from domain.terms.refusals import Refused

SOURCE = "42 CFR 422.138(c) and 422.616"
AS_SAID = ("actor", "at", "reason_id", "words", "translate", *Citing.model_fields)
WORTH = {Outcome.DENIED: 0, Outcome.MODIFIED: 1, Outcome.PARTIAL: 1, Outcome.APPROVED: 2}


class CorrectAnswer(Citing, Act[AssessedCase]):
    """Another answer in the place of one that was told, with its letter, its authorization and its time to appeal.

    `open_appeals` and `ended_appeals` are what the desk knows of appeals of this case, which may have closed before
    they came.
    """

    verb: Literal["correct"] = "correct"
    line: int | None = None
    outcome: Outcome
    units: int | None = None  # of a partial answer
    service: ServiceCode | None = None  # of a modified answer
    ground: str | None = None  # against the member: a row of the pack's reopening grounds
    reason_id: str = ""
    words: Words | None = None
    translate: bool = (
        False  # the words are put into Spanish by somebody else; the first letter stands until then
    )
    open_appeals: tuple[str, ...] = ()
    ended_appeals: tuple[str, ...] = ()

    def check(self, case: AssessedCase, now: datetime) -> None:
        line = decided_line(case, self.line)
        if not self.reason:
            raise Refused("because: a correction says why", "plan policy")
        if not any(letter.sent_at for letter in letters_about(case, line)):
            raise Refused(f"no notice of line {line.sequence} has left; take it back (plazo reconsider)")
        if line.announced_at is None or any(
            letter in case.letters.unsent for letter in letters_about(case, line)
        ):
            raise Refused(
                f"the letter about line {line.sequence} is still on its way; try again when it has left"
            )
        self._refuse_while_appealed(case)
        standing = _standing(line)
        if WORTH[self.outcome] < WORTH[standing.outcome]:  # before anybody looks at its ground
            self._check_against(case, line)
        given = self._answer(case, line, now)
        if given.decided_at < standing.decided_at:
            raise Refused("at: a correction comes after the answer that it corrects")
        if (given.outcome, given.units, given.service) == (
            standing.outcome,
            standing.units,
            standing.service,
        ):
            raise Refused(f"line {line.sequence} is {standing.outcome.value} already")
        if is_in_favour(standing, given):
            self._check_authority(standing)
        else:
            self._check_against(case, line)

    def _refuse_while_appealed(self, case: AssessedCase) -> None:
        linked = {number for number in case.linked if kind_of(number) == "appeal"} - set(self.ended_appeals)
        if appeals := sorted(linked | set(self.open_appeals)):
            raise Refused(
                f"{' and '.join(appeals)} is open: the appeal decides (plazo appeal decide)", SOURCE
            )

    def _check_authority(self, standing: Determination) -> None:
        necessity = standing.reason and standing.reason.reason_class is ReasonClass.MEDICAL_NECESSITY
        require(
            self.actor,
            "correct an answer on medical necessity" if necessity else "correct an answer on another ground",
        )

    def _check_against(self, case: AssessedCase, line: Line) -> None:
        row = self._adverse(line).row(case)
        if row.reason_class is ReasonClass.MEDICAL_NECESSITY:
            raise Refused(
                f"line {line.sequence}: what was approved is not taken away for lack of medical necessity",
                "42 CFR 422.138(c)",
            )
        require(self.actor, "reopen against the member")
        ground = self._ground(case)
        if ground is None:
            known = ", ".join(ground.id for ground in case.policy.reopening_ground)
            raise Refused(f"ground: an answer is reopened against the member only for {known}", SOURCE)
        decided = case.policy.calendar.day_of(_standing(line).decided_at)
        ground.refuse_if_barred(case.policy.plan, line.asked.place_of_service, decided)

    def _ground(self, case: AssessedCase) -> ReopeningGround | None:
        return next((row for row in case.policy.reopening_ground if row.id == self.ground), None)

    def _answer(self, case: AssessedCase, line: Line, now: datetime) -> Determination:
        """The answer that is given now; refused where this person may not give it."""
        if self.outcome is Outcome.APPROVED:
            approve = Approve(actor=self.actor, at=self.at, because=self.reason)
            return approve.answer(line, now)
        adverse = self._adverse(line)
        adverse.check_on(case, line, now)
        return adverse.answer(case, line, now)

    def _adverse(self, line: Line) -> Deny | Reduce | Modify:
        said = {name: getattr(self, name) for name in AS_SAID}
        match self.outcome:
            case Outcome.PARTIAL if self.units is not None:
                return Reduce(**said, units=self.units)
            case Outcome.MODIFIED if self.service is not None:
                return Modify(**said, service=self.service)
            case Outcome.DENIED:
                return Deny(**said)
            case _:
                wanted = "units" if self.outcome is Outcome.PARTIAL else "service"
                raise Refused(f"{wanted}: an answer that is {self.outcome.value} names what is granted")

    def apply(self, case: AssessedCase, now: datetime) -> str:
        line = decided_line(case, self.line)
        before, given = _standing(line), self._answer(case, line, now)
        ground = self._ground(case)
        words = f"line {line.sequence} corrected: {before.outcome.value} -> {given.outcome.value}"
        why = f"{ground.words.en}: {self.reason}" if ground else self.reason
        case.log.record(
            EventKind.CORRECTED, f"{words}: {why}", at=self.happened_at(now), now=now, by=self.actor
        )
        answering.decide(case, line, given, f"{given.outcome.value}, in the place of {before.outcome.value}")
        if given.outcome is Outcome.DENIED:
            case.end_authorization(line, Ending.VOIDED, self.happened_at(now), now, self.actor)
        case.work.finish((work for work in case.work.open if work.what.endswith(DETERMINED)), now)
        announcing.announce_correction(case, line, now)
        if not case.is_adverse:
            _end_the_time_to_appeal(case, now)
        return words


def is_in_favour(before: Determination, after: Determination) -> bool:
    """Does the member get more by it? Of two partial answers, the one with more units."""
    if before.outcome is after.outcome is Outcome.PARTIAL:
        return after.units > before.units
    return WORTH[after.outcome] > WORTH[before.outcome]


def _standing(line: Line) -> Determination:
    if line.determination is None:  # pragma: no cover - only answered lines are corrected
        raise AssertionError("a line without an answer is not corrected")
    return line.determination


def _end_the_time_to_appeal(case: AssessedCase, now: datetime) -> None:
    window = case.clocks.get(APPEAL)
    if window and window.is_open:
        case.clocks.change(APPEAL, ended_at=now)
        words = "nothing is left to appeal: every line is approved as asked for"
        case.log.record(EventKind.WINDOW_ENDED, words, now=now, clock=APPEAL)
