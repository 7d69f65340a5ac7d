"""What people do with an appeal: take its papers, find its cause good, dismiss it, follow a reviewer."""

from datetime import datetime

from domain.appeal import endings, standing
from domain.appeal.appeal import Appeal
from domain.appeal.deciding import refuse_if_over
from domain.appeal.state import ReviewOutcome
from domain.case.acts import Act
from domain.policy.appeals import UNTIMELY, DismissalGround
from domain.request.line import Line
from domain.request.lines import Lines, chosen, in_words, sequences
from domain.request.request import Prose
from domain.terms.refusals import Refused


class ReceiveForm(Act[Appeal]):
    """The form that shows who may appeal has come; the decision counts from it."""

    act_name = "take papers of an appeal"

    def check(self, case: Appeal, now: datetime) -> None:
        if case.form is None:
            raise Refused(f"{case.number} needs no form: the {case.appeal.by.value} may appeal without one")
        if not case.awaits_form:
            raise Refused(f"the {case.form.form.text} of {case.number} has come already")
        refuse_if_over(case)

    def apply(self, case: Appeal, now: datetime) -> str:
        standing.form_came(case, self.happened_at(now), now, self.actor)
        return "form received; the decision counts from it"


class StateCause(Act[Appeal]):
    """What whoever appeals says of why it is late."""

    act_name = "take papers of an appeal"
    words: Prose

    def check(self, case: Appeal, now: datetime) -> None:
        _refuse_unless_late(case)

    def apply(self, case: Appeal, now: datetime) -> str:
        standing.cause_stated(case, self.words, self.happened_at(now), now)
        return "noted why it is late; a person decides whether that is a good cause"


class AcceptCause(Act[Appeal]):
    """There was good cause for being late: the appeal is heard. Otherwise it is dismissed as untimely."""

    act_name = "decide good cause of an appeal"

    def check(self, case: Appeal, now: datetime) -> None:
        _refuse_unless_late(case)
        if not case.cause and not self.reason:
            raise Refused(
                "reason: nothing was said of why it is late; say what the good cause is", "42 CFR 422.582(c)"
            )

    def apply(self, case: Appeal, now: datetime) -> str:
        standing.cause_is_good(case, self.happened_at(now), now, self.actor)
        return "good cause accepted; the appeal is heard"


class DismissAppeal(Act[Appeal]):
    """Stop before deciding, on a ground of the closed list, with a notice."""

    act_name = "dismiss an appeal"
    ground: str

    def check(self, case: Appeal, now: datetime) -> None:
        refuse_if_over(case)
        row = self._row(case)
        if case.heard_from and not case.undecided:
            raise Refused(f"{case.number} has been decided; it is not dismissed any more", row.source)
        if row.id == UNTIMELY and not case.is_late:
            raise Refused(f"{case.number} came in time; it is not untimely", row.source)
        if row.id == "no_standing" and not case.awaits_form:
            raise Refused(f"{case.number} does not wait for a form", row.source)

    def _row(self, case: Appeal) -> DismissalGround:
        row = case.terms.ground_named(self.ground)
        if row is None:
            known = ", ".join(one.id for one in case.terms.dismissal)
            raise Refused(
                f"ground: an appeal is dismissed only on a listed ground: {known}", "42 CFR 422.582(f)"
            )
        return row

    def apply(self, case: Appeal, now: datetime) -> str:
        standing.dismiss(case, self._row(case), self.happened_at(now), now, self.actor)
        return f"dismissed: {self.ground.replace('_', ' ')}; the notice says what can be done about that"


class VacateDismissal(Act[Appeal]):
    """Undo a dismissal for good cause, within its time."""

    act_name = "vacate a dismissal"

    def check(self, case: Appeal, now: datetime) -> None:
        if not case.dismissed_as:
            raise Refused(f"{case.number} is not dismissed")
        if not case.lines:
            raise Refused(f"nothing in {case.number} can be appealed")
        if not self.reason:
            raise Refused("reason: a dismissal is undone for good cause; say which", "42 CFR 422.582(g)")

    def apply(self, case: Appeal, now: datetime) -> str:
        standing.vacate(case, self.happened_at(now), now, self.actor)
        return "the dismissal is undone; the appeal is heard"


