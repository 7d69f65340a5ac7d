"""Queues: whose work waits where."""

from domain.terms.people import Actor, Role
from domain.terms.refusals import Misuse


def role_of_queue(queue: str) -> Role:
    """Whose work waits in a queue: nurses see nurse review, supervisors the supervisor's."""
    return QUEUE_ROLES.get(queue, Role.SUPERVISOR)


POST = "post"  # what became of a notice on its way
ADDRESSES = "find-address"
RECEIPTS = "receipts"  # what a receipt leaves to find out: whose it is, what it says otherwise
QUALITY = "quality"  # the treatment that is received: no answer to a request is about it

QUEUE_ROLES = {
    "intake": Role.INTAKE,
    POST: Role.INTAKE,
    ADDRESSES: Role.INTAKE,
    RECEIPTS: Role.INTAKE,
    "nurse-review": Role.NURSE,
    "care-management": Role.CARE_MANAGEMENT,
    "specialist-review": Role.CARE_MANAGEMENT,
    "coordination": Role.CARE_MANAGEMENT,
    "physician-review": Role.PHYSICIAN,
    "second-look": Role.PHYSICIAN,
    "coverage": Role.COVERAGE,
    "calls": Role.INTAKE,
    "translation": Role.INTAKE,
    "supervisor": Role.SUPERVISOR,
    "on-call": Role.SUPERVISOR,
    "privacy": Role.SUPERVISOR,
    QUALITY: Role.QUALITY,
    "committee": Role.QUALITY,
    "medical-director": Role.MEDICAL_DIRECTOR,
    "dispute-triage": Role.DISPUTE_ANALYST,
    "dispute-information": Role.DISPUTE_ANALYST,
    "dispute-review": Role.DISPUTE_ANALYST,
    "appeals": Role.APPEALS,
    "grievances": Role.APPEALS,
    "grievance-review": Role.PHYSICIAN,  # where the law wants a clinician's answer
    "appeal-review": Role.PHYSICIAN,
    "appeal-coverage": Role.COVERAGE,
}


def refuse_unknown(queue: str) -> None:
    """Raise Misuse, with the queues that there are."""
    if queue not in QUEUE_ROLES:
        raise Misuse(f"queue: known are {', '.join(QUEUE_ROLES)}.")


def can_take_over(cover: Actor, away: Actor) -> bool:
    """May the cover do any of the work that waits for somebody who is away?"""
    return cover.is_any(*(role for role in away.roles if role in QUEUE_ROLES.values()))
