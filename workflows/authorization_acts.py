"""What people may do with an authorization, and what it hears from the cases beside it.

The rules of each act stand with it in `domain/authorization/acts.py` and `domain/authorization/linking.py`.
"""

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from domain.authorization import acts, linking
from domain.authorization.authorization import LiveAuthorization
from domain.case.acts import Said
from domain.terms.refusals import Refused
from workflows.casework import Casework


class AuthorizationActs(Casework[LiveAuthorization]):
    """Uses, ends, and what other cases say."""

    @workflow.update(description="The case that issued it says how it stands")
    async def tell_authorization(self, act: linking.TellAuthorization) -> Said:
        await workflow.wait_condition(lambda: self.case is not None)  # it may begin with this very word
        return self.hear(act)

    @tell_authorization.validator
    def may_tell_authorization(self, act: linking.TellAuthorization) -> None:
        if self.case:
            self.refuse_unless_allowed(act)

    @workflow.update(description="Another goes on where it ends")
    def go_on(self, act: linking.GoOn) -> Said:
        return self.hear(act)

    @go_on.validator
    def may_go_on(self, act: linking.GoOn) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Another takes its place")
    def give_way(self, act: linking.GiveWay) -> Said:
        return self.hear(act)

    @give_way.validator
    def may_give_way(self, act: linking.GiveWay) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Units were used")
    def use_units(self, act: acts.UseUnits) -> Said:
        return self.hear(act)

    @use_units.validator
    def may_use_units(self, act: acts.UseUnits) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="What it lasts for is over")
    def circumstance_came(self, act: acts.CircumstanceCame) -> Said:
        return self.hear(act)

    @circumstance_came.validator
    def may_circumstance_came(self, act: acts.CircumstanceCame) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(
        description="Coverage has ended: the directory is asked, and ends it where it shows none"
    )
    async def end_by_coverage(self, act: acts.EndByCoverage) -> Said:
        said = self.hear(act)
        case = self.admitted
        day = case.coverage_day
        await workflow.wait_condition(lambda: case.coverage_day is None)
        if case.permit.ended_as is None:
            refused = Refused(f"coverage: the directory shows it on {day}; it stays good", acts.BINDING)
            raise ApplicationError(str(refused), type="Refused", non_retryable=True)
        return said.model_copy(update={"sentence": case.standing})

    @end_by_coverage.validator
    def may_end_by_coverage(self, act: acts.EndByCoverage) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Void it for cause")
    def void_authorization(self, act: acts.VoidAuthorization) -> Said:
        return self.hear(act)

    @void_authorization.validator
    def may_void_authorization(self, act: acts.VoidAuthorization) -> None:
        self.refuse_unless_allowed(act)

    @workflow.query(description="What was issued, what was used, what came before and after it")
    def authorization(self) -> LiveAuthorization | None:
        return self.case
