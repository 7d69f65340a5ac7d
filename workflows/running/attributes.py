"""What the Temporal UI lists and filters cases by. It is plain text there, so it names nobody."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from temporalio.common import SearchAttributeKey, SearchAttributePair, SearchAttributeUpdate

from domain.case.case import Case
from domain.clock.agenda import Appointment
from domain.parts.stage import Stage
from domain.view.showing import is_overdue

STAGE = SearchAttributeKey.for_keyword("CaseStage")
STATUS = SearchAttributeKey.for_keyword("CaseStatus")
URGENCY = SearchAttributeKey.for_keyword("CaseUrgency")
PLAN = SearchAttributeKey.for_keyword("CasePlan")
CATEGORY = SearchAttributeKey.for_keyword("CaseCategory")
OUTCOME = SearchAttributeKey.for_keyword("CaseOutcome")
MEMBER = SearchAttributeKey.for_keyword("CaseMember")
PARENT = SearchAttributeKey.for_keyword("CaseParent")
QUEUES = SearchAttributeKey.for_keyword_list("CaseQueues")
ASSIGNEES = SearchAttributeKey.for_keyword_list("CaseAssignees")
FLAGS = SearchAttributeKey.for_keyword_list("CaseFlags")
DUE_AT = SearchAttributeKey.for_datetime("CaseDueAt")
NEXT_AT = SearchAttributeKey.for_datetime("CaseNextAt")
RECEIVED_AT = SearchAttributeKey.for_datetime("CaseReceivedAt")
OVERDUE = SearchAttributeKey.for_bool("CaseOverdue")

EVERY: tuple[SearchAttributeKey[Any], ...] = (
    *(STAGE, STATUS, URGENCY, PLAN, CATEGORY, OUTCOME, MEMBER, PARENT),
    *(QUEUES, ASSIGNEES, FLAGS),
    *(DUE_AT, NEXT_AT, RECEIVED_AT, OVERDUE),
)


_TYPES = {1: "Text", 2: "Keyword", 3: "Int", 4: "Double", 5: "Bool", 6: "Datetime", 7: "KeywordList"}

ATTRIBUTES = {key.name: _TYPES[int(key.indexed_value_type)] for key in EVERY}
"""Name and type of each attribute, as a server wants to be told them."""


def at_start(kind: str, plan: str, urgency: str, received_at: datetime) -> list[SearchAttributePair[Any]]:
    """What is known before a case has been admitted."""
    return [
        SearchAttributePair(STAGE, Stage.RECEIVED.text),
        SearchAttributePair(PLAN, plan),
        SearchAttributePair(URGENCY, urgency),
        SearchAttributePair(CATEGORY, kind),
        SearchAttributePair(RECEIVED_AT, received_at),
    ]


def standing(case: Case, upcoming: Appointment | None) -> dict[SearchAttributeKey[Any], Any]:
    """The values as the case stands and waits; None where an attribute has nothing to say."""
    return {
        STAGE: case.stage.text,
        STATUS: case.status.code,
        URGENCY: case.urgency.value,
        PLAN: case.policy.plan.id,
        OUTCOME: case.closed_as,
        MEMBER: case.member,
        PARENT: case.parent,
        QUEUES: sorted({work.queue for work in case.work.open}),
        ASSIGNEES: sorted({f"{work.queue}/{work.assignee or '-'}" for work in case.work.open}),
        FLAGS: sorted(case.log.flags),
        DUE_AT: case.due_at,
        NEXT_AT: upcoming.at if upcoming else None,
        RECEIVED_AT: case.received_at,
        OVERDUE: is_overdue(case),
    }


def changes(
    before: Mapping[SearchAttributeKey[Any], Any], after: Mapping[SearchAttributeKey[Any], Any]
) -> list[SearchAttributeUpdate[Any]]:
    """Only what is different: an unchanged case costs no event. An empty list counts as nothing to say."""
    return [
        key.value_unset() if value in (None, []) else key.value_set(value)
        for key, value in after.items()
        if before.get(key) != value and not (value in (None, []) and before.get(key) in (None, []))
    ]
