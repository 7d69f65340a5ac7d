"""Letters of payment disputes: every kind in both languages, laid out on the page, with no day that has passed."""

import re

import pytest
from jinja2 import UndefinedError

from domain.desk.desk import Withdraw
from domain.dispute import receipt
from domain.dispute.acts import DecideGoodCause, Dismiss, Resolve
from domain.dispute.level import SecondLevelFiled
from domain.dispute.standing import Standing
from domain.terms.notice import NoticeKind, Recipient
from domain.terms.people import Language
from tests.builders import ROOT, at, staff
from tests.disputes import a_dispute, a_filing, a_line, denied, does, noon, papers, passes, received
from tests.edges.test_spool import TELLTALES
from worker.adapters.spool import Spool

ENGLISH, SPANISH = Language
IN_BOTH = pytest.mark.parametrize("language", list(Language))
LINES = [a_line(1), a_line(2), a_line(3)]
SAID_WHERE_THEY_APPLY = {"health_plan", "health_plan_address", "passed", "missing", "again_until"}
SAID_WHERE_THEY_APPLY |= {"others", "late", "late_lines", "dismissed"}


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool", ROOT / "policy" / "letters")


def filed(language, **changes):
    provider = {"language": language} | changes.pop("provider", {})
    return a_filing(provider=provider, **changes)


def late(language, **changes):
    told = {"produced_on": "2036-12-20"}
    return a_dispute(filed(language, remittance=told, **changes))


def elsewhere(language, **standing):
    case = received(filed(language))
    receipt.standing_found(case, Standing(because="told", **standing), case.received_at)
    return case


def incomplete(language):
    return a_dispute(filed(language, plan="namm-sample", documents=papers("dispute_form")))


def waited(case, until):
    passes(case, noon(until))
    return case


def dismissed(language, ground="untimely"):
    case = late(language) if ground == "untimely" else incomplete(language)
    passes(case, noon("2037-05-20"))
    does(case, "sup-diaz", Dismiss, noon("2037-05-20"), ground=ground, reason="nothing came")
    return case


def determined(language, plan="procare", **claim):
    """One line of each answer."""
    case = a_dispute(filed(language, plan=plan, lines=LINES, claim=claim))
    for line, outcome, reason, amount in (
        (1, "upheld", "paid_at_medicare_rate", None),
        (2, "partly", "shown_in_part", "50.00"),
        (3, "overturned", "units_miscounted", None),
    ):
        said = {"line": line, "outcome": outcome, "reason_id": reason, "amount": amount}
        does(case, "da-torres", Resolve, noon("2037-05-10"), **said)
    return case


def partly_late(language, first=2):
    """Line 1 came late, and a corrected remittance gave line 2 its own time."""
    case = late(language, lines=[a_line(1), a_line(2)])
    receipt.start_filing_window(case, "filing window line 2", a_filing().remittance, (2,), case.received_at)
    passes(case, noon("2037-05-31"))
    upheld = {"line": 2, "outcome": "upheld", "reason_id": "paid_at_medicare_rate"}
    refused = {"accepted": False, "reason": "nothing came"}
    acts = ((DecideGoodCause, "sup-diaz", refused), (Resolve, "da-torres", upheld))
    for act, who, said in acts if first == 1 else reversed(acts):
        does(case, who, act, noon("2037-05-31"), **said)
    return case


def withdrawn(language):
    case = a_dispute(filed(language))
    does(case, "ic-santos", Withdraw, noon("2037-05-05"), by="provider")
    return case


def forwarded(language, what="request"):
    case = determined(language)
    words = {"filed_on": "2037-06-01", "learned": "it came", "with_us": what == "request"}
    does(case, "da-torres", SecondLevelFiled, noon("2037-06-02"), file_wanted=what == "file", **words)
    return case


CASES = {
    NoticeKind.DISPUTE_ACKNOWLEDGED: lambda language: a_dispute(filed(language)),
    NoticeKind.DISPUTE_INFORMATION_REQUEST: incomplete,
    NoticeKind.DISPUTE_REMINDER: lambda language: waited(incomplete(language), "2037-06-24"),
    NoticeKind.REDIRECT: lambda language: a_dispute(filed(language, lines=[denied(1)])),
    NoticeKind.CONTRACT_PROCESS: lambda language: elsewhere(
        language, in_medicare_advantage=True, has_contract=True
    ),
    NoticeKind.NOT_OURS: lambda language: elsewhere(language, in_medicare_advantage=False, has_contract=None),
    NoticeKind.GOOD_CAUSE_REQUEST: late,
    NoticeKind.DISPUTE_DISMISSED: dismissed,
    NoticeKind.DISPUTE_DETERMINATION: determined,
    NoticeKind.DISPUTE_MISSED: lambda language: waited(a_dispute(filed(language)), "2037-06-03"),
    NoticeKind.SECOND_LEVEL_REMINDER: lambda language: waited(determined(language), "2037-10-10"),
    NoticeKind.FORWARDED_TO_PLAN: lambda language: a_dispute(filed(language, lines=[denied(1)])),
    NoticeKind.DISPUTE_WITHDRAWN: withdrawn,
}
MORE = {
    "a redirect after its window": (
        NoticeKind.REDIRECT,
        lambda language: a_dispute(
            filed(language, lines=[denied(1)], remittance={"produced_on": "2037-02-01"})
        ),
    ),
    "dismissed as incomplete": (
        NoticeKind.DISPUTE_DISMISSED,
        lambda language: dismissed(language, "incomplete"),
    ),
    "with interest": (
        NoticeKind.DISPUTE_DETERMINATION,
        lambda language: determined(language, "namm-sample", clean_since="2037-01-30"),
    ),
    "denied, and late": (
        NoticeKind.REDIRECT,
        lambda language: late(language, lines=[denied(1), a_line(2), a_line(3)]),
    ),
    "decided, and late": (NoticeKind.DISPUTE_DETERMINATION, partly_late),
    "one of two late": (NoticeKind.DISPUTE_DISMISSED, lambda language: partly_late(language, first=1)),
    "a request by mistake": (NoticeKind.FORWARDED_TO_PLAN, forwarded),
    "the file": (NoticeKind.FORWARDED_TO_PLAN, lambda language: forwarded(language, "file")),
}
EVERY = [pytest.param(kind, build, id=kind.value) for kind, build in CASES.items()]
EVERY += [pytest.param(kind, build, id=name) for name, (kind, build) in MORE.items()]


