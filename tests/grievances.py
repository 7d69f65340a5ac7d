"""Complaints of a Classicare member, and what becomes of them."""

from datetime import date, timedelta

from domain.case.keeping import come_to_rest, keep_appointments
from domain.desk.desk import Withdraw
from domain.grievance.acts import AnswerGrievance, ExtendGrievance, SortGrievance
from domain.grievance.complaint import Complaint
from domain.grievance.grievance import Grievance
from tests.builders import at, policy, staff

RECEIVED = "2037-03-02 09:00 AST"
WORDS = {"says": "We are sorry. The clinic was closed.", "says_es": "Lo sentimos. La clínica estaba cerrada."}


def a_complaint(received=RECEIVED, **changes):
    """By telephone, of a rude voice on the telephone, three days earlier."""
    received_at = at(received)
    member = {
        "name": "Ana Rivera",
        "contract_number": "MCS-0001",
        "language": "en",
        "address": "Calle Luna 12, San Juan PR 00901",
    } | changes.pop("member", {})
    facts = {
        "plan": "mcs-classicare",
        "channel": "telephone",
        "about": "service",
        "happened_on": received_at.date() - timedelta(days=3),
        "says": "Nobody called me back.",
    }
    return Complaint.model_validate(facts | {"received_at": received_at, "member": member} | changes)


def a_grievance(complaint=None, involved=frozenset(), **changes):
    """A grievance as it reached us."""
    came = complaint or a_complaint(**changes)
    rows = policy(came.plan, services=(), kind="grievance")
    return Grievance.received("GRV-1", "hash", rows, came, involved=involved, now=came.received_at)


def does(case, when, who, act, **words):
    """A person acts, as far as they are allowed to, and what follows by itself has followed."""
    now = at(when) if isinstance(when, str) else when
    keep_appointments(case, now)
    said = act(actor=staff(who), **words)
    said.refuse_unless_allowed(case, now)
    said.apply(case, now)
    come_to_rest(case, now)
    return case


def sorted_(case, when="2037-03-02 10:00 AST", **words):
    return does(case, when, "ic-santos", SortGrievance, **({"sort": "grievance"} | words))


def answered(language="en", about="service", **changes):
    case = sorted_(a_grievance(member={"language": language}, about=about, **changes))
    return does(case, "2037-03-02 15:00 AST", "ap-soto", AnswerGrievance, found="in_part", **WORDS)


def extended(language="en"):
    case = sorted_(a_grievance(member={"language": language}))
    more = {"until": date(2037, 4, 15), "ground": "information_needed"}
    return does(case, "2037-03-20 09:00 AST", "ap-soto", ExtendGrievance, **more)


def withdrawn(language="en"):
    return does(a_grievance(member={"language": language}), "2037-03-03 09:00 AST", "ic-santos", Withdraw)
