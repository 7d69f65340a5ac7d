"""Members in care management, and what becomes of them."""

from domain.care.acts import AgreeGoals, Assess, Consent, FindEligible, OfferCare
from domain.care.care import CareManagement
from domain.care.contact import OptOut
from domain.case.keeping import come_to_rest, keep_appointments
from domain.program.referred import Referred
from tests.builders import at, policy, staff

RECEIVED = "2037-07-24 09:00 AST"
ELIGIBLE = "2037-07-24 15:10 AST"
PHYSICIAN = {
    "name": "Luis Ortiz MD",
    "npi": "1234567893",
    "address": "Calle Sol 8, San Juan PR 00901",
    "language": "en",
}
MEMBER = {
    "name": "Ana Rivera",
    "contract_number": "MCS-0001",
    "language": "en",
    "address": "Calle Luna 12, San Juan PR 00901",
}
ULCER = {
    "id": "ulcer",
    "problem": {"en": "An ulcer of the left foot", "es": "Una úlcera en el pie izquierdo"},
    "goal": {"en": "The ulcer has closed", "es": "La úlcera está cerrada"},
    "owner": "Ana Rivera",
    "by": "2037-12-01",
    "tasks": [
        {
            "what": {"en": "Teach how the dressing is changed", "es": "Enseñar el cambio de vendaje"},
            "owner": "Rosa Díaz RN",
            "by": "2037-09-10",
        }
    ],
}


def a_referral(received=RECEIVED, member=None, **changes):
    """By a provider, of a Classicare member with an ulcer of the foot."""
    said = {
        "plan": "mcs-classicare",
        "channel": "telephone",
        "received_at": at(received),
        "member": MEMBER | (member or {}),
        "by": "provider",
        "indicators": ["skin-care"],
        "physician": PHYSICIAN,
    }
    return Referred.model_validate(said | changes)


def a_case(**changes):
    came = a_referral(**changes)
    rows = policy(came.plan, services=(), kind="care")
    return CareManagement.received("CAR-1", "hash", rows, came, now=came.received_at)


def passes(case, until):
    """Time passes, and what follows by itself has followed."""
    keep_appointments(case, at(until))
    come_to_rest(case, at(until))
    return case


def does(case, when, act, who="cm-reyes", **words):
    """Somebody acts, as far as they are allowed to, and what follows by itself has followed."""
    passes(case, when)
    said = act(actor=staff(who), **words)
    said.refuse_unless_allowed(case, at(when))
    said.apply(case, at(when))
    come_to_rest(case, at(when))
    return case


def eligible(**changes):
    return does(a_case(**changes), ELIGIBLE, FindEligible, risk="high")


def consented(language="en", **changes):
    case = does(eligible(**changes), "2037-07-27 10:00 AST", OfferCare)
    return does(case, "2037-07-28 10:00 AST", Consent, recording="line 4, 10:02", language=language)


def assessed(language="en", **changes):
    case = does(consented(language, **changes), "2037-08-20 10:00 AST", Assess)
    return does(case, "2037-09-01 10:00 AST", Assess, done=True)


def planned(language="en", goals=(ULCER,), **changes):
    case = assessed(language, physician=PHYSICIAN | {"language": language}, **changes)
    return does(case, "2037-09-02 10:00 AST", AgreeGoals, agreed={"goals": goals})


def left(language="en", **changes):
    """Through all of it, and then out of it, on the member's own word."""
    return does(planned(language, **changes), "2037-10-05 10:00 AST", OptOut, who="ic-santos")
