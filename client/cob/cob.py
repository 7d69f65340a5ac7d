"""Coordination of benefits: `plazo cob order | explain | schema`."""

import json
from collections.abc import Iterator

from client.tables.section import source
from client.terminal.options import Common, OrStandardInput
from client.terminal.reading import build, read_json
from config.pack import load
from domain.payers.family import Family
from domain.payers.order import Order, Step, order_of
from domain.payers.payment import Share, missing_papers, shares
from domain.payers.rows import PayerPolicy


async def order(file: OrStandardInput, /, *, common: Common = Common()) -> int:
    """Say who pays first, by which clause, and what is paid second; a missing fact is named, and never guessed.

    For example:
        plazo cob order examples/cob/b-nancy.json

    Parameters
    ----------
    file
        The coverages of one patient on a day, as JSON; `-` for standard input.
    """
    return _tell(file, common, in_full=False)


async def explain(file: OrStandardInput, /, *, common: Common = Common()) -> int:
    """Explain the order of payers: each clause with its source, what was asked before, and the months of Medicare.

    For example:
        plazo cob explain examples/cob/dialysis.json

    Parameters
    ----------
    file
        The coverages of one patient on a day, as JSON; `-` for standard input.
    """
    return _tell(file, common, in_full=True)


async def schema() -> int:
    """Print the JSON Schema of the coverages of a patient.

    For example:
        plazo cob schema > family.schema.json
    """
    print(json.dumps(Family.model_json_schema(), indent=2))
    return 0


def _tell(file: str, common: Common, *, in_full: bool) -> int:
    family = build(Family, read_json(file))
    policy = load(common.settings.policy).payer_rows.on(family.on)
    told = order_of(family, policy)
    paid = shares(told, family)
    if common.json:
        print(json.dumps(_as_json(told, paid, family, policy, in_full=in_full), indent=2, ensure_ascii=False))
        return 0
    lines = [*who_pays(told, policy, in_full=in_full), *_paid(paid, family, policy)]
    print("\n".join(lines))
    return 0


def who_pays(told: Order, policy: PayerPolicy, *, in_full: bool) -> Iterator[str]:
    """The order in words, and why; in full with where each clause stands."""
    if told.payers or told.is_known:
        alone = " alone" if len(told.payers) == 1 and told.is_known else ""
        yield f"{', then '.join(told.payers) or 'nobody'}{alone}"
    for step in told.steps:
        yield f"  {step.first} before {step.then}: {policy.named(step.clause).says.en} ({step.clause})"
        if in_full:
            yield from (f"    {line}" for line in _in_full(step, policy))
    for one in told.aside:
        begins = f", from {one.begins}" if one.begins else ""
        yield f"  {one.coverage} pays nothing{begins}: {policy.named(one.clause).says.en} ({one.clause})"
    if in_full and told.medicare_from:
        months = f"a plan pays before it through {told.plan_first_through}, if it does"
        through = f" through {told.medicare_through}" if told.medicare_through else ""
        yield f"  Medicare for kidney failure from {told.medicare_from}{through}; {months}."
    if not told.is_known:
        then = "then unknown" if told.payers else "Unknown"
        yield f"{then}: the order of {', '.join(told.undecided)}."
        missing = ", ".join(told.missing)
        yield f"  Missing: {missing}." if missing else "  No clause decides between them: a person does."


def _in_full(step: Step, policy: PayerPolicy) -> Iterator[str]:
    yield source(policy.named(step.clause))
    if silent := policy.silent_before(step.clause):
        yield f"asked before, and silent: {', '.join(silent)}"
    for row in policy.statement:
        if step.clause in row.of:
            yield f'the page says otherwise: "{row.says.en}" Law: {row.law_says.en}'


def _paid(paid: tuple[Share, ...], family: Family, policy: PayerPolicy) -> Iterator[str]:
    if family.claim is None:
        return
    yield f"Of the claim {family.claim.left} is left to the patient; nobody pays more than that."
    for one in paid:
        pays = (
            f"pays {one.pays}"
            if one.pays is not None
            else f"pays at most {one.at_most}, within its own limits"
        )
        yield f"  {one.payer} {pays}"
    titles = {row.id: row.title.en for row in policy.paper}
    if missing := missing_papers(family.claim, policy):
        yield f"  Not before these are there: {'; '.join(titles[paper] for paper in missing)}."


def _as_json(
    told: Order, paid: tuple[Share, ...], family: Family, policy: PayerPolicy, *, in_full: bool
) -> dict[str, object]:
    cited = {step.clause for step in told.steps} | {one.clause for one in told.aside}
    said: dict[str, object] = told.model_dump(mode="json") | {
        "left": str(family.claim.left) if family.claim else None,
        "paid_after_the_first": [share.model_dump(mode="json") for share in paid],
        "missing_papers": missing_papers(family.claim, policy) if family.claim else (),
    }
    if in_full:
        said["clauses"] = [row.model_dump(mode="json") for row in policy.clause if row.id in cited]
        said["page_statements"] = [
            row.model_dump(mode="json") for row in policy.statement if cited & set(row.of)
        ]
    return said
