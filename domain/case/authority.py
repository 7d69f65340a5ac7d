"""Who may do what: one table, with the rule behind each row.

A nurse may approve and may not deny or reduce. An adverse determination on medical necessity needs, before it is
issued, a licensed clinician with the expertise; an administrative one needs a reason from the closed list.
"""

from datetime import date

from domain.clock.timeframe import Regime
from domain.request.determination import ReasonClass
from domain.terms.frozen import Frozen
from domain.terms.people import Actor, Role
from domain.terms.refusals import Refused


class Permission(Frozen):
    """Roles that may do something, on which condition beside, and the source that says so."""

    roles: tuple[Role, ...]
    source: str
    condition: str = ""


CLINICIANS = (Role.PHYSICIAN, Role.MEDICAL_DIRECTOR)
REVIEWERS = (Role.NURSE, *CLINICIANS)
SPECIALISTS = (Role.CARE_MANAGEMENT, *REVIEWERS)
EVERYBODY = tuple(Role)

TABLE = {
    "work on cases": Permission(roles=EVERYBODY, source="plan policy"),
    "assign work": Permission(roles=(Role.SUPERVISOR, Role.MEDICAL_DIRECTOR), source="plan policy"),
    "approve": Permission(roles=REVIEWERS, source="42 CFR 422.566(d); a nurse may approve"),
    "refer to a physician": Permission(roles=REVIEWERS, source="42 CFR 422.566(d)"),
    "approve a standing referral": Permission(
        roles=CLINICIANS,
        source="ProcareMSO provider page: deemed medically necessary; that it is a physician is assumed",
    ),
    "approve a referral": Permission(
        roles=SPECIALISTS, source="MCS, Services in the United States; 42 CFR 422.566(d)"
    ),
    "refer a referral to a physician": Permission(
        roles=SPECIALISTS, source="MCS, Services in the United States; 42 CFR 422.566(d)"
    ),
    "find whether it is available in Puerto Rico": Permission(
        roles=(Role.CARE_MANAGEMENT,), source="MCS, Services in the United States"
    ),
    "coordinate services": Permission(
        roles=(Role.CARE_MANAGEMENT, Role.SUPERVISOR), source="MCS, Services in the United States"
    ),
    "end an authorization": Permission(
        roles=(Role.COVERAGE, Role.SUPERVISOR), source="plan policy, assumed; 42 CFR 422.138(c)"
    ),
    "confirm an emergency": Permission(roles=REVIEWERS, source="24 LPRA 3046"),
    "refuse to expedite": Permission(roles=REVIEWERS, source="42 CFR 422.570"),
    "extend": Permission(
        roles=(*REVIEWERS, Role.SUPERVISOR), source="42 CFR 422.568(b)(1)(i)(C) and its kin"
    ),
    "correct": Permission(roles=(Role.INTAKE, Role.SUPERVISOR), source="plan policy"),
    "toll": Permission(roles=(Role.SUPERVISOR,), source="plan policy, under an instrument of the pack"),
    "strike another's note": Permission(roles=(Role.SUPERVISOR,), source="plan policy, assumed"),
    "hold a case": Permission(roles=(Role.SUPERVISOR,), source="plan policy"),
    "record an absence": Permission(roles=(Role.SUPERVISOR, Role.MEDICAL_DIRECTOR), source="plan policy"),
    "correct a policy row": Permission(roles=(Role.SUPERVISOR,), source="plan policy"),
    "correct a calendar day": Permission(roles=(Role.SUPERVISOR,), source="plan policy"),
    "turn late into timely": Permission(
        roles=(Role.SUPERVISOR,),
        source="plan policy, rule of three instants",
        condition="records it, or confirms what another records",
    ),
    "work on a dispute": Permission(
        roles=(Role.DISPUTE_ANALYST, Role.SUPERVISOR),
        source="plan policy",
        condition="what is paid more in all within the plan's limit, or confirmed",
    ),
    "confirm money above the limit": Permission(
        roles=(Role.SUPERVISOR,), source="plan policy, assumed", condition="somebody else than who decides"
    ),
    "decide good cause": Permission(roles=(Role.SUPERVISOR,), source="plan policy, assumed"),
    "dismiss a dispute": Permission(roles=(Role.SUPERVISOR,), source="plan policy, assumed"),
    "say what became of a letter": Permission(
        roles=(Role.INTAKE, Role.APPEALS, Role.DISPUTE_ANALYST, Role.SUPERVISOR), source="plan policy"
    ),
    "stop a letter that another decided on": Permission(
        roles=(Role.SUPERVISOR,), source="plan policy, assumed"
    ),
    "take papers of an appeal": Permission(
        roles=(Role.INTAKE, Role.APPEALS, Role.SUPERVISOR), source="plan policy"
    ),
    "decide good cause of an appeal": Permission(
        roles=(Role.APPEALS, Role.SUPERVISOR), source="plan policy, assumed; 42 CFR 422.582(c)"
    ),
    "dismiss an appeal": Permission(
        roles=(Role.APPEALS, Role.SUPERVISOR), source="plan policy, assumed; 42 CFR 422.582(f)"
    ),
    "vacate a dismissal": Permission(
        roles=(Role.SUPERVISOR,), source="plan policy, assumed; 42 CFR 422.582(g)"
    ),
    "record an independent review": Permission(roles=(Role.APPEALS, Role.SUPERVISOR), source="plan policy"),
    "decide an appeal on an administrative ground": Permission(
        roles=(Role.COVERAGE, Role.APPEALS, Role.SUPERVISOR, *CLINICIANS),
        source="42 CFR 422.590(h)(1)",
        condition="had no part in the first answer",
    ),
    "decide an appeal on medical necessity": Permission(
        roles=CLINICIANS,
        source="42 CFR 422.590(h)(2)",
        condition="had no part in the first answer; a current, unrestricted licence; a peer where one is named",
    ),
    "coordinate benefits": Permission(
        roles=(Role.INTAKE, Role.COVERAGE, Role.SUPERVISOR), source="plan policy, assumed"
    ),
    "manage care": Permission(
        roles=(Role.CARE_MANAGEMENT, Role.NURSE, Role.SUPERVISOR),
        source="MCS, Case Management Program: nursing staff and specialists; the supervisor is assumed",
    ),
    "prepare a committee's question": Permission(
        roles=(Role.QUALITY, *CLINICIANS), source="plan policy, assumed"
    ),
    "give a specialist's opinion": Permission(roles=CLINICIANS, source="plan policy, assumed"),
    "review a guideline": Permission(
        roles=CLINICIANS,
        source="ProcareMSO provider page: review of the medical literature; by whom is assumed",
    ),
    "record a committee's vote": Permission(
        roles=(Role.QUALITY, Role.MEDICAL_DIRECTOR), source="plan policy, assumed"
    ),
    "tell of a committee's decision": Permission(
        roles=(Role.QUALITY, Role.SUPERVISOR), source="plan policy, assumed"
    ),
    "sort a grievance": Permission(
        roles=(Role.INTAKE, Role.APPEALS, Role.SUPERVISOR), source="plan policy, assumed"
    ),
    "answer a grievance": Permission(
        roles=(Role.APPEALS, Role.SUPERVISOR, *CLINICIANS), source="plan policy, assumed"
    ),
    "take back another's decision": Permission(roles=(Role.MEDICAL_DIRECTOR,), source="plan policy, assumed"),
    "correct an answer on medical necessity": Permission(
        roles=CLINICIANS,
        source="42 CFR 422.566(d) and 422.616",
        condition="against the member a current, unrestricted licence",
    ),
    "correct an answer on another ground": Permission(
        roles=(Role.COVERAGE, Role.SUPERVISOR, *CLINICIANS), source="42 CFR 422.566(b) and 422.616"
    ),
    "reopen against the member": Permission(
        roles=(Role.MEDICAL_DIRECTOR,),
        source="42 CFR 422.138(c) and 422.616; that it is a director is assumed",
        condition="on a ground that the pack names",
    ),
    "look at overturned decisions by reviewer": Permission(
        roles=(Role.QUALITY,), source="plan policy, assumed; for quality alone, never for workload or pay"
    ),
    "look into a sensitive case": Permission(
        roles=(Role.SUPERVISOR, *CLINICIANS), source="plan policy, assumed; after 45 CFR 164.502(b)"
    ),
    "look into the quality of treatment": Permission(
        roles=(Role.QUALITY, Role.MEDICAL_DIRECTOR),
        source="plan policy, assumed; CareSource: treatment received is looked at too",
    ),
    "break the glass": Permission(
        roles=(Role.SUPERVISOR,),
        source="plan policy, assumed; 45 CFR 164.312(a)(2)(ii) wants a way for emergencies",
        condition="reads one case for an hour, for a listed reason; acts stay refused",
    ),
    "take a second look": Permission(roles=CLINICIANS, source="plan policy, assumed"),
    "offer a peer-to-peer": Permission(roles=CLINICIANS, source="plan policy, assumed; 42 CFR 422.566(d)"),
    "enter in error": Permission(roles=(Role.SUPERVISOR,), source="plan policy, assumed"),
    "reopen a case": Permission(roles=(Role.SUPERVISOR,), source="plan policy, assumed"),
    "deny or reduce on medical necessity": Permission(
        roles=CLINICIANS, source="42 CFR 422.566(d)", condition="a current, unrestricted licence"
    ),
    "deny on an administrative ground": Permission(
        roles=(Role.COVERAGE, Role.SUPERVISOR, *CLINICIANS),
        source="42 CFR 422.566(b); closed list of the pack",
        condition="a reason of the closed list",
    ),
    "deny because Puerto Rico offers it": Permission(
        roles=(Role.SUPERVISOR, *CLINICIANS),
        source="plan policy, assumed; closed list of the pack",
        condition="a reason of the closed list",
    ),
}


