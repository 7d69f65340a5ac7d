"""Letters that go against somebody, in each regime and in both languages: each says what its law asks for."""

import pytest

from domain.authorization.announcing import case_told
from domain.policy.letters import Element
from domain.review.decisions import Approve
from domain.terms.notice import AGAINST, NoticeKind
from domain.terms.people import Language
from tests.authorized import ISSUED, read_in
from tests.builders import ROOT, pack, staff
from tests.owed import late_answer, refused, reviewed, silent, upheld
from worker.adapters.letter import pages_of
from worker.adapters.spool import Spool

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
