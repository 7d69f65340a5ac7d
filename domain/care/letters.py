"""What each letter of care management says: the facts that are fixed when it becomes owed. Days are ISO dates."""

from typing import TYPE_CHECKING

from pydantic import JsonValue

from domain.terms.notice import Addressee, Recipient

if TYPE_CHECKING:
    from domain.care.care import CareManagement

Facts = dict[str, JsonValue]


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
