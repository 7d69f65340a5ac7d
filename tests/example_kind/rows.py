"""The rows of a listing, one on each floor: what the whole house knows of this kind."""

from domain.terms.kind import Kind
from domain.view.kinds import CaseKind
from tests.example_kind.listing import Listing
from tests.example_kind.story import ListingOpening, ListingWorkflow, application_of
from workflows.kinds import RunningKind

KIND = Kind(name="listing", prefix="LST", takes=())

CASE = CaseKind(Listing, lambda case: ())

RUNNING = RunningKind(
    Listing,
    ListingWorkflow,
    lambda case, run: ListingOpening(number=case.number, report=case.report, left_in=run),
    lambda case: application_of(case.number, case.report),
)
