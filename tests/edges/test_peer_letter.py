"""The letter that offers a conversation: to the provider alone, and nothing in it reads as a denial."""

import re

import pytest

from domain.determination.peer_to_peer import OfferPeerToPeer
from domain.terms.people import Language
from tests.builders import ROOT, a_case, a_request, at, staff
from worker.adapters.post.spool import Spool

LIKE_A_DENIAL = re.compile(
    r"den(y|ied|ial)|not approve|appeal|neg(ar|ada|ación)|no aprob|apelar", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("language", "undecided", "until"),
    [
        (Language.ENGLISH, "We have not decided.", "until 09:00 AST on March 4, 2037"),
        (Language.SPANISH, "No hemos decidido.", "hasta las 09:00 AST del 4 de marzo de 2037"),
    ],
)
def test_an_offered_conversation_is_told_to_the_provider_and_does_not_read_as_a_denial(
    tmp_path, language, undecided, until
):
    provider = {"name": "Luis Ortiz MD", "npi": "1234567893", "language": language}
    case = a_case(a_request(requesting_provider=provider))
    now = at("2037-03-03 09:00 AST")
    offer = OfferPeerToPeer(actor=staff("md-ortiz"))
    offer.refuse_unless_allowed(case, now)
    offer.apply(case, now)

    [letter] = case.letters.unsent
    said = " ".join(Spool(tmp_path, ROOT / "policy" / "letters").render(letter).split())

    assert letter.recipient.value == "provider"
    assert undecided in said
    assert until in said
    assert "Elena Ortiz" in said
    assert not LIKE_A_DENIAL.search(said)
