"""Messages that were left with us, and what becomes of them."""

from domain.case.keeping import come_to_rest, keep_appointments
from domain.message.acts import CallBack, TieMessage
from domain.message.left import Left
from domain.message.message import Message
from tests.builders import at, policy, staff

SATURDAY_NIGHT = "2026-11-07 21:00 EASTERN"


def left(received=SATURDAY_NIGHT, **said):
    """On the line of utilization management of CareSource: somebody wants to be called."""
    line = {"plan": "caresource", "line": "caresource-um", "received_at": at(received), "language": "en"}
    who = {"telephone": "614-555-0142", "says": "Please call me about my request."}
    return Left.model_validate(line | who | said)


def a_message(received=SATURDAY_NIGHT, **said):
    """A message as it was left, and what follows by itself has followed."""
    came = left(received, **said)
    rows = policy(came.plan, year=came.received_at.year, services=(), kind="message")
    case = Message.received("MSG-1", "hash", rows, came, now=came.received_at)
    come_to_rest(case, came.received_at)
    return case


def of_mcs(received, **said):
    return a_message(received, plan="mcs-classicare", line="mcs-call-center", **said)


def passes(case, until):
    keep_appointments(case, at(until))
    come_to_rest(case, at(until))
    return case


def does(case, when, act, who="ic-santos", **words):
    """Somebody acts, as far as they are allowed to, and what follows by itself has followed."""
    passes(case, when)
    said = act(actor=staff(who), **words)
    said.refuse_unless_allowed(case, at(when))
    said.apply(case, at(when))
    come_to_rest(case, at(when))
    return case


def called(case, when, *, reached=True, **words):
    return does(case, when, CallBack, reached=reached, **words)


def tied(case, when, to="PRE-7K2M-9QXD-4HBT", *, received=SATURDAY_NIGHT):
    return does(case, when, TieMessage, to=to, to_received_at=at(received))


def waits_in(case):
    return {work.queue: work.what for work in case.work.open}
