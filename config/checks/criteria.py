"""What must hold of services and of the criteria by which requests for them are decided."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pydantic import TypeAdapter, ValidationError

from config.checks.faults import Fault
from domain.policy.pack import Pack
from domain.request.criteria import Rank
from domain.terms.codes import ServiceCode

# What a case knows how to look for in a request; anything else would pass without being looked at.
REQUIREMENTS = {
    "patient_name",
    "contract_number",
    "medical_order",
    "clinical_justification",
    "diagnosis",
    "previous_studies",
    "referral",
    "written_request",
}


def codes_are_well_formed(pack: Pack) -> Iterator[Fault]:
    code = TypeAdapter(ServiceCode)
    kept = [("service", row.id, "codes", row.codes) for row in pack.service]
    kept += [("never_required", row.id, "codes", row.codes) for row in pack.never_required]
    kept += [("criteria", table.id, "services", table.services) for table in pack.criteria]
    for table, name, field, codes in kept:
        for number, value in enumerate(codes):
            try:
                known = code.validate_python(value)
            except ValidationError:
                known = ""
            if known != value:
                yield Fault(table, name, f"{field}.{number}", "this is no CPT or HCPCS code in capitals")


def requirements_can_be_looked_for(pack: Pack) -> Iterator[Fault]:
    for row in pack.requirement:
        if row.asked_of != ("dispute",) and row.id not in REQUIREMENTS:
            yield Fault("requirement", row.id, "id", f"a case looks for {', '.join(sorted(REQUIREMENTS))}")
        if row.applies_to not in {"any", "imaging", "telephone"}:
            yield Fault("requirement", row.id, "applies_to", "this is any, imaging or telephone")


def criteria_can_be_answered(pack: Pack) -> Iterator[Fault]:
    papers = {kind.id for kind in pack.document_kind}
    ranks = list(Rank)
    for table in pack.criteria:
        if not table.criterion:
            yield Fault("criteria", table.id, "criterion", "a table without clauses approves nothing")
        groups = Counter(clause.group for clause in table.criterion if clause.group)
        names = Counter(clause.id for clause in table.criterion)
        for clause in table.criterion:
            if clause.shown_by not in papers:
                yield Fault("criteria", clause.id, "shown_by", "no document_kind has this id")
            if clause.group and groups[clause.group] == 1:
                yield Fault("criteria", clause.id, "group", "a group holds two alternatives or more")
            if names[clause.id] > 1:
                yield Fault("criteria", clause.id, "id", "another clause has this id")
        for one, after in pairwise(table.criterion):
            if ranks.index(after.rank) < ranks.index(one.rank):
                yield Fault("criteria", after.id, "rank", "federal clauses come first, internal ones last")


def criteria_belong_to_a_listed_service(pack: Pack) -> Iterator[Fault]:
    listed = {code for row in pack.service for code in row.codes}
    for table in pack.criteria:
        for code in table.services:
            if code not in listed:
                yield Fault("criteria", table.id, "services", f"{code} is on no list of services")
