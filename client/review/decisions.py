"""Reviewing a case: `plazo review | approve | refer | deny | reduce | modify | emergency`."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from cyclopts import Parameter

from client.reach.acting import do
from client.reach.cases import Cases
from client.reach.lines import Named, lines_of
from client.reach.look import look
from client.review.grounds import by_number
from client.terminal import render
from client.terminal.asking import is_there_somebody
from client.terminal.options import AskedBack, CaseNumber, Common, Dated, Deciding
from domain.determination import decisions as acts
from domain.review.citation import Citing


@Parameter(name="*")
@dataclass(frozen=True)
class Ground:
    """Why an answer is adverse, and what the letter says about it."""

    reason: Annotated[str, AskedBack] = ""
    """The reason, by its id (`plazo reasons CODE`); no adverse answer goes without one."""

    criterion: str | None = None
    """The criterion that is not met, by its id (`plazo review CASE` lists them); where there are none, in words."""

    criterion_es: str | None = None
    """Those words in Spanish, for a reader of Spanish."""

    criterion_source: str | None = None
    """Where a criterion in words comes from; the letter says so."""

    words: str | None = None
    """The words for the letter, if not those of the library or of the reason."""

    words_es: str | None = None
    """The same words in Spanish, for a reader of Spanish."""

    @property
    def fields(self) -> dict[str, Any]:
        words = {"en": self.words, "es": self.words_es} if self.words else None
        cited = {name: getattr(self, name) for name in Citing.model_fields}
        return {"reason_id": self.reason, "words": words, **cited}


@Parameter(name="*")
@dataclass(frozen=True)
class GroundNow(Ground):
    """The same, for an answer whose words may be put into Spanish by somebody else."""

    translate: Annotated[bool, Parameter(negative="")] = False
    """Have --words put into Spanish by somebody else (`plazo translate`); nobody is told before."""

    @property
    def fields(self) -> dict[str, Any]:
        return super().fields | {"translate": self.translate}


@Parameter(name="*")
@dataclass(frozen=True)
class FirstGround(GroundNow):
    """The same, for a first answer."""

    physician_offered: Annotated[bool, Parameter(negative="")] = False
    """A plan physician was offered to talk to: without that nobody refuses post-stabilization care."""

    @property
    def fields(self) -> dict[str, Any]:
        return super().fields | {"physician_offered": self.physician_offered}


async def _grounded(
    case: str, line: str | None, ground: FirstGround, acting: Deciding
) -> tuple[str | None, FirstGround]:
    """The line and the ground; where no reason was given and somebody is there, they choose by number."""
    if ground.reason or not is_there_somebody():
        return line, ground
    line, chosen = await by_number(case, line, acting)
    return line, replace(ground, **chosen)


async def review(case: CaseNumber, /, *, common: Common = Common()) -> int:
    """Walk the criteria of a case clause by clause: met, unmet or unknown, and the paper that shows it.

    For example:
        plazo review PRE-7K2M-9QXD-4HBT

    Parameters
    ----------
    case
        The case number.
    """
    return await look(case, common, Cases.review_sheet, render.review)


async def approve(
    case: CaseNumber,
    /,
    *,
    line: Named | None = None,
    because: str = "medically necessary on the evidence in the case",
    acting: Deciding = Deciding(),
) -> int:
    """Approve service lines as they were asked for.

    For example:
        plazo approve PRE-7K2M-9QXD-4HBT --line 1-3 --as rn-rivera

    Parameters
    ----------
    case
        The case number.
    line
        The line, or several: `1-40`, `3,5,7-9`, `all` that wait; may be left out where there is only one.
    because
        What the approval rests on.
    """
    return await do(case, acting, acts.Approve, line=await lines_of(case, line, acting), because=because)


async def refer(case: CaseNumber, /, *, line: Named | None = None, acting: Dated = Dated()) -> int:
    """Send service lines up to a physician. It decides nothing.

    For example:
        plazo refer PRE-7K2M-9QXD-4HBT --line 1 --as rn-rivera

    Parameters
    ----------
    case
        The case number.
    line
        The line, or several: `1-40`, `3,5,7-9`, `all` that wait; may be left out where there is only one.
    """
    return await do(case, acting, acts.Refer, line=await lines_of(case, line, acting))


async def deny(
    case: CaseNumber,
    /,
    *,
    ground: FirstGround = FirstGround(),
    line: Named | None = None,
    acting: Deciding = Deciding(),
) -> int:
    """Deny service lines: a physician's act, or on an administrative ground a coverage specialist's.

    On a terminal without --reason it lists what is not met, and the clause and the words are chosen by number.

    For example:
        plazo deny PRE-7K2M-9QXD-4HBT --line 1 --reason criteria_not_met --criterion lumbar-mri.plan --as md-ortiz

    Parameters
    ----------
    case
        The case number.
    line
        The line, or several: `1-40`, `3,5,7-9`, `all` that wait; may be left out where there is only one.
    """
    line, ground = await _grounded(case, line, ground, acting)
    return await do(case, acting, acts.Deny, line=await lines_of(case, line, acting), **ground.fields)


async def reduce(
    case: CaseNumber,
    /,
    *,
    ground: FirstGround = FirstGround(),
    units: int,
    line: Named | None = None,
    acting: Deciding = Deciding(),
) -> int:
    """Approve fewer units than were asked for.

    For example:
        plazo reduce PRE-7K2M-9QXD-4HBT --units 6 --reason fewer_units_suffice --criterion home-oxygen.po2

    Parameters
    ----------
    case
        The case number.
    units
        How many are granted.
    line
        The line, or several: `1-40`, `3,5,7-9`, `all` that wait; may be left out where there is only one.
    """
    line, ground = await _grounded(case, line, ground, acting)
    return await do(
        case, acting, acts.Reduce, line=await lines_of(case, line, acting), units=units, **ground.fields
    )


async def modify(
    case: CaseNumber,
    /,
    *,
    ground: FirstGround = FirstGround(),
    service: str,
    line: Named | None = None,
    acting: Deciding = Deciding(),
) -> int:
    """Approve another service than was asked for.

    For example:
        plazo modify PRE-7K2M-9QXD-4HBT --service 72148 --reason lower_level_suffices --criterion lumbar-mri.plan

    Parameters
    ----------
    case
        The case number.
    service
        The code that is granted instead.
    line
        The line, or several: `1-40`, `3,5,7-9`, `all` that wait; may be left out where there is only one.
    """
    line, ground = await _grounded(case, line, ground, acting)
    return await do(
        case, acting, acts.Modify, line=await lines_of(case, line, acting), service=service, **ground.fields
    )


async def emergency(case: CaseNumber, /, *, confirmed: bool, acting: Dated = Dated()) -> int:
    """Confirm that what was ticked as an emergency is one, or that it is not.

    For example:
        plazo emergency PRE-7K2M-9QXD-4HBT --confirmed --as rn-rivera

    Parameters
    ----------
    case
        The case number.
    confirmed
        Is it an emergency?
    """
    return await do(case, acting, acts.ConfirmEmergency, confirmed=confirmed)
