"""The coverages of a case file, and the order in which they pay, each step by its clause."""

from domain.casefile.facts import FactGroup, facts_of
from domain.cob.cob import CoordinationOfBenefits
from domain.cob.letters import named
from domain.terms.tongue import Tongue


def coverages_of(case: CoordinationOfBenefits, tongue: Tongue) -> tuple[FactGroup, ...]:
    """Each coverage as far as it is known, and the order of payers with what is not known yet."""
    order, say = case.order, tongue.say
    clauses = [*(one.clause for one in order.steps), *(one.clause for one in order.aside)]
    facts = (
        *((say("payer {count}", count=str(at)), named(case, one)) for at, one in enumerate(order.payers, 1)),
        *((say("because"), tongue.one_of(case.payers.named(clause).says)) for clause in clauses),
        *((say("not known yet"), field) for field in order.missing),
    )
    return (
        *(
            FactGroup(title=say("coverage {name}", name=one.id), facts=facts_of(one, tongue))
            for one in case.family.coverages
        ),
        FactGroup(title=say("The order of payers"), facts=facts),
    )
