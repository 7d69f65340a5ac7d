"""The second level, which the health plan decides: `plazo dispute second-level | plan-answer`."""

from datetime import UTC, datetime
from typing import Annotated, Any

from cyclopts import Parameter

from activities.desk.disputes import DisputeDesk, ReopeningQuestion
from activities.opening import DisputeOpening
from client.reach.acting import do
from client.reach.cases import Cases
from client.reach.intake import Beginning, take_up
from client.terminal.options import CaseNumber, Dated
from client.terminal.reading import day
from domain.case.acts import Act
from domain.dispute.dispute import Dispute
from domain.dispute.level import SecondLevelAnswered, SecondLevelFiled
from domain.policy.disputes import DisputeOutcome


async def take_up_if_closed(desk: Cases, case: str, act: Act[Any]) -> None:
    """A dispute that closed is opened again for what the act tells, once it is known that it will be heard."""
    sheet = await desk.sheet(case)
    if sheet.outcome is None or not isinstance(act, SecondLevelFiled):
        return
    question = ReopeningQuestion(case=case, act=act, now=datetime.now(UTC))
    filing = await desk.ask(DisputeDesk.check_reopening, question)
    await take_up(desk, Beginning(Dispute.kind, case, filing, DisputeOpening(number=case)))


async def second_level(
    case: CaseNumber,
    /,
    *,
    filed_on: str,
    learned: str,
    with_us: Annotated[bool, Parameter(negative="")] = False,
    file_wanted: Annotated[bool, Parameter(negative="")] = False,
    acting: Dated = Dated(),
) -> int:
    """Record that the health plan was asked for the second level; a dispute that closed is taken up again.

    For example:
        plazo dispute second-level DIS-7K2M-9QXD-4HBT --filed-on 2026-09-18 --learned "the plan asks" --file-wanted

    Parameters
    ----------
    case
        The case number.
    filed_on
        The day on which the provider filed it.
    learned
        How this became known.
    with_us
        It reached us by mistake; it is forwarded to the health plan the same day.
    file_wanted
        The health plan wants the whole file.
    """
    return await do(
        case,
        acting,
        SecondLevelFiled,
        before=take_up_if_closed,
        filed_on=day(filed_on, "filed-on"),
        learned=learned,
        with_us=with_us,
        file_wanted=file_wanted,
    )


async def plan_answer(
    case: CaseNumber,
    /,
    *,
    outcome: DisputeOutcome,
    on: str,
    amount: str | None = None,
    acting: Dated = Dated(),
) -> int:
    """Record what the health plan decided at the second level; what it gave is paid.

    For example:
        plazo dispute plan-answer DIS-7K2M-9QXD-4HBT --outcome overturned --amount 41.30 --on 2026-10-30

    Parameters
    ----------
    case
        The case number.
    outcome
        How the health plan decided.
    on
        The day of its answer.
    amount
        How much more it gave: `41.30`.
    """
    answered_on = day(on, "on")
    return await do(
        case, acting, SecondLevelAnswered, outcome=outcome, amount=amount, answered_on=answered_on
    )
