"""What a referral is, without an engine: its form, its network, its open steps, its clocks."""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.clock.agenda import Occasion
from domain.clock.timeframe import Services
from domain.parts.stage import Stage
from domain.policy.papers import fault_of
from domain.policy.referrals import Step
from domain.referral.acts import LookAgain
from domain.referral.arrangement import Arrangement
from domain.referral.form import ReferralForm, refuse_wrong_days
from domain.referral.letters import coinsurance
from domain.request.line import Coverage
from domain.request.network import Coinsurance, NetworkProvider, UsBenefit, UsScope
from domain.request.receipt import everything_of
from domain.request.request import Request
from domain.request.visit import Place, Visit
from domain.terms.refusals import Refused
from domain.view.referral_showing import coordination_of, network_of
from tests.authorized import an_authorization
from tests.builders import ROOT, a_line, at, pack, staff
from tests.fakes import NETWORK
from tests.referrals import ORDER, ORLANDO, a_referral, a_referral_case, in_writing

TODAY = date(2037, 6, 2)
ER = a_line(1, "99285", place_of_service="23", from_day="2037-06-01")


def a_form(**changes):
    fields = in_writing().model_dump(mode="json", exclude_none=True) | changes
    return ReferralForm.model_validate(fields)


def test_a_request_alone_is_no_referral_and_a_transfer_stands_beside_an_emergency():
    with pytest.raises(ValidationError, match="visit"):
        ReferralForm.model_validate(in_writing(visit=None).model_dump(mode="json", exclude_none=True))
    transfer = {"urgency": "expedited", "lines": [a_line(1, "33533", from_day="2037-06-03")]}
    with pytest.raises(ValidationError, match="beside an emergency"):
        a_form(transfer=transfer)
    form = a_form(emergency=True, lines=[ER], transfer=transfer)
    beside = form.asked_beside
    assert type(form.asked) is type(beside) is Request
    assert (form.asked.emergency, beside.emergency, beside.urgency.value) == (True, False, "expedited")
    assert (form.asked.services, beside.services) == (("99285",), ("33533",))
    assert beside.member == form.member
    assert everything_of(form.asked) != everything_of(beside)


def test_the_same_request_at_home_and_on_the_mainland_are_two():
    assert everything_of(in_writing()) != everything_of(in_writing(visit=None))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"from_day": "2037-06-01"}, "lines.0.from_day: the day lies in the past"),
        ({"visit": ORLANDO | {"retrospective": True}}, "lines.0.from_day: the day lies ahead"),
    ],
)
def test_a_service_lies_ahead_unless_it_was_received_already(changes, said):
    with pytest.raises(Refused, match=said):
        refuse_wrong_days(in_writing(**changes), TODAY)


@pytest.mark.parametrize(
    "changes",
    [
        {"from_day": "2037-06-02"},
        {"from_day": "2037-05-04", "visit": ORLANDO | {"retrospective": True}},
        {"lines": [ER], "emergency": True},
    ],
)
def test_today_what_was_received_already_and_an_emergency_are_no_wrong_days(changes):
    refuse_wrong_days(in_writing(**changes), TODAY)


def test_what_was_received_already_cannot_be_urgent():
    with pytest.raises(ValidationError, match="received already"):
        a_form(visit=ORLANDO | {"retrospective": True}, urgency="expedited")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, Services.LISTED),
        ({"service": "99999"}, Services.LISTED),  # everything on the mainland needs leave
        ({"service": "J9271"}, Services.PART_B_DRUG),
        ({"visit": ORLANDO | {"retrospective": True}}, Services.POST_SERVICE),
        ({"service": "99999", "visit": None}, Services.UNLISTED),
    ],
)
def test_which_rows_time_a_line(changes, kind):
    assert a_referral_case(in_writing(**changes)).lines[0].kind is kind