def letter_of(case, kind):
    return [notice for notice in case.letters.notices if notice.kind is kind][-1]


def words(spool, build, kind, language=ENGLISH):
    return " ".join(spool.render(letter_of(build(language), kind)).split())


@pytest.mark.parametrize(("kind", "build"), EVERY)
@IN_BOTH
async def test_every_letter_of_a_dispute_leaves_in_the_readers_language_and_fits_its_page(
    spool, kind, build, language
):
    notice = letter_of(build(language), kind)
    await spool.send(notice)
    lines = spool.render(notice).splitlines()

    wanted = ENGLISH if notice.recipient is Recipient.HEALTH_PLAN else language
    assert notice.language is wanted
    assert [line for line in lines if len(line) > 78 or line != line.rstrip()] == []
    assert "\n\n\n" not in "\n".join(lines)
    assert not re.search(r"\bNone\b|[{}]|\[\]", "\n".join(lines))
    assert {"DIS-2222-2222-2222", "CLM-20370401"} <= set(" ".join(lines).split())


@pytest.mark.parametrize(
    ("kind", "build"),
    [
        one for one in EVERY if NoticeKind.FORWARDED_TO_PLAN not in one.values
    ],  # the plan is written to in English
)
def test_a_spanish_letter_of_a_dispute_holds_no_english(spool, kind, build):
    notice = letter_of(build(SPANISH), kind)
    text = " ".join(spool.render(notice).split())
    terms = build(SPANISH).terms
    for name in ("Sample Medical Management", terms.health_plan, terms.health_plan_address, terms.address):
        text = text.replace(name, "")
    text = text.replace("Provider Disputes", "").replace("Bayview Group", "")
    assert TELLTALES.findall(text) == []


@pytest.mark.parametrize(
    ("kind", "build"), [one for one in EVERY if one.id in {kind.value for kind in CASES}]
)
async def test_a_letter_of_a_dispute_that_lacks_a_fact_does_not_leave(spool, kind, build):
    notice = letter_of(build(ENGLISH), kind)
    for fact in notice.facts.keys() - SAID_WHERE_THEY_APPLY:
        facts = {name: value for name, value in notice.facts.items() if name != fact}
        with pytest.raises((UndefinedError, TypeError)):
            await spool.send(notice.model_copy(update={"facts": facts}))


def test_a_redirect_says_where_and_by_when_or_that_the_time_has_run(spool):
    kind = NoticeKind.REDIRECT
    before = words(spool, CASES[kind], kind)
    after = words(spool, MORE["a redirect after its window"][1], kind)
    assert "reaches the plan by May 6, 2037, 65 calendar days" in before
    assert "waiver of liability" in before
    assert "ran out on April 7, 2037" in after
    assert "state the good cause" in after
    assert "in time" not in after


def test_the_answer_states_the_amounts_the_right_the_days_and_the_plans_address(spool):
    kind = NoticeKind.DISPUTE_DETERMINATION
    english, spanish = (words(spool, determined, kind, language) for language in Language)
    assert "charged $500.00, paid $300.00" in english
    assert "$50.00 more is due, of the $120.00 that you asked for" in english
    assert "instructing a payment of $170.00." in english
    assert "within 180 days from the date of this letter" in english
    assert "200 Example Avenue" in english
    assert "dentro de 180 días desde la fecha de esta carta" in spanish
    with_interest = words(spool, MORE["with interest"][1], kind)
    assert "of which $3.26 is interest" in with_interest
    assert "within 120 days" in with_interest


def test_what_is_forwarded_carries_its_date_of_receipt_and_each_paper_by_its_hash(spool):
    kind = NoticeKind.FORWARDED_TO_PLAN
    dispute = words(spool, CASES[kind], kind)
    assert "We received them on May 1, 2037" in dispute
    assert "original claim, 2037-04-01" in dispute
    assert "6f" * 32 in dispute
    assert "We received it on June 2, 2037" in words(spool, forwarded, kind)
    assert "here is the whole file" in words(spool, MORE["the file"][1], kind)


def test_a_missed_limit_is_told_with_the_last_day_of_the_second_level(spool):
    kind = NoticeKind.DISPUTE_MISSED
    english, spanish = (words(spool, CASES[kind], kind, language) for language in Language)
    assert "through November 27, 2037" in english
    assert "We still owe you an answer" in english
    assert "hasta el 27 de noviembre de 2037" in spanish


def test_an_analyst_who_writes_own_words_writes_them_in_the_readers_language_too(spool):
    case = a_dispute(filed("es", received_at=at("2037-05-01 10:00 PACIFIC")))
    act = Resolve(
        actor=staff("da-torres"),
        line=1,
        outcome="upheld",
        reason_id="pricing_not_shown",
        words={"en": "The table shows the same."},
    )
    with pytest.raises(Exception, match="Spanish"):
        act.refuse_unless_allowed(case, noon("2037-05-02"))
