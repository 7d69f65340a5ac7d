"""What nobody does out of its order while a service in the United States is arranged: one sentence each."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest

from domain.correction.second_thoughts import TakeBack
from domain.desk.holds import PutOnHold
from domain.determination.decisions import Approve
from domain.parts.hold import HoldKind
from domain.referral import follow_up
from domain.referral.acts import FindAvailability
from domain.referral.arrangement import Arrangement
from domain.referral.coordination_acts import (
    AgreeDates,
    Choose,
    ChoosePlace,
    Confirm,
    ProviderAnswer,
    RecordReturn,
    Send,
    TellCoinsurance,
)
from domain.referral.form import refuse_wrong_days
from domain.request.determination import Ending
from domain.request.line import Coverage
from domain.terms.refusals import Refused
from tests.appealing import does, refusal
from tests.builders import a_line, at, staff
from tests.fakes import NETWORK
from tests.referrals import (
    ASKED,
    CALL,
    LOCAL,
    ORLANDO,
    PROTON_CENTER,
    SERVICE_DAY,
    a_referral,
    a_referral_case,
)

RECEIVED = at("2037-06-02 11:30 AST")
NOW = at("2037-06-10 10:00 AST")
TAMPA = {"place": {"city": "Tampa", "state": "FL"}}


def an_approved(found=True, **done):
    """A referral that is approved, with so much of its arrangement done."""
    case = a_referral_case()
    does(case, NOW, "cm-reyes", FindAvailability, available=False, inquiries=ASKED)
    does(case, NOW, "cm-reyes", Approve)
    case.network = {1: NETWORK} if found else None
    case.arrangements[1] = Arrangement(line=1, **done)
    return case


CHOSEN = {"provider": NETWORK[0]}
ACCEPTED = CHOSEN | {"accepted_at": NOW}
AGREED = ACCEPTED | {"service_day": SERVICE_DAY}
OWED = AGREED | {"authorization_letter": "a letter", "coinsurance_letter": "another"}
DONE = OWED | {"confirmed_at": NOW}
CONFIRMED_ALREADY = "line 1 is confirmed; a new day opens it again"

OUT_OF_ORDER = [
    # what is done, the act, its words, the sentence
    ({}, Choose, {"npi": PROTON_CENTER, "line": 2}, "coordinates no line 2"),
    (CHOSEN, Choose, {"npi": PROTON_CENTER}, f"line 1 is with {NETWORK[0].name}; record its answer first"),
    (CHOSEN, ChoosePlace, TAMPA, "line 1 is with a provider; record its answer first"),
    (DONE | {"over_at": NOW}, ChoosePlace, TAMPA, "REF-2222-2222-2222 coordinates nothing"),
    ({"found": False}, Choose, {"npi": PROTON_CENTER}, "is being asked about the network; try again"),
    ({}, ProviderAnswer, {"accepted": True}, "nobody was chosen whose answer it could be"),
    (ACCEPTED, ProviderAnswer, {"accepted": True}, f"{NETWORK[0].name} has accepted already"),
    (CHOSEN, AgreeDates, {"on": SERVICE_DAY}, "no provider has accepted yet"),
    (AGREED, AgreeDates, {"on": SERVICE_DAY}, "on: that is the day already"),
    (ACCEPTED, AgreeDates, {"on": date(2037, 6, 9)}, "on: the day lies in the past"),
    ({}, Send, {}, "no provider is chosen"),
    (CHOSEN, Send, {}, f"{NETWORK[0].name} has not accepted yet"),
    (ACCEPTED, Send, {}, "no day is agreed yet"),
    (OWED, Send, {}, f"the pre-authorization was sent to {NETWORK[0].name} already"),
    (OWED, TellCoinsurance, {}, "the member was told the coinsurance already"),
    (OWED, Confirm, {}, "its letters have not left yet; try again in a moment"),
    (OWED, RecordReturn, {}, "line 1 is not confirmed yet"),
    (DONE, Send, {}, CONFIRMED_ALREADY),
    (DONE, Confirm, {}, CONFIRMED_ALREADY),
    (DONE, ProviderAnswer, {"accepted": True}, CONFIRMED_ALREADY),
    (DONE, RecordReturn, {}, "the day of the service has not come yet"),
]


@pytest.mark.parametrize(("done", "act", "words", "sentence"), OUT_OF_ORDER)
def test_a_step_out_of_its_order_is_refused_with_what_comes_first(done, act, words, sentence):
    assert sentence in refusal(an_approved(**done), NOW, "cm-reyes", act, **words)


def test_a_confirmed_provider_may_still_decline_and_the_choice_opens_again():
    case = does(an_approved(**DONE), NOW, "cm-reyes", ProviderAnswer, accepted=False, because="no bed")

    [arrangement] = case.open_arrangements
    assert (arrangement.provider, arrangement.confirmed_at) == (None, None)
    assert "has declined already" in refusal(case, NOW, "cm-reyes", Choose, npi=NETWORK[0].npi)


def test_of_two_lines_one_is_named():
    case = a_referral_case(lines=[a_line(n, "77520", from_day="2037-07-13") for n in (1, 2)])
    case.arrangements = {n: Arrangement(line=n) for n in (1, 2)}

    assert "coordinates 2 lines; name one with --line" in refusal(case, NOW, "cm-reyes", TellCoinsurance)


FINDINGS = [
    ({"available": True}, "local: who gives the service in Puerto Rico?"),
    (
        {"available": False, "local": LOCAL},
        "local: a provider in Puerto Rico is named where one gives the service",
    ),
    (
        {"available": False, "inquiries": ({**ASKED[0], "on": "2037-06-11"},)},
        "inquiries: nobody was asked in the future",
    ),
]


@pytest.mark.parametrize(("found", "sentence"), FINDINGS)
def test_a_finding_says_who_gives_the_service_and_whom_it_was_asked(found, sentence):
    assert sentence in refusal(
        a_referral_case(), NOW, "cm-reyes", FindAvailability, **({"inquiries": ASKED} | found)
    )


def test_what_was_begun_to_arrange_is_over_when_the_approval_is_taken_back():
    case = a_referral_case()
    does(case, NOW, "sup-diaz", PutOnHold, kind=HoldKind.LEGAL, reason="subpoena")
    does(case, NOW, "cm-reyes", FindAvailability, available=False, inquiries=ASKED)
    does(case, NOW, "cm-reyes", Approve)
    assert case.arrangements

    does(case, NOW + timedelta(hours=1), "cm-reyes", TakeBack, reason="read the wrong order")

    [line] = case.lines
    assert not case.arrangements
    assert (line.determination, line.announced_at, line.authorization) == (None, None, None)


def test_an_authorization_that_has_ended_leaves_nobody_to_decide_what_follows_from_a_lapse_of_coverage():
    case = an_approved()
    lapsed = Coverage(eligible=False, covered=False, because="coverage ended")
    follow_up.eligibility_found(case, lapsed, SERVICE_DAY, NOW)
    assert follow_up.LAPSED in {work.what for work in case.work.open}

    case.authorization_ended(case.lines[0], Ending.CANCELLED, at=NOW, now=NOW, by=staff("cm-reyes"))

    assert follow_up.LAPSED not in {work.what for work in case.work.open}


@pytest.mark.parametrize(
    ("days", "visit", "sentence"),
    [
        (-1, ORLANDO, "lines.0.from_day: the day lies in the past; ask about what was received already"),
        (0, ORLANDO, ""),
        (1, ORLANDO, ""),
        (-1, ORLANDO | {"retrospective": True}, ""),
        (0, ORLANDO | {"retrospective": True}, ""),
        (
            1,
            ORLANDO | {"retrospective": True},
            "lines.0.from_day: the day lies ahead, so it was not received",
        ),
    ],
)
def test_a_service_lies_ahead_or_was_received_already_and_may_be_of_today(days, visit, sentence):
    asked = a_referral(from_day=str(CALL.date() + timedelta(days=days)), visit=visit)
    with pytest.raises(Refused, match=sentence) if sentence else nullcontext():
        refuse_wrong_days(asked, CALL.date())


def test_a_day_is_agreed_from_the_first_of_the_authorization_through_its_last():
    case = an_approved(**ACCEPTED)
    [line], (first, last) = case.lines, (SERVICE_DAY, SERVICE_DAY + timedelta(days=9))
    line.authorization = line.authorization.model_copy(update={"through": last})
    for good, beside in ((first, first - timedelta(days=1)), (last, last + timedelta(days=1))):
        AgreeDates(actor=staff("cm-reyes"), on=good).check(case, NOW)
        with pytest.raises(Refused, match=f"is good from {first} through {last}"):
            AgreeDates(actor=staff("cm-reyes"), on=beside).check(case, NOW)


@pytest.mark.parametrize(
    ("how", "is_good"),
    [
        ({"ended_as": Ending.CANCELLED, "ended_at": NOW}, True),
        ({"ended_as": Ending.CANCELLED, "ended_at": NOW - timedelta(days=1)}, False),
        ({"ended_as": Ending.USED_UP, "ended_at": NOW}, False),
    ],
)
def test_only_what_ended_with_the_withdrawal_is_good_again_with_it(how, is_good):
    case = an_approved()
    [line] = case.lines
    line.authorization = line.authorization.model_copy(update=how)
    case.undo_withdrawal(NOW)
    assert (line.authorization.ended_as is None) is is_good
