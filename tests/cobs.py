"""Other coverage of a member of a commercial plan, and what becomes of it."""

from domain.case.keeping import come_to_rest, keep_appointments
from domain.cob.acts import TellFacts
from domain.cob.cob import CoordinationOfBenefits
from domain.cob.learned import Learned
from domain.desk.desk import Withdraw
from tests.builders import at, policy, staff
from tests.families import family, plan

RECEIVED = "2037-03-02 09:00 AST"
BORN = "1980-06-01"
OURS = plan("mcs", ours=True)
THEIRS = plan("Plan X", covers_as="spouse", of="luis")


def facts(*coverages, **said):
    return family(*(coverages or (OURS, THEIRS)), **{"on": "2037-03-02", "born": BORN, **said})


def learned(*coverages, received=RECEIVED, member=None, name="mcs-life", **said):
    """By telephone, of a member whose spouse has a plan too; nobody said whether that one coordinates."""
    who = {
        "name": "Carmen Nieves",
        "contract_number": "LIFE-200002",
        "birth_date": BORN,
        "language": "en",
        "address": "18 Calle Ejemplo, Mayagüez PR 00680",
    }
    known = facts(*(coverages or (OURS, THEIRS | {"has_rule": None})), **said)
    return Learned(
        plan=name,
        channel="telephone",
        received_at=at(received),
        member=who | (member or {}),
        family=known,
    )


def a_case(*coverages, **changes):
    """Other coverage as we learned of it, and what follows by itself has followed."""
    came = learned(*coverages, **changes)
    rows = policy(came.plan, services=(), kind="cob")
    case = CoordinationOfBenefits.received("COB-1", "hash", rows, came, now=came.received_at)
    come_to_rest(case, came.received_at)
    return case


def passes(case, until):
    """Time passes, and what follows by itself has followed."""
    keep_appointments(case, at(until))
    come_to_rest(case, at(until))
    return case


def does(case, when, act, **words):
    """A clerk acts, as far as they are allowed to, and what follows by itself has followed."""
    passes(case, when)
    said = act(actor=staff("ic-santos"), **words)
    said.refuse_unless_allowed(case, at(when))
    said.apply(case, at(when))
    come_to_rest(case, at(when))
    return case


def answered(language="en", **said):
    case = a_case(member={"language": language})
    return does(case, "2037-03-10 09:00 AST", TellFacts, family=facts(**said))


def second(language="en"):
    """We pay after the spouse's plan, which does not coordinate."""
    case = a_case(member={"language": language})
    return does(case, "2037-03-10 09:00 AST", TellFacts, family=facts(OURS, THEIRS | {"has_rule": False}))


def withdrawn(language="en"):
    return does(a_case(member={"language": language}), "2037-03-03 09:00 AST", Withdraw)
