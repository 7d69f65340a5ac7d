"""Letters of payment disputes: every kind in both languages, laid out on the page, with no day that has passed."""

import re

import pytest
from jinja2 import UndefinedError

from domain.dispute.acts import Resolve
from domain.terms.notice import NoticeKind, Recipient
from domain.terms.people import Language
from tests.builders import ROOT, at, staff
from tests.dispute_letters import (
    CASES,
    MORE,
    determined,
    filed,
    forwarded,
    letter_of,
)
from tests.disputes import a_dispute, noon
from tests.telltales import TELLTALES
from worker.adapters.post.spool import Spool

ENGLISH, SPANISH = Language
IN_BOTH = pytest.mark.parametrize("language", list(Language))
SAID_WHERE_THEY_APPLY = {"health_plan", "health_plan_address", "passed", "missing", "again_until"}
SAID_WHERE_THEY_APPLY |= {"others", "late", "late_lines", "dismissed"}


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool", ROOT / "policy" / "letters")


EVERY = [pytest.param(kind, build, id=kind.value) for kind, build in CASES.items()]
EVERY += [pytest.param(kind, build, id=name) for name, (kind, build) in MORE.items()]


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
