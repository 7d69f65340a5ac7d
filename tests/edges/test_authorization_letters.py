"""The letters of an authorization as the mail house takes them: both languages, every end."""

import pytest

from domain.authorization.announcing import case_told
from domain.case.keeping import keep_appointments
from domain.request.determination import Ending
from domain.terms.people import SYSTEM, Language
from tests.authorized import ISSUED, read_in
from tests.builders import ROOT, at, staff
from tests.telltales import TELLTALES
from worker.adapters.post.spool import Spool


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool", ROOT / "policy" / "letters")


def printed(spool, leave, language):
    member, _ = leave.letters.notices
    text = spool.render(member)
    assert member.language is language
    assert max(len(line) for line in text.splitlines()) <= 80
    words = text.replace(member.name, "").replace(leave.request.requesting_provider.name, "")
    if language is Language.SPANISH:
        assert not TELLTALES.findall(words), TELLTALES.findall(words)
    assert leave.number in text
    return " ".join(text.split())


@pytest.mark.parametrize("language", Language)
def test_the_reminder_says_what_is_left_and_until_when_more_is_asked_for(spool, language):
    leave = read_in(language, units=8)
    keep_appointments(leave, at("2037-05-17 00:00:00 AST"))
    text = printed(spool, leave, language)
    assert ("Of 8 units, 8 are left" if language is Language.ENGLISH else "Quedan 8 de 8 unidades") in text
    assert ("May 31, 2037" if language is Language.ENGLISH else "31 de mayo de 2037") in text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "ending", [Ending.USED_UP, Ending.COVERAGE_ENDED, Ending.CANCELLED, Ending.SUPERSEDED]
)
def test_every_end_that_is_told_says_its_reason_and_speaks_of_no_journey(spool, language, ending):
    leave = read_in(language)
    leave.replaced_by = "AUT-3333-3333-3333-01" if ending is Ending.SUPERSEDED else None
    leave.end(ending, ISSUED, ISSUED, SYSTEM)
    case_told(leave, ISSUED, heard=True)
    text = printed(spool, leave, language)
    assert not any(place in text for place in ("United States", "Estados Unidos", "travel", "viaje"))
    assert leave.permit.service in text
    assert ("AUT-3333-3333-3333-01" in text) is (ending is Ending.SUPERSEDED)
    assert ("this is not a denial" if language is Language.ENGLISH else "no es una denegación") in text
    assert ("appeal" if language is Language.ENGLISH else "apela") not in text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("plan", ["mcs-classicare", "mcs-life"])
def test_one_that_was_voided_says_by_whom_why_and_how_long_it_may_be_appealed_as_a_denial_does(
    spool, language, plan
):
    leave = read_in(language, plan=plan)
    ground = next(row for row in leave.policy.reopening_ground if row.id == "clerical_error")
    leave.void(ground, "the code was mistyped", ISSUED, ISSUED, staff("dir-luna"))
    case_told(leave, ISSUED, heard=True)
    text = printed(spool, leave, language)
    english = language is Language.ENGLISH
    assert ground.words.in_language(language) in text
    assert staff("dir-luna").name in text
    assert ("this is not a denial" if english else "no es una denegación") not in text
    days, day = (
        ("65 calendar days", "65 días calendario"),
        ("the date listed at the top", "la fecha que aparece"),
    )
    if plan == "mcs-life":
        days = ("180 days to appeal", "180 días para apelar")
        day = ("day on which you receive this letter", "día en que reciba esta carta")
        assert ("EXTERNAL REVIEW" if english else "REVISIÓN EXTERNA") in text
    assert days[0 if english else 1] in text
    assert day[0 if english else 1] in text


@pytest.mark.parametrize("language", Language)
def test_a_circumstance_that_came_is_named(spool, language):
    leave = read_in(language, service="E0250")
    leave.end(Ending.EXPIRED, ISSUED, ISSUED, SYSTEM)
    case_told(leave, ISSUED, heard=True)
    assert leave.permit.ends_when.in_language(language) in printed(spool, leave, language)
