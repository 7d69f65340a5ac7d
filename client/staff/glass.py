"""Reading a case beyond one's plans, for a reason and for an hour: `plazo break-glass`."""

from activities.desk.glass import Glass, GlassQuestion
from client.reach.cases import cases
from client.reach.look import print_json
from client.terminal.last_list import named
from client.terminal.options import Acting, CaseNumber
from config.access.identity import keep_leave
from domain.desk.glass import GlassReason


async def break_glass(case: CaseNumber, /, *, reason: GlassReason, acting: Acting = Acting()) -> int:
    """Read a case of a plan that you do not work for, for an hour, as a supervisor; nobody acts by it.

    It is written into the audit, with what you read, and the privacy officer is told.

    For example:
        plazo break-glass PRE-7K2M-9QXD-4HBT --reason emergency

    Parameters
    ----------
    case
        The case number.
    reason
        Why: somebody's health, nobody of that plan is there, a complaint, or a court or regulator asks.
    """
    number = named(case, acting.settings)
    question = GlassQuestion(case=number, reason=reason, actor=acting.actor)
    async with cases(acting.settings) as desk:
        lent = await desk.ask(Glass.break_glass, question)
    keep_leave(acting.settings, number, lent.token)
    if acting.json:
        return print_json(lent.glass)
    print(f"You may read {number} until {lent.glass.until:%H:%M} UTC. The privacy officer is told.")
    return 0