@pytest.mark.parametrize(
    ("changes", "gives"),
    [
        ({}, True),
        ({"place": Place(city="orlando", state="fl")}, True),
        ({"place": Place(city="Orlando", state="KY")}, False),
        ({"services": ("77520",)}, True),
        ({"services": ("77523",)}, False),
        ({"since": date(2037, 7, 13)}, True),
        ({"since": date(2037, 7, 14)}, False),
        ({"through": date(2037, 7, 13)}, True),
        ({"through": date(2037, 7, 12)}, False),
    ],
)
def test_a_provider_gives_a_service_in_its_place_while_it_is_in_the_network(changes, gives):
    provider: NetworkProvider = NETWORK[0].model_copy(update=changes)
    assert provider.gives("77520", Place(city="Orlando", state="FL"), date(2037, 7, 13)) is gives


def test_a_coinsurance_is_a_percent_or_an_amount():
    for both in ({}, {"percent": "20", "amount": "5.00"}):
        with pytest.raises(ValidationError, match="one of the two"):
            Coinsurance.model_validate(both)


@pytest.mark.parametrize(
    ("owed", "percent", "amount"),
    [({"percent": "20"}, "20", None), ({"amount": "150.00"}, None, "150.00"), (None, None, None)],
)
def test_its_letter_says_the_percent_or_the_amount_or_neither(owed, percent, amount):
    line = a_referral_case().lines[0]
    facts = coinsurance(line, NETWORK[0], Coinsurance.model_validate(owed) if owed else None)

    assert (facts["percent"], facts["amount"]) == (percent, amount)


@pytest.mark.parametrize(
    ("scope", "covered"),
    [(UsScope.EMERGENCIES, False), (UsScope.UNAVAILABLE, True), (UsScope.ADDITIONAL, True)],
)
def test_how_far_a_product_covers_the_mainland(scope, covered):
    at_home = Coverage(eligible=True, covered=True, because="covered")
    assert at_home.in_the_us(UsBenefit(scope=scope)).is_covered is covered
    lapsed = Coverage(eligible=False, covered=False, because="coverage ended")
    assert lapsed.in_the_us(UsBenefit(scope=scope)).because == "coverage ended"


NOW = at("2037-06-10 10:00 AST")
HALF_WAY = {"provider": NETWORK[0], "accepted_at": NOW, "service_day": date(2037, 7, 13)}


@pytest.mark.parametrize(
    ("done", "open_steps"),
    [
        ({}, [Step.CHOOSE, Step.COINSURANCE]),
        ({"coinsurance_letter": "key"}, [Step.CHOOSE]),
        ({"provider": NETWORK[0]}, [Step.ANSWER, Step.COINSURANCE]),
        ({"provider": NETWORK[0], "accepted_at": NOW}, [Step.DATES, Step.COINSURANCE]),
        (HALF_WAY, [Step.SEND, Step.COINSURANCE]),
        (HALF_WAY | {"authorization_letter": "key"}, [Step.COINSURANCE]),
        (HALF_WAY | {"authorization_letter": "key", "coinsurance_letter": "key"}, [Step.CONFIRM]),
        ({"confirmed_at": NOW}, [Step.RETURN]),
        ({"confirmed_at": NOW, "over_at": NOW}, []),
    ],
)
def test_what_is_open_follows_from_what_was_done(done, open_steps):
    assert Arrangement(line=1, **done).open_steps == open_steps


@pytest.mark.parametrize(
    ("done", "words"),
    [
        ({}, "line 1: no provider chosen in Orlando, FL"),
        ({"provider": NETWORK[0]}, "line 1: {name} (not answered) in {place}"),
        (HALF_WAY, "line 1: {name} in {place} on 2037-07-13"),
        (HALF_WAY | {"confirmed_at": NOW}, "line 1: {name} in {place} on 2037-07-13; confirmed"),
        (
            HALF_WAY | {"confirmed_at": NOW, "over_at": NOW},
            "line 1: {name} in {place} on 2037-07-13; confirmed; over",
        ),
    ],
)
def test_each_line_says_in_one_line_how_far_it_is(done, words):
    case = a_referral_case()
    case.arrangements[1] = Arrangement(line=1, **done)

    [shown] = coordination_of(case)

    assert shown.words == words.format(name=NETWORK[0].name, place=NETWORK[0].place)


