"""What a decision on a technology says to one member who asks for it: it may be no answer at all."""

from domain.clock.timeframe import Regime
from domain.technology.proposal import Coverage
from domain.technology.technology import Technology

UNDER_21 = 21
EPSDT = "42 USC 1396d(r)(5): necessary care whether or not the plan covers it"


def answer_for(case: Technology, age: int) -> str:
    """In a sentence. A member's request is never answered by what is not decided yet."""
    alone = "decide for this member alone, on the request's own clock"
    if case.decided is None or case.withdrawn:
        return f"nothing is decided: {alone}"
    if case.decided is Coverage.CASE_BY_CASE:
        return f"case by case: {alone}"
    is_child = Regime.MEDICAID in case.policy.plan.regimes and age < UNDER_21
    if case.decided is Coverage.NOT_COVERED and is_child:
        return f"'not covered' answers nobody under {UNDER_21}: {alone} ({EPSDT})"
    return f"{case.status.in_a_sentence}: necessity is still decided for this member"
