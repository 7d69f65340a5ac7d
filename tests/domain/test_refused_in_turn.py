"""What is refused because of what was done before: messages, members in care, coverage, committees, appeals."""

import pytest
from pydantic import ValidationError

from domain.care.acts import ReferAgain
from domain.care.contact import EndCare
from domain.cob.acts import TellFacts
from domain.concurrent.acts import ContinueBenefits
from domain.correction.second_thoughts import TakeBack
from domain.desk.holds import PutOnHold
from domain.desk.likeness import FoundAlike, TellApart
from domain.determination.decisions import Deny
from domain.dispute.acts import Resolve
from domain.message.acts import CallBack, GiveUpMessage, TieMessage
from domain.parts.alike import Likeness
from domain.parts.hold import HoldKind
from domain.policy.notices import MailRun
from domain.remittance.notification import NoticeOfPayment
from domain.technology.acts import AnswerBases, ScopeTechnology
from domain.terms.people import SYSTEM, Words
from domain.terms.refusals import Refused
from tests import cares, cobs, committees, concurrents, disputes, messages
from tests.appealing import NOT_MET, appeal_of, denied, does
from tests.builders import a_case, at, staff
from tests.families import plan

NOON = "2026-11-09 12:00 EASTERN"
MORNING = at("2037-03-03 09:00 AST")
LOOKS = {"number": "PRE-3333-3333-3333", "likeness": Likeness(words="the same services", is_of_service=True)}


def called():
    return messages.called(messages.a_message(), NOON)


def alike():
    return does(a_case(), MORNING, "ic-santos", FoundAlike, **LOOKS)


def decided():
    held = does(a_case(), MORNING, "sup-diaz", PutOnHold, kind=HoldKind.LEGAL, reason="subpoena")
    return does(held, MORNING, "md-ortiz", Deny, **NOT_MET)


def in_spanish():
    return disputes.a_dispute(provider={"language": "es"})


def scoped():
    case, day = committees.a_technology(), "2026-05-05 09:00 EASTERN"
    return committees.does(case, day, "qa-marin", ScopeTechnology, question="For whom?")


ON_FIRST = {"to_received_at": at(messages.SATURDAY_NIGHT)}
TIED = {"to": "PRE-7K2M-9QXD-4HBT"} | ON_FIRST
ANOTHERS = {"family": cobs.facts(plan("ours too", ours=True), cobs.THEIRS)}
TOLD = {
    "line": 1,
    "outcome": "upheld",
    "reason_id": "paid_at_medicare_rate",
    "words": Words(en="It was paid right."),
}
REFUSED = [
    # case, who, act, its words, the sentence
    (called, "ic-santos", CallBack, {"reached": True}, "MSG-1 was called back already; what it belongs to"),
    (called, "ic-santos", GiveUpMessage, {"reason": "x"}, "MSG-1 was called back already; say what it"),
    (messages.a_message, "ic-santos", GiveUpMessage, {}, "because: say why nobody can be reached"),
    (
        lambda: messages.tied(messages.a_message(), NOON),
        "ic-santos",
        TieMessage,
        TIED,
        "MSG-1 belongs to PRE-7K2M-9QXD-4HBT already",
    ),
    (cares.eligible, "cm-reyes", EndCare, {"how": "not_eligible"}, "how: the member was found eligible"),
    (cares.a_case, "cm-reyes", EndCare, {"how": "not_eligible"}, "because: say why the member does not"),
    (cobs.a_case, "ic-santos", TellFacts, ANOTHERS, "coverages: ours is called mcs in this case"),
    (
        cobs.a_case,
        "ic-santos",
        TellFacts,
        {"family": cobs.facts(born="1980-06-02")},
        "born: it is another day than that of this member",
    ),
    (
        concurrents.running,
        "ic-santos",
        ContinueBenefits,
        {},
        "has no end during which benefits could be continued",
    ),
    (a_case, "sup-diaz", PutOnHold, {"kind": HoldKind.LEGAL}, "because: a hold says why"),
    (alike, "ic-santos", TellApart, {}, "because: say how they were told apart, without personal data"),
    (alike, "ic-santos", TellApart, {"other": "PRE-4", "reason": "x"}, "other: PRE-4 looks like PRE-2222"),
    (decided, "md-ortiz", TakeBack, {}, "because: a decision that is taken back says why"),
    (in_spanish, "da-torres", Resolve, TOLD, "words: the provider reads Spanish; give the words in Spanish"),
    (
        committees.a_technology,
        "qa-marin",
        AnswerBases,
        {"evidence": committees.EVIDENCE},
        "evidence: say first which question is asked",
    ),
    (
        scoped,
        "qa-marin",
        AnswerBases,
        {"evidence": [committees.EVIDENCE[0]] * 2},
        "evidence: each basis is answered once",
    ),
]


@pytest.mark.parametrize(("a_new_case", "who", "act", "words", "sentence"), REFUSED)
def test_what_was_done_already_or_says_no_reason_is_refused(a_new_case, who, act, words, sentence):
    case = a_new_case()
    now = max(event.recorded_at for event in case.log.events)
    with pytest.raises(Refused) as refused:
        act(actor=staff(who), **words).refuse_unless_allowed(case, now)
    assert sentence in str(refused.value)


def test_a_member_who_has_left_is_referred_anew_and_not_heard_again():
    case = cares.left()
    again = ReferAgain(actor=SYSTEM, receipt="CAR-2", referred=cares.a_referral())
    with pytest.raises(Refused, match="CAR-1 has ended: "):
        again.check(case, MORNING)


def test_an_appeal_of_a_members_own_has_no_representative_to_write_to():
    with pytest.raises(Refused, match="was not opened by a representative"):
        _ = appeal_of(denied("2037-02-09"), MORNING).representative


ROW = {"in_force_from": "2025-01-01", "source": "ours", "standing": "assumed", "id": "noon", "plans": ()}
NOTHING = [
    (NoticeOfPayment, {}, "give the day of the mailed notice, of the remittance, or of the payment"),
    (MailRun, ROW | {"at": ()}, "a mail run names at least one time"),
    (MailRun, ROW | {"at": ("12:00",), "by": ()}, "a mail run names at least one time"),
]


@pytest.mark.parametrize(("row", "fields", "sentence"), NOTHING)
def test_what_names_no_day_and_no_time_is_refused(row, fields, sentence):
    with pytest.raises(ValidationError, match=sentence):
        row(**fields)
