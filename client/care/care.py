"""Care management: `plazo care eligible | offer | consent | assess | goal | contact | opt-out | close`."""

from typing import Annotated, Literal

from cyclopts import Parameter

from client.reach.acting import do
from client.reach.cases import cases
from client.reach.counter import counter, folder_of, link_back, look_over_apart, read_request
from client.terminal.options import Acting, CaseNumber, Dated, OrStandardInput
from client.terminal.reading import build, read_json, read_text
from config.pack import load
from domain.care import acts
from domain.care.contact import ContactMade, EndCare, OptOut
from domain.case.authority import require
from domain.program.ends import CareEnd
from domain.program.plan import GoalEnd, Goals
from domain.program.rows import Risk
from domain.request.request import Request
from domain.terms.case_number import parse
from domain.terms.notice import Recipient
from domain.terms.people import Language
from domain.terms.refusals import Misuse

Flag = Annotated[bool, Parameter(negative="")]
Asker = Literal["member", "representative"]


async def eligible(
    case: CaseNumber,
    /,
    *,
    risk: Risk,
    indicator: tuple[str, ...] = (),
    because: str = "",
    acting: Dated = Dated(),
) -> int:
    """Find that the member qualifies. The time to assess them runs from then, before anybody consents.

    For example:
        plazo care eligible CAR-7K2M-9QXD-4HBT --risk high --indicator skin-care --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    risk
        How closely the member is to be followed.
    indicator
        Which conditions of the page the member has, beside those of the referral.
    because
        Why they qualify without any, or why this is recorded so long after.
    """
    why = because or acting.late_because
    return await do(case, acting, acts.FindEligible, risk=risk, indicators=indicator, reason=why)


async def offer(case: CaseNumber, /, *, acting: Dated = Dated()) -> int:
    """Record that the program was offered by voice, as free and voluntary.

    For example:
        plazo care offer CAR-7K2M-9QXD-4HBT --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    """
    return await do(case, acting, acts.OfferCare)


async def consent(
    case: CaseNumber,
    /,
    *,
    recording: str,
    language: Language,
    by: Asker = "member",
    acting: Dated = Dated(),
) -> int:
    """Record that the member said yes. The welcome letter is owed, in the language that they chose.

    For example:
        plazo care consent CAR-7K2M-9QXD-4HBT --recording "line 4, 10:02" --language spanish --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    recording
        Where their recorded words are found.
    language
        The language that they chose.
    by
        Who said it.
    """
    return await do(case, acting, acts.Consent, recording=recording, language=language, by=by)


async def assess(
    case: CaseNumber,
    /,
    *,
    done: Flag = False,
    risk: Risk | None = None,
    acting: Dated = Dated(),
) -> int:
    """Record that the assessment begins, or with --done that it is done.

    For example:
        plazo care assess CAR-7K2M-9QXD-4HBT --done --risk moderate --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    done
        It is done, and not only begun.
    risk
        The risk that it found, if that is another.
    """
    return await do(case, acting, acts.Assess, done=done, risk=risk)


async def goal(
    case: CaseNumber,
    file: OrStandardInput | None = None,
    /,
    *,
    opens: str | None = None,
    met: str | None = None,
    dropped: str | None = None,
    acting: Dated = Dated(),
) -> int:
    """Agree on goals, with tasks, owners and days, or end one. Member and physician are told the plan of care.

    For example:
        plazo care goal CAR-7K2M-9QXD-4HBT examples/care/goals.json --as cm-reyes
        plazo care goal CAR-7K2M-9QXD-4HBT --met ulcer --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    file
        The goals, as JSON; `-` for standard input. One that is there by its `id` is replaced.
    opens
        A request for the service that the one goal of the file needs, as JSON: it is opened, and decided there.
    met
        The goal that was met, by its id.
    dropped
        The goal that was given up, by its id.
    """
    if sum(one is not None for one in (file, met, dropped)) != 1:
        raise Misuse("goal: give a file of goals, or --met, or --dropped.")
    if file is None:
        ended = GoalEnd.MET if met else GoalEnd.DROPPED
        return await do(case, acting, acts.EndGoal, goal=met or dropped, ended=ended)
    agreed = build(Goals, read_json(file))
    if opens:
        agreed = await _with_request(parse(case), agreed, opens, acting)
    return await do(case, acting, acts.AgreeGoals, agreed=agreed)


async def _with_request(case: str, agreed: Goals, file: str, acting: Acting) -> Goals:
    """The goal with the number of the request that asks for what it needs: opened as any other, or open already."""
    require(acting.actor, acts.MANAGE)
    if len(agreed.goals) != 1:
        raise Misuse("opens: a request is opened for one goal; give a file with that one.")
    pack = load(acting.settings.policy)
    request = read_request(Request, file, None, pack)
    async with cases(acting.settings) as desk:
        await desk.sheet(case)
        at_the_counter = counter(desk, look_over_apart(request, pack), acting, pack)
        opened = await at_the_counter.open(request, folder_of(file), linked=(case,))
        await link_back(desk, (await desk.sheet(opened.case)).shown, case, acting)
    return Goals(goals=(agreed.goals[0].model_copy(update={"request": opened.case}),))


async def contact(
    case: CaseNumber,
    /,
    *,
    to: Literal["member", "provider"] = "member",
    reached: bool = True,
    said: OrStandardInput | None = None,
    opts_out: Flag = False,
    acting: Dated = Dated(),
) -> int:
    """Record a call to the member or their physician. Reached, the next one is due by the rhythm of the risk.

    For example:
        plazo care contact CAR-7K2M-9QXD-4HBT --said call.txt --as cm-reyes
        plazo care contact CAR-7K2M-9QXD-4HBT --no-reached --at "2026-09-03 10:15" --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    to
        Who was called; the physician's call is a review of the plan of care.
    reached
        Did it reach them?
    said
        What was said, in a text file; `-` for standard input.
    opts_out
        On this call the member said that they want no more of it: it ends at once.
    """
    words = read_text(said) if said else None
    return await do(
        case, acting, ContactMade, to=Recipient(to), reached=reached, said=words, opts_out=opts_out
    )


async def opt_out(case: CaseNumber, /, *, by: Asker = "member", acting: Dated = Dated()) -> int:
    """Take a member's word that they want no more of it. It ends at once; anybody may take it, at any time.

    For example:
        plazo care opt-out CAR-7K2M-9QXD-4HBT --as ic-santos

    Parameters
    ----------
    case
        The case number.
    by
        Whose word it was.
    """
    return await do(case, acting, OptOut, by=by)


async def close(case: CaseNumber, how: CareEnd, /, *, because: str = "", acting: Dated = Dated()) -> int:
    """End care management for another reason than the member's word.

    For example:
        plazo care close CAR-7K2M-9QXD-4HBT goals_met --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    how
        How it ends.
    because
        Why; for who does not qualify it is needed.
    """
    return await do(case, acting, EndCare, how=how, reason=because or acting.late_because)