ADVERSELY = {
    ReasonClass.ADMINISTRATIVE: "deny on an administrative ground",
    ReasonClass.AVAILABILITY: "deny because Puerto Rico offers it",
    ReasonClass.MEDICAL_NECESSITY: "deny or reduce on medical necessity",
}
"""The row that a decision against a request takes, by its ground."""


def may(actor: Actor, act_name: str) -> bool:
    return actor.is_any(*TABLE[act_name].roles)


CLINICAL = {
    Regime.MEDICARE_ADVANTAGE: "42 CFR 422.566(d)",
    Regime.PUERTO_RICO: "26 LPRA 9428(b)",
    Regime.MEDICAID: "42 CFR 438.210(b)(3): expertise in the need; that it is a physician's is plan policy",
    Regime.ERISA: "plan policy, assumed; after 42 CFR 422.566(d)",
    Regime.NCQA: "NCQA UM 4, not read",
}
"""That a clinician decides against a request on medical necessity, by regime."""


def require(actor: Actor, act_name: str, source: str | None = None) -> None:
    """Refuse an act that none of the person's roles carries, with its source: the table's, or the law's."""
    if not may(actor, act_name):
        permission = TABLE[act_name]
        roles = " or ".join(role.value.replace("_", " ") for role in permission.roles)
        words = f"{actor.name} ({actor.title}) may not {act_name}; {roles} may"
        raise Refused(words, source or permission.source)


def require_to_decide_adversely(
    actor: Actor, reason_class: ReasonClass, day: date, regime: Regime = Regime.MEDICARE_ADVANTAGE
) -> None:
    """Refuse an adverse determination by anybody without the authority or without a good licence."""
    row = ADVERSELY[reason_class]
    if reason_class is not ReasonClass.MEDICAL_NECESSITY:
        require(actor, row)
        return
    source = CLINICAL[regime]
    require(actor, row, source)
    if actor.licence is None:
        raise Refused(f"{actor.name} has no licence on file; an adverse determination needs one", source)
    if not actor.licence.is_good_on(day):
        licence = actor.licence
        why = f"expired on {licence.expires_on}" if day > licence.expires_on else f"is {licence.status.value}"
        raise Refused(
            f"{actor.name}'s licence {why}; an adverse determination needs a current, unrestricted one",
            source,
        )