def test_the_network_says_who_declined_which_line():
    case = a_referral_case()
    assert network_of(case).providers == ()
    case.network = {1: NETWORK[:2], 2: NETWORK[:2]}
    case.arrangements[1] = Arrangement(line=1, declined=[NETWORK[1].npi])

    shown = [(one.line, one.npi, one.declined) for one in network_of(case).providers]

    first, second = NETWORK[0].npi, NETWORK[1].npi
    assert shown == [(1, first, False), (1, second, True), (2, first, False), (2, second, False)]


def test_an_undecided_referral_is_withdrawn_at_the_word_of_whoever_asked():
    case = a_referral_case()
    case.withdraw("member", NOW, NOW, staff("ic-santos"))
    assert (case.withdrawn, case.is_undecided) == (True, False)


def test_a_call_that_does_not_start_the_clock_leaves_every_clock_without_a_start_or_an_end():
    request = a_referral(plan="self-funded-sample", received_at=at("2037-06-02 11:30 EASTERN"))
    case = a_referral_case(request)
    assert [clock.ledger for clock in case.clocks.values()] == [()]
    assert (case.due_at, case.agenda()) == (None, [])
    now = at("2037-06-05 12:00 EASTERN")
    case.attached(ORDER.model_copy(update={"received_at": at("2037-06-05 09:10 EASTERN")}), now)
    assert case.due_at == at("2037-06-20 23:59:59 EASTERN")


def test_the_same_call_starts_the_clock_of_a_precertification_by_the_same_row():
    called = a_referral(plan="self-funded-sample", received_at=at("2037-06-02 11:30 EASTERN"), visit=None)
    case = a_referral_case(called)
    assert case.due_at is None
    assert "written_request" in {row.id for row in case.missing}
    faxed = in_writing(plan="self-funded-sample", received_at=at("2037-06-02 11:30 EASTERN"), visit=None)
    assert a_referral_case(faxed).due_at == at("2037-06-17 23:59:59 EASTERN")


@pytest.mark.parametrize(
    ("agreed", "asked_about"), [(None, date(2037, 7, 13)), (date(2037, 7, 10), date(2037, 7, 10))], ids=str
)
def test_eligibility_is_asked_again_about_the_day_that_was_agreed_or_asked_for(agreed, asked_about):
    case = a_referral_case()
    case.lines[0].authorization = an_authorization().permit
    case.arrangements[1] = Arrangement(line=1, service_day=agreed)

    LookAgain(actor=staff("cm-reyes")).apply(case, NOW)

    assert case.eligibility_for == asked_about


def test_of_what_is_not_covered_nobody_finds_out_who_gives_it_here():
    case = a_referral_case()
    case.work.finish_all(NOW)
    case.coverage_found(Coverage(eligible=True, covered=False, because="not covered"), NOW)
    assert "care-management" not in [work.queue for work in case.work.open]


def test_a_finding_is_needed_before_the_specialist_reviews():
    case = a_referral_case()
    assert case.stage is Stage.AVAILABILITY
    assert not case.may_be_checked
    assert [work.queue for work in case.work.open] == ["care-management"]


def test_the_forecast_of_an_arranged_referral_names_each_look_at_eligibility():
    case = a_referral_case()
    case.arrangements[1] = Arrangement(line=1, **HALF_WAY, confirmed_at=NOW)
    looks = [one for one in case.agenda() if one.occasion is Occasion.FOLLOW_UP]
    assert [one.at for one in looks] == [at("2037-07-06 00:00 AST"), at("2037-07-13 00:00 AST")]


@pytest.mark.parametrize(
    "file", sorted((ROOT / "examples" / "referral").glob("0*.json")), ids=lambda file: file.stem
)
def test_each_sample_is_a_referral_whose_papers_the_pack_knows(file):
    form = ReferralForm.model_validate_json(file.read_text(encoding="utf-8"))
    kinds, tables = pack().document_kind, pack().criteria
    assert not [fault for paper in form.documents if (fault := fault_of(paper, kinds, tables, "the pack"))]
    assert all((file.parent / paper.file).exists() for paper in form.documents)
    refuse_wrong_days(form.asked, form.received_at.date())


def test_a_visit_says_where_it_is_and_whether_it_is_over():
    visits = (Visit.model_validate(ORLANDO | {"retrospective": over}) for over in (False, True))
    assert [str(visit) for visit in visits] == ["Orlando, FL", "Orlando, FL, already received"]
