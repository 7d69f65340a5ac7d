"""Who may do what: the table of the department, person by person."""

from datetime import date
from inspect import isabstract
from itertools import filterfalse

import pytest

from domain.case.authority import TABLE, require, require_to_decide_adversely
from domain.request.determination import ReasonClass
from domain.terms.people import SYSTEM, Language, Licence, LicenceStatus, Role
from domain.terms.refusals import Refused
from tests.builders import a_case, staff
from tests.every_act import every_act

CASE = a_case()

TODAY = date(2026, 3, 5)
CLERK, NURSE, PHYSICIAN, COVERAGE = "ic-santos", "rn-rivera", "md-ortiz", "cov-matos"
CARE, SUPERVISOR, DIRECTOR = "cm-reyes", "sup-diaz", "dir-luna"
ANALYST, APPEALS, QUALITY = "da-torres", "ap-soto", "qa-marin"
PEOPLE = (ANALYST, APPEALS, QUALITY, CLERK, NURSE, PHYSICIAN, COVERAGE, CARE, SUPERVISOR, DIRECTOR)

# what, who may: everybody else of the department may not
WHO_MAY = [
    ("work on cases", PEOPLE),
    ("assign work", (SUPERVISOR, DIRECTOR)),
    ("approve", (NURSE, PHYSICIAN, DIRECTOR)),
    ("refer to a physician", (NURSE, PHYSICIAN, DIRECTOR)),
    ("approve a standing referral", (PHYSICIAN, DIRECTOR)),
    ("approve a referral", (NURSE, PHYSICIAN, CARE, DIRECTOR)),
    ("refer a referral to a physician", (NURSE, PHYSICIAN, CARE, DIRECTOR)),
    ("find whether it is available in Puerto Rico", (CARE,)),
    ("coordinate services", (CARE, SUPERVISOR)),
    ("end an authorization", (COVERAGE, SUPERVISOR)),
    ("deny because Puerto Rico offers it", (PHYSICIAN, SUPERVISOR, DIRECTOR)),
    ("confirm an emergency", (NURSE, PHYSICIAN, DIRECTOR)),
    ("refuse to expedite", (NURSE, PHYSICIAN, DIRECTOR)),
    ("extend", (NURSE, PHYSICIAN, SUPERVISOR, DIRECTOR)),
    ("correct", (CLERK, SUPERVISOR)),
    ("toll", (SUPERVISOR,)),
    ("strike another's note", (SUPERVISOR,)),
    ("hold a case", (SUPERVISOR,)),
    ("record an absence", (SUPERVISOR, DIRECTOR)),
    ("correct a policy row", (SUPERVISOR,)),
    ("correct a calendar day", (SUPERVISOR,)),
    ("work on a dispute", (ANALYST, SUPERVISOR)),
    ("confirm money above the limit", (SUPERVISOR,)),
    ("decide good cause", (SUPERVISOR,)),
    ("dismiss a dispute", (SUPERVISOR,)),
    ("say what became of a letter", (CLERK, ANALYST, APPEALS, SUPERVISOR)),
    ("stop a letter that another decided on", (SUPERVISOR,)),
    ("take papers of an appeal", (CLERK, APPEALS, SUPERVISOR)),
    ("decide good cause of an appeal", (APPEALS, SUPERVISOR)),
    ("dismiss an appeal", (APPEALS, SUPERVISOR)),
    ("vacate a dismissal", (SUPERVISOR,)),
    ("record an independent review", (APPEALS, SUPERVISOR)),
    ("decide an appeal on an administrative ground", (PHYSICIAN, COVERAGE, APPEALS, SUPERVISOR, DIRECTOR)),
    ("decide an appeal on medical necessity", (PHYSICIAN, DIRECTOR)),
    ("turn late into timely", (SUPERVISOR,)),
    ("coordinate benefits", (CLERK, COVERAGE, SUPERVISOR)),
    ("manage care", (NURSE, CARE, SUPERVISOR)),
    ("prepare a committee's question", (QUALITY, PHYSICIAN, DIRECTOR)),
    ("give a specialist's opinion", (PHYSICIAN, DIRECTOR)),
    ("review a guideline", (PHYSICIAN, DIRECTOR)),
    ("record a committee's vote", (QUALITY, DIRECTOR)),
    ("tell of a committee's decision", (QUALITY, SUPERVISOR)),
    ("sort a grievance", (CLERK, APPEALS, SUPERVISOR)),
    ("answer a grievance", (PHYSICIAN, APPEALS, SUPERVISOR, DIRECTOR)),
    ("take back another's decision", (DIRECTOR,)),
    ("correct an answer on medical necessity", (PHYSICIAN, DIRECTOR)),
    ("correct an answer on another ground", (PHYSICIAN, COVERAGE, SUPERVISOR, DIRECTOR)),
    ("reopen against the member", (DIRECTOR,)),
    ("look at overturned decisions by reviewer", (QUALITY,)),
    ("offer a peer-to-peer", (PHYSICIAN, DIRECTOR)),
    ("look into a sensitive case", (PHYSICIAN, SUPERVISOR, DIRECTOR)),
    ("look into the quality of treatment", (QUALITY, DIRECTOR)),
    ("break the glass", (SUPERVISOR,)),
    ("take a second look", (PHYSICIAN, DIRECTOR)),
    ("enter in error", (SUPERVISOR,)),
    ("reopen a case", (SUPERVISOR,)),
    ("deny or reduce on medical necessity", (PHYSICIAN, DIRECTOR)),
    ("deny on an administrative ground", (PHYSICIAN, COVERAGE, SUPERVISOR, DIRECTOR)),
]


