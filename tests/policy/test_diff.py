"""What people and programs are told about two packs, and about the open cases under the newer one."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from client.policy import diff as policy_diff
from client.policy.rehearsal import AT_ONCE, rehearse
from config import pack as packs
from domain.rehearsal.rehearsal import Rehearsed, RehearsedLine, Unanswered, Verdict
from domain.rehearsal.rehearsal import rehearse as rehearse_case
from domain.request.criteria import Answer
from domain.terms.refusals import Misuse, Unreachable
from tests.builders import a_case, at
from workflows.running.attributes import PLAN, RECEIVED_AT

OLD = packs.load()


@pytest.fixture
def newer(tmp_path):
    """A copy of the pack in which `ma-standard` allows five days."""
    folder = Path(shutil.copytree(packs.SHIPPED, tmp_path / "newer"))
    rows = folder / "timeframes.toml"
    before, row, after = rows.read_text(encoding="utf-8").partition('id = "ma-standard"\n')
    rows.write_text(before + row + after.replace("length = 7", "length = 5", 1), encoding="utf-8")
    return policy_diff.pack_in(folder)


def test_it_says_that_packs_are_equal(capsys):
    assert policy_diff.diff(OLD, OLD) == 0

    assert capsys.readouterr().out == f"The packs are equal: {OLD.content_hash[:12]}.\n"


def test_it_says_which_row_changed_from_what_to_what(capsys, newer):
    assert policy_diff.diff(OLD, newer) == 0

    assert capsys.readouterr().out.splitlines() == [
        "timeframe",
        "~ ma-standard, in force from 2026-01-01",
        "    span.length: 7 -> 5",
        f"The packs differ, {OLD.content_hash[:12]} -> {newer.content_hash[:12]}. Rows: 1 changed.",
    ]


def test_it_says_that_only_the_order_is_another(capsys):
    other = OLD.model_copy(update={"content_hash": "f" * 64, "reason": OLD.reason[::-1]})

    policy_diff.diff(OLD, other)

    assert capsys.readouterr().out.startswith("The packs hold the same rows, in another order or spelling: ")


def said_of(capsys, **tables):
    """What is said of a pack in which these tables read otherwise."""
    policy_diff.diff(OLD, OLD.model_copy(update={"content_hash": "f" * 64} | tables))
    return capsys.readouterr().out


def test_a_row_that_came_or_went_is_told_with_all_that_it_says(capsys):
    gone, *others = OLD.criteria
    said = said_of(capsys, criteria=tuple(others))
    clause = gone.criterion[0]

    assert f"- {gone.id}, in force from {gone.in_force_from}" in said
    assert f"services: {', '.join(gone.services)}" in said
    assert f"approves: {'yes' if gone.approves else 'no'}" in said
    assert clause.text.en in said
    assert "1 removed" in said
    policy_diff.diff(OLD.model_copy(update={"criteria": tuple(others)}), OLD)
    assert f"+ {gone.id}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda codes: (*codes, "99999"), "services: with 99999"),
        (lambda codes: codes[1:], "services: without "),
        (lambda codes: (*codes[1:], "99999"), "; without "),
        (lambda codes: codes[::-1], "services: in another order: "),
    ],
)
def test_of_a_list_it_says_what_came_in_and_what_left(capsys, change, said):
    table = next(one for one in OLD.criteria if len(one.services) > 1)
    other = table.model_copy(update={"services": change(table.services)})

    assert said in said_of(capsys, criteria=tuple(other if one is table else one for one in OLD.criteria))


def test_what_was_not_said_before_is_told_as_nothing(capsys):
    plan, *others = OLD.plan
    other = plan.model_copy(update={"time_to_sue": None if plan.time_to_sue else OLD.reason[0].words})
    said = said_of(capsys, plan=(other, *others))

    assert f"    time_to_sue: nothing -> {{en: {OLD.reason[0].words.en}" in said


def test_a_folder_that_is_no_pack_is_named(tmp_path):
    with pytest.raises(Misuse, match=f"^{tmp_path}: policy pack: "):
        policy_diff.pack_in(tmp_path)


@pytest.fixture
def rehearsed(newer):
    case = a_case(received_at=at("2026-03-02 18:41 AST"))
    candidate = newer.for_case(newer.plan_named("mcs-classicare"), case.policy.calendar, ("72148",))
    lost = Unanswered(case="PRE-3333", because="it is away")
    return Rehearsed(moved=(rehearse_case(case, candidate),), unmoved=2, unreachable=(lost,))


def test_it_lists_the_cases_that_would_move_and_counts_the_others(capsys, newer, rehearsed):
    policy_diff.diff(OLD, newer, rehearsed)

    *_, number, due, lost, counts = capsys.readouterr().out.splitlines()
    assert (number, lost) == ("PRE-2222-2222-2222", "PRE-3333 could not be rehearsed: it is away")
    assert due == "  due Mon 9 Mar 2026 23:59 AST -> Sat 7 Mar 2026 23:59 AST"
    assert counts.startswith("Open cases: 4. 1 would move, 2 would not, 1 could not be rehearsed.")


def test_it_says_which_clock_moves_on_its_own_and_which_line_is_answered_otherwise(capsys, newer, rehearsed):
    [moved] = rehearsed.moved
    [clock] = moved.clocks
    unknown = Verdict(answer=Answer.UNKNOWN, approves=False)
    met, nothing = Verdict(answer=Answer.MET, approves=True), Verdict(answer=None, approves=False)
    lines = (
        RehearsedLine(line=1, service="72148", before=unknown, after=met),
        RehearsedLine(line=2, service="99213", before=nothing, after=unknown),
    )
    beside = clock.model_copy(update={"clock": "appeal window", "before": None, "after": clock.before})
    moved = moved.model_copy(update={"clocks": (clock, beside), "lines": lines})

    policy_diff.diff(OLD, newer, rehearsed.model_copy(update={"moved": (moved,)}))

    said = capsys.readouterr().out
    assert "  appeal window: no end -> Mon 9 Mar 2026 23:59 AST" in said
    assert "  line 1, 72148: unknown -> met, approved by the criteria alone" in said
    assert "  line 2, 99213: no criteria -> unknown" in said


def test_programs_read_the_same(capsys, newer, rehearsed):
    policy_diff.diff(OLD, newer, rehearsed, as_json=True)

    told = json.loads(capsys.readouterr().out)
    assert (told["old"], told["new"]) == (OLD.content_hash, newer.content_hash)
    assert [(row["row"], row["fate"]) for row in told["differences"]] == [("ma-standard", "changed")]
    [moved] = told["cases"]["moved"]
    assert moved["due_after"] == "2026-03-08T03:59:59Z"
    assert "calendar" not in moved


class SilentDesk:
    """Visibility lists cases, and nobody answers for them."""

    def __init__(self, cases):
        self.client = self
        self.cases = cases
        self.asked = 0

    async def list_workflows(self, which):
        known = {PLAN: "mcs-classicare", RECEIVED_AT: at("2026-03-02 18:41 AST")}
        for number in range(self.cases):
            yield SimpleNamespace(id=f"PRE-{number}", typed_search_attributes=known)

    async def rehearsal(self, case, candidate):
        self.asked += 1
        raise Unreachable("No worker answers")


async def test_where_nobody_answers_it_gives_up_after_one_wave():
    desk = SilentDesk(cases=3 * AT_ONCE)

    with pytest.raises(Unreachable, match="No worker answers"):
        await rehearse(desk, OLD)

    assert desk.asked == AT_ONCE


async def test_without_open_cases_there_is_nothing_to_move():
    assert await rehearse(SilentDesk(cases=0), OLD) == Rehearsed()
