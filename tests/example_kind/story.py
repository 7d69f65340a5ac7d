"""A listing: from its receipt to the letter that answers it.

1. *Received*: the number is claimed, the policy taken along by value.
2. *Checked* by a person, who says what was found; what is late is told to more and more people, and stays owed.
3. *Answered* in writing; then it is over.
"""

from temporalio import workflow

from activities.opening import MatterOpening
from tests.example_kind.listing import CheckEntry, Listing, Report, ReportAgain
from workflows.acts.hearing import hears
from workflows.matter import MatterStory
from workflows.running.lasting import to_its_end


class ListingOpening(MatterOpening):
    """What the provider said, under the number of its listing."""

    matter = Listing
    received_again = ReportAgain

    report: Report


@workflow.defn(name="Listing")
class ListingWorkflow(MatterStory[Listing]):
    @workflow.init
    def __init__(self, opening: ListingOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: ListingOpening) -> str:
        return await self.story(opening)

    check_entry = hears("check_entry", CheckEntry, "Say whether the entry was wrong")
    report_again = hears("report_again", ReportAgain, "The same was reported again")
