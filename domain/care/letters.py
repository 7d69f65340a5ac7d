"""What each letter of care management says: the facts that are fixed when it becomes owed. Days are ISO dates."""

from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import JsonValue

from domain.terms.notice import Addressee, Recipient

if TYPE_CHECKING:
    from domain.care.care import CareManagement

Facts = dict[str, JsonValue]


def head(case: "CareManagement", now: datetime) -> Facts:
    """What stands at the head of each. No address of the member is among it: it may be a confidential one."""
    plan, member = case.policy.plan, case.referred.member
    return {
        "case": case.number,
        **plan.model_dump(include={"organisation", "address", "telephone", "fax", "tty"}),
        "plan": plan.name,
        "member": member.name,
        "contract_number": member.contract_number,
        "dated": case.policy.calendar.day_of(now).isoformat(),
    }


def plan(case: "CareManagement", to: Addressee) -> Facts:
    """The goals that are open, each with what is done for it, by whom and by when."""
    language = to.language
    goals: list[JsonValue] = [
        {
            "problem": goal.problem.in_language(language),
            "goal": goal.goal.in_language(language),
            "owner": goal.owner,
            "by": goal.by.isoformat(),
            "request": goal.request,
            "tasks": [
                {"what": task.what.in_language(language), "owner": task.owner, "by": task.by.isoformat()}
                for task in goal.tasks
                if not task.done
            ],
        }
        for goal in case.open_goals
    ]
    return {"goals": goals, "to_member": to.recipient is Recipient.MEMBER}
