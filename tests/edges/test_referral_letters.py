"""The letters of a referral as the mail house takes them: every one in both languages, to the right readers."""

from datetime import date

import pytest

from domain.referral import coordination
from domain.referral.coordination_acts import AgreeDates
from domain.request.network import UsBenefit, UsScope
from domain.terms.notice import NoticeKind, Recipient
from domain.terms.people import Language
from tests.builders import ROOT, staff
from tests.referral_letters import CASES, acted, sent
from tests.telltales import TELLTALES
from worker.adapters.post.spool import Spool

ENGLISH, SPANISH = Language


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool", ROOT / "policy" / "letters")


@pytest.mark.parametrize("kind", CASES)
@pytest.mark.parametrize("language", Language)
def test_each_letter_goes_to_its_readers_in_their_language(spool, kind, language):
    build, readers = CASES[kind]
    letters = [notice for notice in build(language).letters.notices if notice.kind is kind]
    assert [letter.recipient for letter in letters] == readers
    for letter in letters:
        own = ENGLISH if letter.recipient is Recipient.US_PROVIDER else language
        assert letter.language is own
        text = spool.render(letter)
        assert max(len(line) for line in text.splitlines()) <= 80
        if own is SPANISH:
            assert not TELLTALES.findall(_without_names(text, letter)), TELLTALES.findall(text)


def _without_names(text, letter):
    """The words of the letter itself: names and addresses are what they are, in any language."""
    names = [str(value) for value in letter.facts.values() if isinstance(value, str)]
    for name in sorted([*names, letter.name, letter.address or ""], key=len, reverse=True):
        for word in name.split() if name else ():
            text = text.replace(word, "")
    return text


@pytest.mark.parametrize("language", Language)
def test_a_preauthorization_can_be_read_in_spanish_too(spool, language):
    [letter] = [one for one in sent(language).letters.notices if one.kind is NoticeKind.PREAUTHORIZATION]
    text = " ".join(spool.render(letter.model_copy(update={"language": language})).split())
    assert "1-800-981-4766" in text
    assert str(letter.facts["number"]) in text


@pytest.mark.parametrize(
    ("benefit", "said"),
    [
        (UsBenefit(scope=UsScope.UNAVAILABLE, coinsurance={"percent": "20"}), "20 percent of the charge"),
        (UsBenefit(scope=UsScope.UNAVAILABLE, coinsurance={"amount": "150.00"}), "$150.00"),
        (UsBenefit(scope=UsScope.UNAVAILABLE), "your policy or certificate of benefits says"),
    ],
)
def test_the_coinsurance_is_what_the_directory_says_else_what_the_members_own_policy_says(
    spool, benefit, said
):
    case = sent(ENGLISH)
    case.coverage = case.coverage.model_copy(update={"us": benefit})
    coordination.owe_coinsurance(case, case.arrangements[1], case.received_at)
    assert said in " ".join(spool.render(case.letters.notices[-1]).split())


def test_what_a_letter_says_of_the_day_is_the_day_that_was_agreed(spool):
    case = acted(sent(ENGLISH), AgreeDates(actor=staff("cm-reyes"), on=date(2037, 7, 27)))
    letters = [one for one in case.letters.notices if one.kind is NoticeKind.PREAUTHORIZATION]
    assert ["Agreed for July 13, 2037" in spool.render(one) for one in letters] == [True, False]
    assert "Agreed for July 27, 2037" in spool.render(letters[-1])
