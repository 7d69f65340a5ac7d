"""What the policy says, asked without a case: `plazo required` and `plazo policy show | check`.

Each function prints its answer and returns the exit code. They need no server.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError
from rich.padding import Padding
from rich.text import Text

from client.tables.requests import validity
from client.tables.section import source
from client.tables.sections import sections
from config import pack as packs
from config.console import ConsoleWords
from domain.clock.duty import Duty
from domain.clock.timeframe import Regime, Services, Timeframe
from domain.policy.lists import Sought, narrowest
from domain.policy.pack import Pack
from domain.policy.rows import Plan, ServiceRule, exempt
from domain.review.precertification import Precertification
from domain.terms.codes import ServiceCode
from domain.terms.refusals import Misuse
from domain.terms.sourced import Sourced, Trust

DONE, FAULTY = 0, 1


def required(sought: Sought, plan: str, pack: Pack, *, as_json: bool = False) -> int:
    """Say whether a service needs precertification, how soon we must answer, where to send it, and what to send.

    Raises Misuse for a malformed code or an unknown plan, or where the pack has no rows for the day of receipt.
    """
    line = pack.plan_named(plan)
    answer = _answer(sought, line, pack)
    if not answer["decision"]:
        raise Misuse(f"on: the pack has no timeframes for a receipt on {sought.on}.")
    print(json.dumps(answer, indent=2, ensure_ascii=False) if as_json else _in_words(answer, line.name))
    return DONE


def today_in(plan: str, pack: Pack) -> date:
    """The day in the plan's zone. Raises Misuse for an unknown plan."""
    return datetime.now(ZoneInfo(pack.plan_named(plan).zone)).date()


def show(pack: Pack, *, as_json: bool = False) -> int:
    """Print the pack: every row with its source, or all of it as JSON."""
    if as_json:
        print(pack.model_dump_json(indent=2))
        return DONE
    console = ConsoleWords()
    for section in sections(pack):
        console.print(Text(section.title, style="bold underline"), Text(section.about), "", sep="\n")
        for name, *cells in section.rows:
            console.print(Text(name, style="bold"))
            for column, cell in zip(section.columns[1:], cells, strict=True):
                console.print(
                    Padding(Text.assemble((f"{column}: ", "dim"), cell), (0, 0, 0, 4), expand=False),
                    soft_wrap=False,
                )
        console.print()
    console.print(f"Pack {pack.content_hash[:12]}")
    return DONE


def check(folder: Path, *, as_json: bool = False) -> int:
    """Print each fault of a pack as `file, row, field: rule`; 0 when there is none, else 1."""
    faults = packs.check(folder)
    letters = [] if faults else _unverified_letters(packs.load(folder))
    if as_json:
        print(json.dumps({"faults": faults, "unverified_letters": letters}, indent=2, ensure_ascii=False))
    else:
        print("\n".join(faults) or "The policy pack has no faults.")
    if letters and not as_json:
        print(f"The wording of these letters is unverified: {', '.join(letters)}.")
    return FAULTY if faults else DONE


def _unverified_letters(pack: Pack) -> list[str]:
    return [row.id for row in pack.letter if row.standing is Trust.UNVERIFIED]


def well_formed(code: str) -> str:
    """The code in capitals. Raises Misuse where it is none."""
    try:
        known: str = TypeAdapter(ServiceCode).validate_python(code)
    except ValidationError:
        raise Misuse("code: a CPT or HCPCS service code looks like 72148 or E0250.") from None
    return known


