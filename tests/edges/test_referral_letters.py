"""The letters of a referral as the mail house takes them: every one in both languages, to the right readers."""

from datetime import date, timedelta

import pytest

from domain.referral import coordination
from domain.referral.acts import FindAvailability
from domain.referral.coordination_acts import AgreeDates, Choose, ProviderAnswer, Send, TellCoinsurance
from domain.request.determination import Ending
from domain.request.network import UsBenefit, UsScope
from domain.review import screening
from domain.review.decisions import Approve
from domain.terms.notice import NoticeKind, Recipient
from domain.terms.people import SYSTEM, Language
from tests.builders import ROOT, a_line, staff
from tests.edges.test_spool import PROVIDER, TELLTALES
from tests.fakes import NETWORK
from tests.referrals import ASKED, LAKESIDE, LOCAL, SERVICE_DAY, a_referral_case, in_writing
from worker.adapters.spool import Spool

ENGLISH, SPANISH = Language


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool", ROOT / "policy" / "letters")


def acted(case, *acts):
    now = case.received_at + timedelta(hours=1)
    for act in acts:
        act.refuse_unless_allowed(case, now)
        act.apply(case, now)
        case.settle(now)
    return case


def asked(language, **changes):
    provider = PROVIDER | {"language": language}
    return a_referral_case(in_writing(member={"language": language}, requesting_provider=provider, **changes))


def offered(language):
    finding = FindAvailability(actor=staff("cm-reyes"), available=True, inquiries=ASKED, local=LOCAL)
    return acted(asked(language), finding)


def sent(language):
    case, specialist = asked(language), staff("cm-reyes")
    finding = FindAvailability(actor=specialist, available=False, inquiries=ASKED)
    acted(case, finding, Approve(actor=specialist))
    coordination.network_found(case, {1: NETWORK}, case.received_at)
    return acted(
        case,
        Choose(actor=specialist, npi=LAKESIDE),
        ProviderAnswer(actor=specialist, accepted=True),
        AgreeDates(actor=specialist, on=SERVICE_DAY),
        Send(actor=specialist),
        TellCoinsurance(actor=specialist),
    )


def ended(language):
    case = sent(language)
    now = case.received_at + timedelta(hours=2)
    coordination.end_authorizations(case, Ending.COVERAGE_ENDED, now, now, SYSTEM)
    return case


def emergency(language):
    lines = [a_line(1, "99285", place_of_service="23", from_day="2037-06-02")]
    case = asked(language, emergency=True, lines=lines)
    screening.inform_not_required(case, screening.why_none_is_needed(case), case.received_at)
    return case


CASES = {
    NoticeKind.AVAILABLE_LOCALLY: (offered, [Recipient.MEMBER, Recipient.PROVIDER]),
    NoticeKind.PREAUTHORIZATION: (sent, [Recipient.US_PROVIDER]),
    NoticeKind.COINSURANCE: (sent, [Recipient.MEMBER]),
    NoticeKind.AUTHORIZATION_ENDED: (ended, [Recipient.MEMBER, Recipient.PROVIDER, Recipient.US_PROVIDER]),
    NoticeKind.NOT_REQUIRED: (emergency, [Recipient.MEMBER, Recipient.PROVIDER]),
}


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
    assert said in " ".join(spool.render(case.notices[-1]).split())


def test_what_a_letter_says_of_the_day_is_the_day_that_was_agreed(spool):
    case = acted(sent(ENGLISH), AgreeDates(actor=staff("cm-reyes"), on=date(2037, 7, 27)))
    letters = [one for one in case.letters.notices if one.kind is NoticeKind.PREAUTHORIZATION]
    assert ["Agreed for July 13, 2037" in spool.render(one) for one in letters] == [True, False]
    assert "Agreed for July 27, 2037" in spool.render(letters[-1])
