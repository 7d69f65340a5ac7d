"""A listing: from its receipt to the letter that answers it.

1. *Received*: the number is claimed, the policy taken along by value.
2. *Checked* by a person, who says what was found; what is late is told to more and more people, and stays owed.
3. *Answered* in writing; then it is over.
"""

from temporalio import workflow

from activities.admission import Application
from domain.terms.frozen import Frozen
from domain.terms.text import folded
from tests.example_kind.listing import CheckEntry, Listing, Report
from workflows.acts.desk import DeskActs
from workflows.acts.hearing import hears
from workflows.running.casework import TAKEN, now
from workflows.running.lasting import to_its_end
from workflows.running.questions import Questions


class ListingOpening(Frozen):
    """A listing's number, and what the provider said."""

    number: str
    report: Report
    left_in: str | None = None  # the run of this case that was ended from outside: it goes on


@workflow.defn(name="Listing")
class ListingWorkflow(Questions[Listing], DeskActs[Listing]):
    @workflow.init
    def __init__(self, opening: ListingOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: ListingOpening) -> str:
        case = await self.begin(opening)
        if case is None:
            return TAKEN
        async with self.kept():
            while not case.is_closed:
                await self.something_new(len(case.log.events))
        return str(case.closed_as)

    async def begin(self, opening: ListingOpening) -> Listing | None:
        """A listing that came in, or one that goes on; None where the number is an older case's."""
        if opening.left_in:
            return await self.resumed_case(Listing, opening.left_in)
        admitted = await self.admit(application_of(opening.number, opening.report))
        if admitted is None:
            return None
        case = Listing.received(self.number, admitted.member, admitted.policy, opening.report, now=now())
        return self.take_in(case, admitted)

    check_entry = hears("check_entry", CheckEntry, "Say whether the entry was wrong")


def application_of(number: str, report: Report) -> Application:
    """The listing as admission has to know it; it is a provider's, and no member's."""
    return Application(
        number=number,
        kind=Listing.kind,
        plan=report.plan,
        received_at=report.received_at,
        member=report.provider.npi,
        fingerprint=f"{report.provider.npi}|{folded(report.says)}",
        reference=None,
    )