def _answer(sought: Sought, plan: Plan, pack: Pack) -> dict[str, Any]:
    """Everything that `required` tells, as JSON shows it.

    `required` is true for what is on the plan's list, false for what the pack says never needs it, and null for
    any other code: the lists name the usual services "among others", so a nurse answers.
    """
    regimes, code, day = set(plan.regimes), sought.code, sought.on
    listed, never = pack.services_of(plan), pack.never_required_in(plan)
    free = exempt(sought, listed, never)
    rule = None if free else narrowest(listed, sought)
    said: Sourced | None = rule or free
    table = next((table for table in pack.criteria_of(plan, day) if code in table.services), None)
    rows = pack.timeframes_of(plan, Precertification.kind)
    timed = [row for row in rows if _times(row, rule, day) and not (row.concurrent or row.clean_claim)]
    return {
        "code": code,
        "plan": plan.id,
        "received_on": day.isoformat(),
        "required": True if rule else False if free else None,
        "service": rule.title.en if rule else free.title.en if free else None,
        "source": source(said) if said else None,
        "decision": [
            _limit(row) for row in timed if not any(narrower.goes_before(row) for narrower in timed)
        ],
        "approval_lasts": validity(rule) if rule else None,
        "counted_in": (rule.measure or "units") if rule else None,
        "send_by_fax": plan.fax,
        "send": list(_to_send(pack, rule, regimes)),
        "criteria": table.title if table else None,
        "depends_on": sorted(_undecided_by(sought, listed)),
        "never_required": [row.title.en for row in never],
    }


def _undecided_by(sought: Sought, listed: Iterable[ServiceRule]) -> set[str]:
    """What would have to be said too, where rows name this code that do not fit yet."""
    rows = [row for row in listed if sought.code in row.codes and not row.fits(sought)]
    keys = {
        "product": "products",
        "ipa": "ipas",
        "specialty": "specialties",
        "visit": "visits",
        "place": "places",
    }
    return {
        key for key, field in keys.items() for row in rows if getattr(row, field) and not getattr(sought, key)
    }


def _to_send(pack: Pack, rule: ServiceRule | None, regimes: set[Regime]) -> Iterator[str]:
    """What a request for this service must hold, as `plazo precert check` asks for it."""
    writing_follows = any(row.regime in regimes and not row.starts_the_clock for row in pack.oral_request)
    for row in pack.requirements_of(Precertification.kind):
        if not row.is_asked_for(rule) or (row.applies_to == "telephone" and not writing_follows):
            continue
        yield f"{row.title.en} (after a call)" if row.applies_to == "telephone" else row.title.en


def _times(row: Timeframe, rule: ServiceRule | None, day: date) -> bool:
    kind = (
        Services.UNLISTED if rule is None else Services.PART_B_DRUG if rule.part_b_drug else Services.LISTED
    )
    return row.times is Duty.DECISION and row.services in {Services.ANY, kind} and row.is_in_force(day)


def _limit(row: Timeframe) -> dict[str, str]:
    return {
        "timeframe": row.id,
        "regime": row.regime.value,
        "urgency": row.urgency.value if row.urgency else "any",
        "limit": str(row.span),
        "source": row.source,
        "standing": row.standing.value,
    }


def _in_words(answer: dict[str, Any], plan: str) -> str:
    code, accreditation = answer["code"], Regime.NCQA.value
    lines = {
        True: [f"Yes. {code} ({answer['service']}) needs precertification in {plan}."],
        False: [f"No. {code} needs no precertification in {plan}: {answer['service']}."],
        None: [f"{code} is on no list of {plan}. Ask with `plazo precert submit`: a nurse answers."],
    }[answer["required"]]
    limits = [
        f"{row['limit']} ({row['urgency']})" for row in answer["decision"] if row["regime"] != accreditation
    ]
    beside = [
        f"{row['limit']} ({row['urgency']})" for row in answer["decision"] if row["regime"] == accreditation
    ]
    lines.append(f"A request received on {answer['received_on']} is decided within {', '.join(limits)}.")
    if beside:
        lines.append(f"Accreditation asks for {', '.join(beside)}.")
    if answer["approval_lasts"]:
        lasts = answer["approval_lasts"].removeprefix("for ")
        lines.append(f"An approval lasts {lasts}, and counts {answer['counted_in']}.")
    if answer["depends_on"]:
        lines.append(f"It depends on the {', '.join(answer['depends_on'])}: say that too.")
    lines.append(f"Send by fax to {answer['send_by_fax']}: {'; '.join(answer['send'])}.")
    if answer["required"]:
        lines.append(f"Criteria: {answer['criteria'] or 'none in the pack, a person reviews it'}.")
    lines.append(f"Never needed for: {'; '.join(answer['never_required'])}.")
    if answer["source"]:
        lines.append(f"Source: {answer['source']}.")
    return "\n".join(lines)
