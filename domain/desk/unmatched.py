"""What came in and belongs to no case yet: papers that nobody could place, and sheets that were begun."""

from pydantic import AwareDatetime

from domain.request.request import Prose, Sha256
from domain.terms.frozen import Frozen


class Unmatched(Frozen):
    """Papers in the order in which they came, and of a request what was keyed of it so far, as a sheet.

    Its receipt stays what it was, wherever it is found to belong.
    """

    id: str
    received_at: AwareDatetime
    kept_by: str  # an id of the staff file
    papers: tuple[Sha256, ...] = ()
    pages: int = 0
    sheet: str = ""
    note: Prose | None = None
    case: str | None = None  # once it belongs to one
