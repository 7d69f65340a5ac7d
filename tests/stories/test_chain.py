"""Stories of several cases, told as one: a denial, its appeal, the reviewer, and what came of it."""

import os
import re
from datetime import date, timedelta

import pytest

from activities.desk.casefiles import CaseFiles, FileQuestion
from client.reach.cases import Cases
from client.reach.chain import chain_of, story, to_come
from client.reach.chain_render import tell_chain, tell_story
from domain.appeal.acts import RecordReview
from domain.appeal.deciding import DecideAppeal
from domain.authorization.acts import UseUnits
from domain.desk.desk import Link, RecordCall
from domain.desk.file_made import Audience, FileMade
from domain.determination.decisions import Approve, Deny, Refer
from domain.parts.events import EventKind
from domain.terms.case_number import case_number
from domain.terms.refusals import Refused
from tests.appealing import NOT_MET, appeal
from tests.authorizations import authorization_of, extended
from tests.builders import ROOT, a_request, at, staff

PAGE = ROOT / "docs" / "chain.md"
PRINTED = re.compile(r"```text\n(.*?)```", re.DOTALL)
MINUTE = re.compile(r"(?<=\d\d:\d)\d")
UNKNOWN = case_number("PRE", (7).to_bytes(8, "big"))


async def denied(plan):
    case = await plan.submit(a_request(received_at=at("2037-02-09 09:00 AST")))
    await case.let_pass(until=at("2037-02-09 10:00 AST"))
    await case.does("md-ortiz", Deny, **NOT_MET)
    await case.sheet()
    return case


async def a_denial_and_its_appeal(plan, *, carried_on=True):
    """Denied, appealed, upheld and forwarded; not carried on, the first case still makes its calls."""
    original = await denied(plan)
    if carried_on:
        await original.let_pass(until=at("2037-03-02 09:01 AST"))
    case = await appeal(plan, original, at("2037-03-02 09:00 AST"))
    await case.let_pass(until=at("2037-03-12 10:00 AST"))
    await case.does("md-vega", DecideAppeal, answer="upheld")
    await case.sheet()
    await original.sheet()
    return original, case


async def test_from_each_of_its_cases_a_story_is_the_same_and_a_case_that_is_only_linked_is_not_in_it(plan):
    original, case = await a_denial_and_its_appeal(plan)
    neighbour = await denied(plan)
    await case.does("ap-soto", Link, to=neighbour.number)
    await case.does("ap-soto", Link, to=UNKNOWN)
    desk = Cases(plan.client, plan.queue)

    chains = [await chain_of(desk, one.number) for one in (original, case)]

    assert [chain.numbers for chain in chains] == [(original.number, case.number)] * 2
    assert chains[1].beside == (neighbour.number, UNKNOWN)
    assert (await chain_of(desk, neighbour.number)).numbers == (neighbour.number,)
    assert (await chain_of(desk, case.number, alone=True)).numbers == (case.number,)


async def test_a_story_is_told_in_order_and_its_forecast_is_that_of_each_open_case_by_its_own_clock(plan):
    original, case = await a_denial_and_its_appeal(plan, carried_on=False)
    desk = Cases(plan.client, plan.queue)
    chain = await chain_of(desk, original.number)

    told = await story(desk, chain)
    coming = await to_come(desk, chain)

    instants = [event.at for event in told.events]
    assert instants == sorted(instants)
    decided = [(event.case, event.kind) for event in told.events if event.kind is EventKind.DETERMINED]
    assert decided == [(original.number, EventKind.DETERMINED), (case.number, EventKind.DETERMINED)]
    assert not [event for event in told.events if event.kind is EventKind.LINKED]
    assert chain.live == (original.number, case.number)
    apart = [event for one in (original, case) for event in (await one.forecast()).events]
    in_order = sorted(apart, key=lambda event: event.at)
    assert [event.words for event in coming.events] == [event.words for event in in_order]
    assert {event.case for event in coming.events} == {original.number, case.number}


async def test_a_file_is_made_of_the_whole_story_and_the_open_cases_record_for_whom_and_by_whom(plan):
    original, case = await a_denial_and_its_appeal(plan)
    desk = Cases(plan.client, plan.queue)
    chain = await chain_of(desk, case.number)
    actor = staff("ap-soto")
    question = FileQuestion(
        asked=case.number,
        cases=chain.numbers,
        audience=Audience.REVIEWER,
        actor=actor,
        now=at("2037-03-13 09:00 AST"),
    )

    made = await desk.ask(CaseFiles.make_casefile, question)
    said = FileMade(actor=actor, audience=Audience.REVIEWER, pages=made.pages, sha256=made.document)
    for number in made.open_cases:
        await desk.act(number, said)

    [bundle] = plan.binder.bundles
    assert [one.number for one in bundle.cases] == [original.number, case.number]
    assert bundle.audience == "the reviewer"
    assert made.open_cases == (case.number,)
    [event] = await case.events(EventKind.FILE_MADE)
    assert event.by_id == "ap-soto"
    assert event.details["sha256"] == made.document
    assert "made for the reviewer" in event.words


