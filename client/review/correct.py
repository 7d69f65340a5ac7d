"""Correcting what was keyed wrong, by what is wrong: `plazo correct received | member | code | ...`."""

from typing import Annotated, Any

from cyclopts import Parameter

from client.reach.acting import do, when
from client.terminal.options import CaseNumber, Dated, OrStandardInput
from client.terminal.reading import build, read_json, read_text
from config.pack import load
from domain.correction import change_plan
from domain.correction.correcting import CorrectPart, Part
from domain.determination import clock_acts
from domain.request.request import Request

Because = Annotated[str, Parameter(name=("--because", "--reason"))]


async def received(case: CaseNumber, at: str, /, *, because: Because, acting: Dated = Dated()) -> int:
    """Correct when a request reached us: due dates and breaches are computed again, and both entries stay.

    For example:
        plazo correct received 1 "2026-03-02 18:41" --because "fax log" --as sup-diaz

    Parameters
    ----------
    case
        The case number, or its row in the last list.
    at
        When it really reached us, in the plan's zone.
    because
        Why; a correction always says so.
    """
    received_at = await when(case, at, acting.settings, "at")
    return await do(case, acting, clock_acts.CorrectReceipt, received_at=received_at, reason=because)


async def request(
    case: CaseNumber, file: OrStandardInput = "-", /, *, because: Because, acting: Dated = Dated()
) -> int:
    """Correct a request as a whole: what it should have said.

    For example:
        plazo correct request 1 request.json --because "another member's fax"

    Parameters
    ----------
    case
        The case number, or its row in the last list.
    file
        The request as it should have read, as JSON; `-` for standard input.
    because
        Why; a correction always says so.
    """
    right = build(Request, read_json(file))
    return await do(case, acting, clock_acts.CorrectRequest, request=right, reason=because)


async def plan(case: CaseNumber, right: str, /, *, because: Because, acting: Dated = Dated()) -> int:
    """Correct the line of business; the receipt stays.

    For example:
        plazo correct plan 1 mcs-life --because "the card shows it" --as sup-diaz

    Parameters
    ----------
    case
        The case number, or its row in the last list.
    right
        The line of business that it should have been keyed for.
    because
        Why; a correction always says so.
    """
    load(acting.settings.policy).plan_named(right)
    return await do(case, acting, change_plan.CorrectPlan, plan=right, reason=because)


async def member(
    case: CaseNumber, /, *, sheet: OrStandardInput = "-", because: Because, acting: Dated = Dated()
) -> int:
    """Correct fields of the member: name, contract_number, birth_date, language, telephone, address.

    For example:
        echo '{"telephone": null}' | plazo correct member 1 --because "a slip"

    Parameters
    ----------
    case
        The case number, or its row in the last list.
    sheet
        A JSON object with the fields that were wrong, as they should read; `-` for standard input.
    because
        Why, without personal data.
    """
    return await _part(case, acting, because, part=Part.MEMBER, fields=read_json(sheet))


async def provider(
    case: CaseNumber,
    /,
    *,
    servicing: Annotated[bool, Parameter(negative="")] = False,
    sheet: OrStandardInput = "-",
    because: Because,
    acting: Dated = Dated(),
) -> int:
    """Correct fields of a provider: name, npi, role, language, telephone, fax, address.

    For example:
        echo '{"npi": "1000000020"}' | plazo correct provider 1 --because "a slip"

    Parameters
    ----------
    case
        The case number, or its row in the last list.
    servicing
        The one who gives the service, and not the one who asks.
    sheet
        A JSON object with the fields that were wrong, as they should read; `-` for standard input.
    because
        Why, without personal data.
    """
    part = Part.SERVICING_PROVIDER if servicing else Part.REQUESTING_PROVIDER
    return await _part(case, acting, because, part=part, fields=read_json(sheet))


async def code(
    case: CaseNumber,
    /,
    *,
    line: int | None = None,
    service: str | None = None,
    units: int | None = None,
    diagnosis: OrStandardInput | None = None,
    because: Because,
    acting: Dated = Dated(),
) -> int:
    """Correct the code or the units of a line, or add a diagnosis to those that it has.

    For example:
        plazo correct code 1 --line 1 --service 72149 --because "a slip"

    Parameters
    ----------
    case
        The case number, or its row in the last list.
    line
        The line; may be left out where there is only one.
    service
        The code that was asked for.
    units
        How many were asked for.
    diagnosis
        A diagnosis that was left out; `-` for standard input.
    because
        Why, without personal data.
    """
    if diagnosis == "-":
        diagnosis = read_text("-").strip()
    asked = {"service": service, "units": units}
    fields = {name: value for name, value in asked.items() if value is not None}
    return await _part(case, acting, because, part=Part.LINE, fields=fields, line=line, diagnosis=diagnosis)


async def _part(case: str, acting: Dated, because: str, **said: Any) -> int:
    return await do(case, acting, CorrectPart, reason=because, **said)
