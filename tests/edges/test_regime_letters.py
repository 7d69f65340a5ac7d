"""Letters that go against somebody, in each regime and in both languages: each says what its law asks for."""

from datetime import date

import pytest
from jinja2 import UndefinedError

from config.checks.letters import external_reviews_have_a_price
from domain.authorization.announcing import case_told
from domain.determination.decisions import Approve, Deny
from domain.policy.letters import Element
from domain.request.line import Coverage
from domain.terms.notice import AGAINST, NoticeKind
from domain.terms.people import Language
from tests.authorized import ISSUED, read_in
from tests.builders import ROOT, a_case, pack, staff
from tests.owed import late_answer, refused, reviewed, silent, upheld
from tests.request_letters import acted, asked, one_of_two_extended
from worker.adapters.letter import pages_of
from worker.adapters.post.spool import Spool

PLANS = {
    "medicare_advantage": "mcs-classicare",
    "puerto_rico": "mcs-life",
    "medicaid": "caresource",
    "erisa": "self-funded-sample",
}


def voided(language, plan):
    leave = read_in(language, plan=plan)
    ground = next(row for row in leave.policy.reopening_ground if row.id == "clerical_error")
    leave.void(ground, "the code was mistyped", ISSUED, ISSUED, staff("dir-luna"))
    case_told(leave, ISSUED, heard=True)
    return leave


OWED = {
    NoticeKind.DETERMINATION: refused,
    NoticeKind.MISSED_DEADLINE: silent,
    NoticeKind.AUTHORIZATION_ENDED: voided,
    NoticeKind.APPEAL_DECISION: upheld,
    NoticeKind.APPEAL_LATE: late_answer,
}
EVERY = [
    pytest.param(law, kind, language, id=f"{law} {kind.value} {language.value}")
    for law in PLANS
    for kind in OWED
    for language in Language
]


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool", ROOT / "policy" / "letters")


def letter(law, kind, language):
    case = OWED[kind](language, PLANS[law])
    return next(one for one in case.letters.notices if one.kind is kind and one.language is language)


def elements(law, kind) -> list[Element]:
    return [row for row in pack().element if row.regime.value == law and kind in row.notices]


@pytest.mark.parametrize(("law", "kind", "language"), EVERY)
def test_a_letter_that_goes_against_somebody_says_all_that_its_law_asks_for(spool, law, kind, language):
    text = " ".join(spool.render(letter(law, kind, language)).split())

    asked = elements(law, kind)
    assert len(asked) > 3
    assert [row.id for row in asked if row.stands.in_language(language) not in text] == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("state", "days"), [("ohio", 90), ("indiana", 120), ("georgia", 120)])
def test_a_letter_in_medicaid_gives_the_days_of_its_own_state_to_ask_for_a_hearing(
    spool, state, days, language
):
    case = refused(language, f"caresource-{state}")
    notice = next(one for one in case.letters.notices if one.kind is NoticeKind.DETERMINATION)
    text = " ".join(spool.render(notice).split())
    [window] = [row for row in elements("medicaid", notice.kind) if row.id == "medicaid-hearing-window"]

    assert f"{days} {window.stands.in_language(language)}" in text


DECIDED = {
    NoticeKind.DETERMINATION: "md-ortiz",
    NoticeKind.AUTHORIZATION_ENDED: "dir-luna",
    NoticeKind.APPEAL_DECISION: None,
}
"""Letters that tell what a person decided, and who that was; of an appeal, whoever had no part before."""
BY = {Language.ENGLISH: ("Decided by", "who had no part in the first answer")}
BY[Language.SPANISH] = ("Decisión de", "que no participó en la primera respuesta")


@pytest.mark.parametrize("law", PLANS)
@pytest.mark.parametrize("kind", DECIDED)
@pytest.mark.parametrize("language", Language)
def test_whoever_decided_against_somebody_is_named_with_their_title(spool, law, kind, language):
    text = " ".join(spool.render(letter(law, kind, language)).split())
    peer = "md-vega" if law == "medicare_advantage" else "md-cruz"
    who = staff(DECIDED[kind] or peer).signed(language)

    said, apart = BY[language]
    if kind is NoticeKind.AUTHORIZATION_ENDED:
        said = "Lo decidió" if language is Language.SPANISH else said
    assert f"{said} {who}" in text
    assert (apart in text) is (kind is NoticeKind.APPEAL_DECISION)