def may(person, act_name):
    try:
        require(staff(person), act_name)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(("act_name", "people"), WHO_MAY)
def test_authority_is_given_by_role(act_name, people):
    assert {person for person in PEOPLE if may(person, act_name)} == set(people)


def test_the_table_above_is_the_whole_table():
    assert {act_name for act_name, _ in WHO_MAY} == set(TABLE)


@pytest.mark.parametrize("act_name", [act_name for act_name in TABLE if act_name != "work on cases"])
def test_the_system_itself_decides_extends_and_corrects_nothing(act_name):
    with pytest.raises(Refused):
        require(SYSTEM, act_name)


@pytest.mark.parametrize("act_name", TABLE)
def test_a_refusal_names_the_person_the_deed_who_may_and_the_source(act_name):
    nobody = staff(CARE).model_copy(update={"roles": frozenset()})

    with pytest.raises(Refused) as refused:
        require(nobody, act_name)

    assert str(refused.value).startswith(f"Pedro Reyes (Care-management specialist) may not {act_name}; ")
    assert refused.value.source == TABLE[act_name].source


# who, on what ground, the refusal
ADVERSE = [
    (PHYSICIAN, ReasonClass.MEDICAL_NECESSITY, None),
    (DIRECTOR, ReasonClass.MEDICAL_NECESSITY, None),
    (NURSE, ReasonClass.MEDICAL_NECESSITY, "may not deny or reduce on medical necessity"),
    (COVERAGE, ReasonClass.MEDICAL_NECESSITY, "may not deny or reduce on medical necessity"),
    (SUPERVISOR, ReasonClass.MEDICAL_NECESSITY, "may not deny or reduce on medical necessity"),
    ("md-restricted", ReasonClass.MEDICAL_NECESSITY, "licence is restricted"),
    ("md-expired", ReasonClass.MEDICAL_NECESSITY, "licence expired on 2025-06-30"),
    (COVERAGE, ReasonClass.ADMINISTRATIVE, None),
    (SUPERVISOR, ReasonClass.ADMINISTRATIVE, None),
    ("md-expired", ReasonClass.ADMINISTRATIVE, None),
    (NURSE, ReasonClass.ADMINISTRATIVE, "may not deny on an administrative ground"),
    (CLERK, ReasonClass.ADMINISTRATIVE, "may not deny on an administrative ground"),
]


@pytest.mark.parametrize(("person", "ground", "refusal"), ADVERSE)
def test_an_adverse_answer_needs_the_authority_and_on_necessity_a_good_licence(person, ground, refusal):
    if refusal is None:
        require_to_decide_adversely(staff(person), ground, TODAY)
        return
    with pytest.raises(Refused, match=refusal):
        require_to_decide_adversely(staff(person), ground, TODAY)


def test_a_physician_without_a_licence_on_file_decides_nothing_adverse():
    unlicensed = staff(PHYSICIAN).model_copy(update={"licence": None})

    with pytest.raises(Refused, match="no licence on file"):
        require_to_decide_adversely(unlicensed, ReasonClass.MEDICAL_NECESSITY, TODAY)


@pytest.mark.parametrize(
    ("status", "day", "good"),
    [
        (LicenceStatus.UNRESTRICTED, date(2026, 3, 4), True),
        (LicenceStatus.UNRESTRICTED, date(2026, 3, 5), True),  # its last day
        (LicenceStatus.UNRESTRICTED, date(2026, 3, 6), False),
        (LicenceStatus.RESTRICTED, date(2026, 3, 4), False),
        (LicenceStatus.SUSPENDED, date(2026, 3, 4), False),
    ],
)
def test_a_licence_is_good_through_its_last_day(status, day, good):
    licence = Licence(state="PR", number="MD-1", status=status, expires_on=TODAY)

    assert licence.is_good_on(day) is good


@pytest.mark.parametrize(
    ("day", "why"), [(date(2026, 3, 5), "is suspended"), (date(2026, 3, 6), "expired on 2026-03-05")]
)
def test_a_licence_that_is_no_good_on_its_last_day_has_not_expired(day, why):
    licence = Licence(state="PR", number="MD-1", status=LicenceStatus.SUSPENDED, expires_on=TODAY)
    physician = staff(PHYSICIAN).model_copy(update={"licence": licence})
    with pytest.raises(Refused, match=why):
        require_to_decide_adversely(physician, ReasonClass.MEDICAL_NECESSITY, day)


def test_somebody_with_two_roles_may_do_what_either_may():
    both = staff(CLERK).model_copy(update={"roles": frozenset({Role.INTAKE, Role.NURSE})})

    require(both, "correct")
    require(both, "approve")


def test_whoever_decided_signs_with_their_title_in_the_readers_language():
    physician = staff("md-ortiz")
    untranslated = physician.model_copy(update={"title_es": None})

    assert physician.signed(Language.SPANISH) == "Elena Ortiz, médica revisora"
    assert physician.signed(Language.ENGLISH) == "Elena Ortiz, Physician reviewer"
    assert untranslated.signed(Language.SPANISH) == "Elena Ortiz, Physician reviewer"


@pytest.mark.parametrize("act", sorted(filterfalse(isabstract, every_act()), key=str))
def test_whoever_has_no_role_is_refused_every_act_before_anything_else_is_asked(act):
    nobody = staff("ic-santos").model_copy(update={"roles": frozenset()})
    with pytest.raises(Refused, match="may not"):
        act.model_construct(actor=nobody, receipt="PRE-2").refuse_unless_allowed(CASE, CASE.received_at)
