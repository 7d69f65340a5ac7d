"""What people wrote stands on every page as they wrote it: it is no markup, and no sign of it acts."""

import io
import re
import sys
from contextlib import redirect_stdout

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import plazo
from client.desk import notices
from client.dispute import render as dispute_render
from client.reach import chain_render
from client.reach.chain import Chain
from client.terminal import render
from config import process_exit
from config.console import ConsoleWords
from config.terminal import PagedOutput
from domain.desk.desk import Note, RecordCall
from domain.determination.call_scripts import scripts
from domain.determination.decisions import Deny
from domain.request.request import Document
from domain.terms.notice import Recipient
from domain.terms.people import Words as InLanguages
from domain.terms.refusals import Refused
from domain.terms.text import ACTING, on_one_line, standing
from domain.view import dispute_showing, showing
from domain.view.chain import Story, StoryEvent
from domain.view.notices import notices as letters_of
from domain.view.page import Waiting
from tests.appealing import CLAUSE
from tests.builders import ROOT, a_case, a_request, at, staff
from tests.disputes import a_dispute
from tests.edges.casefiles import House, text_of
from tests.sampling import PROVE
from worker.adapters.scripts import CallScripts

NOW = at("2037-03-03 10:00 AST")
STYLE = re.compile(r"\x1b\[[\d;]*m")
MARKUP = [
    "[/a]",
    "[see note]",
    "[bold]",
    "[link=x]",
    "[/]",
    ":warning:",
    "\\[",
    "#strong[x]",
    "$x$",
    "{{ name }}",
]
CONTROLS = [
    "\x1b[2J",
    "\x1b[31m",
    "\x1b]0;x\x07",
    "\x9b2J",
    "\r",
    "\x00",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u2028",
    "\n",
]
PLAIN = st.sampled_from(["Ana", "núm. 3", "<b>", "`x`", "*", "_", "@case", "//", "100 %"])
pieces = st.one_of(PLAIN, st.sampled_from(MARKUP), st.sampled_from(CONTROLS))
words = st.lists(pieces, min_size=1, max_size=6).map(" ".join).map(lambda said: f"so {said} said")
often = settings(
    max_examples=500 if PROVE else 40,
    derandomize=not PROVE,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
rarely = settings(often, max_examples=30 if PROVE else 4)


def a_case_of(said):
    """A case in which everything that people write says so, as histories from before any rule may hold it."""
    request = a_request()
    order = request.order.model_copy(update={"justification": said})
    member = request.member.model_copy(update={"name": said})
    provider = request.requesting_provider.model_copy(update={"name": said})
    paper = Document(id="p", kind="clinical_note", dated=request.order.dated, facts={"weeks": said})
    case = a_case(
        request.model_copy(
            update={
                "order": order,
                "member": member,
                "requesting_provider": provider,
                "documents": (*request.documents, paper),
            }
        )
    )
    for act in (
        Note.model_construct(actor=staff("ic-santos"), text=said),
        RecordCall.model_construct(actor=staff("ic-santos"), to=Recipient.MEMBER, reached=True, said=said),
        Deny.model_construct(
            actor=staff("md-ortiz"),
            line=1,
            reason_id="criteria_not_met",
            criterion=CLAUSE,
            words=InLanguages.model_construct(en=said, es=said),
        ),
    ):
        act.apply(case, NOW)
    case.warn(said, NOW)
    case.settle(NOW)
    return case


def printed(tell, *asked):
    """What a page puts on a terminal, whose colours alone are signs that act."""
    beneath = io.StringIO()
    with redirect_stdout(PagedOutput(beneath)):
        tell(*asked)
    return STYLE.sub("", beneath.getvalue())


def as_read(said):
    return " ".join(standing(on_one_line(said)).split())


def stands_in(said, page):
    assert not [sign for sign in ACTING.findall(page) if sign != "\n"], "a sign acts"
    assert as_read(said) in " ".join(page.split())


def a_story(case):
    told = showing.timeline(case)
    sheet = showing.sheet(case, NOW)
    events = tuple(StoryEvent(case=case.number, **event.model_dump()) for event in told.events)
    story = Story(case=case.number, cases=(case.number,), calendar=told.calendar, events=events)
    return story, Chain(asked=sheet, cases=(sheet,))


@pytest.fixture(params=["pipe", "terminal"])
def paper(request, monkeypatch):
    if request.param == "terminal":
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.delenv("NO_COLOR", raising=False)
        monkeypatch.setenv("COLUMNS", "10000")


@often
@given(words)
def test_every_page_shows_words_as_they_were_written(paper, said):
    case = a_case_of(said)

    stands_in(said, printed(render.review, showing.review_sheet(case)))
    stands_in(said, printed(render.timeline, showing.timeline(case)))
    stands_in(said, printed(render.sheet, showing.sheet(case, NOW)))
    stands_in(said, printed(chain_render.tell_story, *a_story(case)))
    stands_in("", printed(render.explanation, showing.explain(case, NOW)))
    stands_in("", printed(render.timeline, showing.forecast(case, NOW)))
    stands_in("", printed(notices._tell, letters_of(case, NOW)))
    waits = Waiting(
        case=case.number,
        kind=case.kind,
        queue="calls",
        assignee=None,
        due_at=NOW,
        urgency="standard",
        overdue=False,
        what=said,
    )
    stands_in(said, printed(render.worklist, [waits], NOW))
    for script in scripts(case, NOW):
        stands_in(said, printed(print, CallScripts(ROOT / "policy" / "scripts").words_of(script)))


@often
@given(words)
def test_a_dispute_is_reviewed_in_the_words_of_its_provider(paper, said):
    case = a_dispute()
    provider = case.filing.provider.model_copy(update={"name": said})
    case.filing = case.filing.model_copy(update={"statement": said, "provider": provider})

    stands_in(said, printed(dispute_render.dispute, dispute_showing.dispute_sheet(case)))


@rarely
@given(words)
async def test_letters_and_the_case_file_hold_no_sign_that_acts(tmp_path, said):
    house = House(tmp_path)
    case = a_case_of(said)
    for notice in case.letters.notices:
        stands_in(said if notice.kind.value == "determination" else "", house.spool.render(notice))

    pages = text_of(house.binds(case).pdf)

    stands_in("", "".join(pages))
    assert as_read(said).replace(" ", "") in "".join(pages).replace(" ", "")


@pytest.mark.parametrize("width", [80, 200])
def test_no_case_number_is_broken_and_a_row_in_a_pipe_is_a_line(monkeypatch, width):
    row = (
        "PRE-7K2M-9QXD-4HBT",
        "Mon 9 Mar 2037 23:59 AST",
        "precertification",
        "72148",
        "to be " * 20 + "told",
    )
    head = ("case", "due", "kind", "service", "why")
    monkeypatch.setenv("COLUMNS", str(width))

    piped = printed(lambda: ConsoleWords().rows([row, row], head)).splitlines()
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = printed(lambda: ConsoleWords().rows([row, row], head)).splitlines()

    assert len(piped) == 3
    assert all(row[0] in line and line.endswith("told") for line in piped[1:])
    assert max(map(len, shown)) <= width
    assert sum(line.startswith(row[0]) for line in shown) == 2
    assert "\n".join(shown).count(row[1]) == 2, "no date is broken either"


@pytest.mark.parametrize("width", [80, 200])
def test_on_a_terminal_a_long_line_is_folded_between_words(monkeypatch, width):
    number = "PRE-7K2M-9QXD-4HBT"
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("FORCE_COLOR", "1")

    lines = printed(
        lambda: ConsoleWords().print(f"belongs together with {', '.join([number] * 20)}")
    ).splitlines()

    assert max(map(len, lines)) <= width
    assert sum(line.count(number) for line in lines) == 20


def test_every_command_prints_through_a_page_and_refuses_in_words(monkeypatch, capsys):
    beneath = io.StringIO()
    monkeypatch.setattr(sys, "stdout", beneath)

    def run(command, **_):
        command.close()
        print("a note \x1b[2J\u202e of [see note]")

    monkeypatch.setattr(process_exit, "run", run)

    plazo.main()
    process_exit.told(Refused("there is no \x1b[2J\x9b such case"))

    assert beneath.getvalue() == "a note [2J of [see note]\n"
    assert capsys.readouterr().err == "plazo: there is no [2J such case\n"