@pytest.mark.parametrize("kind", OWED)
@pytest.mark.parametrize("language", Language)
def test_in_puerto_rico_each_says_what_an_external_review_costs_and_without_that_it_does_not_leave(
    spool, kind, language
):
    notice = letter("puerto_rico", kind, language)
    costs = notice.facts["appeal_costs"]

    assert "$25" in costs
    assert costs in " ".join(spool.render(notice).split())
    without = {name: value for name, value in notice.facts.items() if name != "appeal_costs"}
    with pytest.raises(UndefinedError):
        spool.render(notice.model_copy(update={"facts": without}))


@pytest.mark.parametrize(("law", "kind", "language"), EVERY)
def test_it_can_be_put_on_paper(spool, law, kind, language):
    assert pages_of(spool.print(letter(law, kind, language))) in {1, 2, 3}


def test_no_letter_that_may_go_against_somebody_is_left_out_here():
    assert set(OWED) == AGAINST
    assert set(PLANS) == {plan.regimes[0].value for plan in pack().plan}


@pytest.mark.parametrize("law", PLANS)
def test_good_news_has_one_template_everywhere(spool, law):
    case = reviewed(Language.ENGLISH, "rn-rivera", Approve, PLANS[law])

    assert "good news" in spool.render(case.letters.notices[0])


def test_the_list_of_letters_says_which_wording_nobody_has_verified(spool):
    notice = letter("medicare_advantage", NoticeKind.DETERMINATION, Language.ENGLISH)

    assert spool._template_of(notice) == "integrated_denial.en 1 2026-11-28 unverified"


def test_a_plan_in_puerto_rico_whose_letters_could_not_say_what_it_costs_is_a_fault():
    plans = [one.model_copy(update={"external_review": None}) for one in pack().plan]
    faults = external_reviews_have_a_price(pack().model_copy(update={"plan": tuple(plans)}))

    assert [fault.row for fault in faults] == ["mcs-life", "mcs-life-accredited"]


KEEPS_ITS_DAY = {
    Language.ENGLISH: (
        "gives no more time for service 2",
        "have our answer about it by March 5, 2037, as before",
    ),
    Language.SPANISH: ("no da más tiempo para el servicio 2", "más tardar el 5 de marzo de 2037, como antes"),
}


@pytest.mark.parametrize("language", Language)
def test_an_extension_gives_a_part_b_drug_no_more_time_and_its_letter_says_so(spool, language):
    letters = one_of_two_extended(language).letters.notices
    notice = next(one for one in letters if one.kind is NoticeKind.EXTENSION)
    text = " ".join(spool.render(notice).split())

    assert [said for said in KEEPS_ITS_DAY[language] if said not in text] == []
    assert "J9271" in text


@pytest.mark.parametrize("law", PLANS)
@pytest.mark.parametrize(
    ("language", "day", "end"),
    [
        (
            Language.ENGLISH,
            "Date of service: April 1, 2037",
            "your coverage with us ended on February 28, 2037",
        ),
        (Language.SPANISH, "1 de abril de 2037", "su cubierta con nosotros terminó el 28 de febrero de 2037"),
    ],
)
def test_a_denial_because_there_is_no_coverage_says_for_which_day_and_when_it_ended(
    spool, law, language, day, end
):
    case = a_case(asked(language, plan=PLANS[law]))
    gone = Coverage(eligible=False, covered=False, because="not eligible", through=date(2037, 2, 28))
    case.coverage_found(gone, case.received_at)
    acted(case, Deny(actor=staff("cov-matos"), reason_id="not_eligible_on_date"))
    text = " ".join(spool.render(case.letters.notices[0]).split())

    assert day in text
    assert end in text
