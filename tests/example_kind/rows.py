"""The rows of a listing, one on each floor: what the whole house knows of this kind."""

from domain.terms.kind import Kind
from domain.view.found_by import of_matter
from domain.view.kinds import CaseKind, none_listed
from tests.example_kind.listing import Listing
from tests.example_kind.story import ListingOpening, ListingWorkflow
from workflows.kinds import matter

KIND = Kind(name="listing", prefix="LST", takes=())

CASE = CaseKind(Listing, none_listed, of_matter)

RUNNING = matter(ListingOpening, ListingWorkflow)
