"""What must hold between the library of reasons and the rows that it words."""

from collections.abc import Iterator

from config.checks.faults import Fault
from domain.policy.pack import Pack


def the_library_words_what_there_is(pack: Pack) -> Iterator[Fault]:
    """A reason of the closed list, services that are listed, a clause that they are reviewed under."""
    reasons = {row.id for row in pack.reason}
    listed = {code for row in pack.service for code in row.codes}
    clauses = {
        (code, clause.id) for table in pack.criteria for code in table.services for clause in table.criterion
    }
    for row in pack.library_reason:
        if row.reason not in reasons:
            yield Fault("library_reason", row.id, "reason", "no reason has this id")
        if row.id in reasons:
            yield Fault("library_reason", row.id, "id", "a reason of the closed list has this id")
        for code in row.services:
            if code not in listed:
                yield Fault("library_reason", row.id, "services", f"{code} is on no list of services")
            elif row.criterion and (code, row.criterion) not in clauses:
                yield Fault(
                    "library_reason", row.id, "criterion", f"{code} is not reviewed under this clause"
                )
