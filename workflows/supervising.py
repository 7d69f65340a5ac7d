"""What a supervisor may do with a case of any kind: toll, hold, cover an absence, correct a policy row or a day.

The rules stand in `domain/desk`: `tolls.py`, `holds.py`, `absence_acts.py` and `row_correction.py`.
"""

from temporalio import workflow

from domain.case.acts import Said
from domain.desk import absence_acts as covering
from domain.desk import holds as holding
from domain.desk import row_correction as correcting
from domain.desk import tolls as tolling
from workflows.casework import C, Casework


class SupervisorActs(Casework[C]):
    """Acts on cases, mostly on many at once; each case records its own."""

    @workflow.update(description="Hold windows open under an instrument")
    def toll(self, act: tolling.Toll) -> Said:
        return self.hear(act)

    @toll.validator
    def may_toll(self, act: tolling.Toll) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Let go of what an instrument held open")
    def undo_toll(self, act: tolling.UndoToll) -> Said:
        return self.hear(act)

    @undo_toll.validator
    def may_undo_toll(self, act: tolling.UndoToll) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Nothing leaves the house; the clock runs")
    def put_on_hold(self, act: holding.PutOnHold) -> Said:
        return self.hear(act)

    @put_on_hold.validator
    def may_put_on_hold(self, act: holding.PutOnHold) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="What waited may leave")
    def lift_hold(self, act: holding.LiftHold) -> Said:
        return self.hear(act)

    @lift_hold.validator
    def may_lift_hold(self, act: holding.LiftHold) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Somebody is away: pass on their work")
    def absent(self, act: covering.Absent) -> Said:
        return self.hear(act)

    @absent.validator
    def may_note_absence(self, act: covering.Absent) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Somebody is back")
    def returned(self, act: covering.Returned) -> Said:
        return self.hear(act)

    @returned.validator
    def may_note_return(self, act: covering.Returned) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="A policy row was wrong")
    def correct_row(self, act: correcting.CorrectRow) -> Said:
        return self.hear(act)

    @correct_row.validator
    def may_correct_row(self, act: correcting.CorrectRow) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="A calendar day was wrong")
    def correct_day(self, act: correcting.CorrectDay) -> Said:
        return self.hear(act)

    @correct_day.validator
    def may_correct_day(self, act: correcting.CorrectDay) -> None:
        self.refuse_unless_allowed(act)
