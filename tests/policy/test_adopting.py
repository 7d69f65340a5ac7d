"""A text from its vote into the pack: the row stands beside the older one, and decides from its day."""

import json
import shutil

import pytest

from client.committee.adopting import as_toml, is_written
from client.policy import diff as policy_diff
from client.policy.criteria import adopted as in_force
from config import pack as packs
from config.checks.pack import cross_checks
from domain.committee.rows import Change
from domain.terms.refusals import Misuse
from tests.builders import pack
from tests.committees import adopted, day, told
from tests.edges.fluent import refused_in_one_line, types

JUDGED = {code for table in pack().criteria for code in table.services}
UNJUDGED = next(code for row in pack().service for code in row.codes if code not in JUDGED)


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(packs.SHIPPED, tmp_path / "policy")


@pytest.fixture
def row():
    return told(adopted(), "2026-08-01", "members", "providers").row


def test_the_row_is_written_once_as_it_was_voted_and_nothing_else(folder, row):
    assert (is_written(row, folder), is_written(row, folder)) == (False, True)
    newer = packs.load(folder)

    assert newer.criteria == (*pack().criteria, row)
    assert row.source == "Voted by the committee um on 2026-07-15 (NUM-1)"
    assert [(one.table, one.row) for one in policy_diff.differences(pack(), newer)] == [("criteria", row.id)]


def test_a_case_takes_the_text_of_the_day_of_its_receipt_and_a_rehearsal_the_one_that_comes(folder, row):
    is_written(row, folder)
    newer = packs.load(folder)
    plan = newer.plan_named("procare")

    def taken(on):
        return [one.id for one in newer.criteria_of(plan, on) if "72148" in one.services]

    assert taken(day("2026-08-31")) == ["lumbar-mri"]
    assert taken(day("2026-09-01")) == taken(None) == [row.id]


def test_a_row_that_would_spoil_the_pack_is_not_written(folder, row):
    before = (folder / "criteria.toml").read_text(encoding="utf-8")
    for changes, why in (
        ({"id": "lumbar-mri"}, "the pack has another row lumbar-mri"),
        ({"replaces": None}, "72148 is already in"),
        ({"replaces": "no-such", "services": (UNJUDGED,)}, "no other criteria have this id"),
    ):
        with pytest.raises(Misuse, match=why):
            is_written(row.model_copy(update=changes), folder)
    assert (folder / "criteria.toml").read_text(encoding="utf-8") == before


def test_every_shipped_table_could_have_been_written_so(folder):
    tables = pack().criteria
    (folder / "criteria.toml").write_text("\n".join(as_toml(one) for one in tables), encoding="utf-8")

    assert packs.load(folder).criteria == tables


def test_the_text_in_force_is_what_is_shown(folder, row):
    is_written(row, folder)
    newer = packs.load(folder)

    assert in_force("72148", "procare", day("2026-08-31"), newer).id == "lumbar-mri"
    assert in_force("72148", "procare", day("2026-09-01"), newer).id == "lumbar-mri-2"
    with pytest.raises(Misuse, match="no text of procare is in force for 99999"):
        in_force("99999", "procare", day("2026-09-01"), newer)


async def test_the_text_is_printed_with_its_source_and_its_statement():
    async def shown(*words):
        return await types(("criteria", "show", *words), b"", {"NO_COLOR": "1", "COLUMNS": "160"})

    told = await shown("72148", "--plan", "procare", "--on", "2026-08-31")
    assert told.out.startswith("Lumbar spine MRI (lumbar-mri), in force from 2025-01-01\n- Low back")
    assert "There is no monetary reward" in told.out
    as_json = json.loads((await shown("72148", "--plan", "procare", "--json")).out)
    assert (as_json["id"], len(as_json["statement"])) == ("lumbar-mri", len(pack().criteria_statement))
    refused_in_one_line(
        await shown("0275T", "--plan", "procare"), 2, "no text of procare is in force for 0275T"
    )


def test_a_committee_is_as_the_law_wants_and_each_change_has_its_row():
    def faults(**changes):
        return [(one.row, one.field) for one in cross_checks(pack().model_copy(update=changes))]

    um, quality = pack().committee
    for lacking in ("practising_physician", "independent", "expert_in_age_or_disability"):
        seats = tuple(one.model_copy(update={lacking: False}) for one in um.seat)
        assert ("um", "seat") in faults(committee=(um.model_copy(update={"seat": seats}), quality))
    twice = um.model_copy(update={"seat": (*um.seat, um.seat[0])})
    assert faults(committee=(twice, quality)) == [("um", "seat")]
    no_law = tuple(one for one in pack().change_rule if one.change is not Change.LAW)
    assert faults(change_rule=no_law) == [("law", "change")]
