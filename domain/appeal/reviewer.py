"""Who may decide an appeal: somebody who had no part in the first answer, and who knows the field."""

from datetime import date

from domain.appeal.state import AppealState
from domain.case.authority import require
from domain.clock.timeframe import Regime
from domain.request.determination import ReasonClass
from domain.request.line import Line
from domain.terms.people import Actor
from domain.terms.refusals import Refused

APART = {
    Regime.MEDICARE_ADVANTAGE: "42 CFR 422.590(h)(1)",
    Regime.PUERTO_RICO: "26 LPRA 9397",
    Regime.MEDICAID: "42 CFR 438.406(b)(2)(i)",
    Regime.ERISA: "29 CFR 2560.503-1(h)(3)(ii)",
    Regime.NCQA: "NCQA UM 8",
}
"""That nobody decides an appeal of their own decision, by regime."""


CLINICAL = {
    Regime.MEDICARE_ADVANTAGE: "42 CFR 422.590(h)(2)",
    Regime.PUERTO_RICO: "26 LPRA 9397(c)(1)",
    Regime.MEDICAID: "42 CFR 438.406(b)(2)(ii)",
    Regime.ERISA: "29 CFR 2560.503-1(h)(3)(iii)",
    Regime.NCQA: "NCQA UM 8",
}
"""That a clinician of the field decides an appeal on medical necessity, by regime."""


def require_apart(actor: Actor, case: AppealState) -> None:
    """Refuse whoever had a part in the first answer."""
    if actor.id in case.original.involved:
        raise Refused(
            f"{actor.name} had a part in the first answer of {case.original.case}; "
            "somebody who had none decides the appeal",
            APART[case.policy.plan.regimes[0]],
        )


ON_ANOTHER_GROUND = "decide an appeal on an administrative ground"
ON_NECESSITY = "decide an appeal on medical necessity"


def require_reviewer(
    actor: Actor, case: AppealState, line: Line, reason: ReasonClass | None, day: date
) -> None:
    """Refuse whoever may not answer this line: on medical necessity that takes a licensed physician of the field.

    `reason` is that of the new answer, where it is adverse; the first answer's own reason counts too.
    """
    require_apart(actor, case)
    regime = case.policy.plan.regimes[0]
    if not (case.is_clinical(line) or reason is ReasonClass.MEDICAL_NECESSITY):
        require(actor, ON_ANOTHER_GROUND, APART[regime])
        return
    require(actor, ON_NECESSITY, CLINICAL[regime])
    if actor.licence is None or not actor.licence.is_good_on(day):
        raise Refused(
            f"{actor.name} has no current, unrestricted licence; an appeal on medical necessity needs one",
            CLINICAL[regime],
        )
    _require_peer(actor, case, line)


def _require_peer(actor: Actor, case: AppealState, line: Line) -> None:
    """In Puerto Rico a clinical peer of the same or a similar specialty decides."""
    rule = case.policy.service_rule(line.asked.service)
    peers = case.terms.peers_of(rule.id if rule else None)
    if peers and actor.specialty not in peers.specialties:
        raise Refused(
            f"{actor.name} is a specialist in {actor.specialty or 'no field on file'}; "
            f"this appeal needs one in {' or '.join(peers.specialties)}",
            peers.source,
        )