@pytest.mark.parametrize(("audience", "language"), [(Audience.MEMBER, "es"), (Audience.PLAN, "en")])
async def test_the_file_is_told_in_the_members_language_where_it_is_the_members_copy(
    plan, audience, language
):
    case = await plan.submit(a_request(member={"language": "es"}))
    now = at("2037-03-13 09:00 AST")
    question = FileQuestion(
        asked=case.number, cases=(case.number,), audience=audience, actor=staff("ap-soto"), now=now
    )

    await Cases(plan.client, plan.queue).ask(CaseFiles.make_casefile, question)

    [bundle] = plan.binder.bundles
    assert bundle.language == language
    labels = [label for label, _ in bundle.cases[0].facts]
    assert (bundle.say("status") in labels, "status" in labels) == (True, language == "en")


async def test_a_case_of_another_member_is_never_in_a_file_even_where_it_was_opened_out_of_this_one(plan):
    original = await denied(plan)
    somebody_else = {"name": "Ana Ríos", "contract_number": "MCS-0002", "language": "en"}
    more = await plan.submit(a_request(received_at=at("2037-02-10 09:00 AST"), member=somebody_else))
    question = FileQuestion(
        asked=original.number,
        cases=(original.number, more.number),
        audience=Audience.MEMBER,
        actor=staff("ap-soto"),
        now=at("2037-02-11 09:00 AST"),
    )

    with pytest.raises(Refused, match="is about another member"):
        await Cases(plan.client, plan.queue).ask(CaseFiles.make_casefile, question)

    assert not plan.binder.bundles


# The page in the docs


async def called(case):
    for who in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=who, reached=True)


async def from_a_denial_to_the_last_unit(plan):
    """Denied, upheld, overturned by the reviewer, authorized, extended before the last day, expired and used up."""
    original = await plan.submit(a_request(received_at=at("2037-02-09 09:00 AST"), from_day="2037-02-16"))
    await original.let_pass(until=at("2037-02-10 10:00 AST"))
    await original.does("rn-rivera", Refer)
    await original.let_pass(until=at("2037-02-11 11:30 AST"))
    await original.does("md-ortiz", Deny, **NOT_MET)
    await original.sheet()
    await called(original)
    await original.let_pass(until=at("2037-03-02 09:01 AST"))

    heard = await appeal(plan, original, at("2037-03-02 09:00 AST"))
    await heard.let_pass(until=at("2037-03-12 10:00 AST"))
    await heard.does("md-vega", DecideAppeal, answer="upheld")
    await heard.sheet()
    await called(heard)
    await heard.let_pass(until=at("2037-04-08 14:30 AST"))
    await heard.does("ap-soto", RecordReview, outcome="overturned", at=at("2037-04-08 14:00 AST"))
    await heard.sheet()

    leave = await authorization_of(heard)
    through = date.fromisoformat(str((await leave.sheet()).shown.lines[0].authorization.through))
    asked_at = at(f"{through - timedelta(days=3)} 16:00 AST")
    await leave.let_pass(until=asked_at)
    more = await extended(plan, leave, asked_at, papers={"documents": a_request().documents})
    await leave.let_pass(until=at(f"{through - timedelta(days=2)} 10:00:20 AST"))
    await more.let_pass(until=at(f"{through - timedelta(days=2)} 10:00 AST"))
    await more.does("rn-rivera", Approve)
    await more.sheet()
    await called(more)
    following = await authorization_of(more)
    await leave.let_pass(until=at(f"{through + timedelta(days=1)} 00:00:30 AST"))
    assert await leave.closed_as() == "expired"
    used_on = through + timedelta(days=8)
    await following.let_pass(until=at(f"{used_on} 15:00 AST"))
    await following.does("ic-santos", UseUnits, units=1, on=used_on, reported_by="the imaging center")
    assert await following.closed_as() == "used up"
    return original, heard, leave, more, following


async def test_a_life_from_the_denial_to_the_last_unit_is_one_story_and_the_page_in_the_docs_prints_it(
    plan, capsys
):
    lived = await from_a_denial_to_the_last_unit(plan)
    desk = Cases(plan.client, plan.queue)
    for case in lived:
        await case.sheet()

    chain = await chain_of(desk, lived[-1].number)
    capsys.readouterr()
    tell_chain(chain)
    table = as_in_the_docs(capsys.readouterr().out, lived)
    tell_story(await story(desk, chain), chain)
    told = as_in_the_docs(capsys.readouterr().out, lived)

    assert chain.numbers == tuple(case.number for case in lived)
    ends = [line for line in told.splitlines() if "ended:" in line]
    assert len(ends) == 2, "an end is told once"
    if os.environ.get("PLAZO_WRITE_DOCS"):
        printed = iter((table, told))
        written = PRINTED.sub(lambda _: f"```text\n{next(printed)}```", PAGE.read_text(encoding="utf-8"))
        PAGE.write_text(written, encoding="utf-8")
    in_the_docs = PRINTED.findall(PAGE.read_text(encoding="utf-8"))
    assert [alike(one) for one in in_the_docs] == [alike(one) for one in (table, told)], (
        "PLAZO_WRITE_DOCS=1 pytest tests/stories/test_chain.py writes it"
    )


def alike(text):
    """What happens in one second may be told in another order on another day, or a few minutes later."""
    return sorted(MINUTE.sub("_", text).splitlines())


def as_in_the_docs(text, lived):
    """With numbers that stay the same from run to run."""
    original, heard, leave, more, following = (case.number for case in lived)
    for number, name in ((leave, heard), (following, more)):
        assert number == f"AUT{name[3:]}-01"
    names = {original: "PRE-7K2M-9QXD-4HBT", heard: "APP-3F8W-K5TN-6RVC", more: "PRE-9D4H-2MXG-8SJB"}
    for number, name in names.items():
        text = text.replace(number[3:], name[3:])
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())