class GoFurther(Act[Appeal]):
    """The member took it to the next level; its answer is awaited."""

    act_name = "record an independent review"

    def check(self, case: Appeal, now: datetime) -> None:
        if case.went_further or case.is_with_the_reviewer:
            raise Refused(f"{case.number} is with whoever reviews after the plan already")
        if not (case.is_adverse or any(clock.breached_at for clock in case.clocks.values())):
            raise Refused(f"{case.number} holds nothing that could be taken further")

    def apply(self, case: Appeal, now: datetime) -> str:
        endings.went_to_the_next_level(case, self.happened_at(now), now, self.actor)
        return "taken to the next level; its answer is awaited"


class RecordReview(Act[Appeal]):
    """The answer of whoever reviews after the plan. It is followed: what is overturned is authorized at once."""

    act_name = "record an independent review"
    outcome: ReviewOutcome
    lines: tuple[int, ...] = ()

    def check(self, case: Appeal, now: datetime) -> None:
        if case.dismissed_as:
            return
        waiting = {line.sequence for line in self._waiting(case)}
        if not waiting:
            raise Refused(f"nothing of {case.number} waits for the answer of a reviewer")
        if strange := set(self.lines) - waiting:
            raise Refused(f"lines: no answer is awaited for line {min(strange)}")

    @staticmethod
    def _waiting(case: Appeal) -> list[Line]:
        after = [line for line in case.lines if line.sequence in case.forwarded or line.is_adverse]
        return [line for line in after if line.sequence not in case.reviewed]

    def apply(self, case: Appeal, now: datetime) -> str:
        at = self.happened_at(now)
        if case.dismissed_as:
            return self._about_the_dismissal(case, at, now)
        waiting = self._waiting(case)
        named = [line for line in waiting if line.sequence in self.lines] if self.lines else waiting
        overturned = named if self.outcome is ReviewOutcome.OVERTURNED else []
        upheld = named if self.outcome is ReviewOutcome.UPHELD else []
        endings.review_answered(case, overturned, upheld, at, now, self.actor)
        return f"the reviewer's answer is recorded: {self.outcome.value}"

    def _about_the_dismissal(self, case: Appeal, at: datetime, now: datetime) -> str:
        if self.outcome is ReviewOutcome.OVERTURNED:
            standing.vacate(case, at, now, self.actor)
            return "the reviewer undid the dismissal; the appeal is heard"
        standing.dismissal_stands(case, at, now, self.actor)
        return "the reviewer let the dismissal stand"


class GiveEffect(Act[Appeal]):
    """What was reversed and is not authorized by itself has its effect: it was paid, or provided."""

    act_name = "record an independent review"
    answers_the_clock = True
    line: Lines

    def check(self, case: Appeal, now: datetime) -> None:
        for line in chosen(case.number, case.lines, self.line):
            if not case.is_improved(line):
                raise Refused(f"line: nothing was reversed for line {line.sequence}")
            if line.authorization:
                raise Refused(f"line {line.sequence} is authorized as {line.authorization.number}")

    def apply(self, case: Appeal, now: datetime) -> str:
        lines = chosen(case.number, case.lines, self.line)
        for line in lines:
            endings.effectuated(
                case, line, f"line {line.sequence} paid", self.happened_at(now), now, self.actor
            )
        numbers = sequences(lines)
        return f"{in_words(numbers)} {'has its' if len(numbers) == 1 else 'have their'} effect"


def _refuse_unless_late(case: Appeal) -> None:
    refuse_if_over(case)
    if not case.is_late:
        raise Refused(f"{case.number} came in time; no good cause is needed")
    if case.cause_accepted:
        raise Refused(f"the good cause of {case.number} is accepted already")
