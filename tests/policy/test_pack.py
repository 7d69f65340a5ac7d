"""The pack that comes with Plazo can be lived by, and a broken one is told by file, row and field."""

import shutil
import tomllib
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from config import pack as packs
from domain.clock.duty import Duty
from domain.clock.timeframe import APART, Regime, Services, Urgency, kinds_of
from domain.request.criteria import Answer, Basis, check, verdict
from domain.request.request import Request
from domain.terms.people import Words
from domain.terms.refusals import Misuse
from tests.sampling import sampled
from worker.adapters.directory import FileDirectory

EXAMPLES = Path(__file__).parents[2] / "examples"
REQUESTS = sorted((EXAMPLES / "precert").glob("*.json"))


@pytest.fixture(scope="module")
def pack():
    return packs.load()


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(packs.SHIPPED, tmp_path / "policy"))


def test_the_pack_that_comes_with_plazo_has_no_faults():
    assert packs.check() == []


@pytest.mark.parametrize("path", sorted(packs.SHIPPED.glob("*.toml")), ids=lambda path: path.name)
def test_each_number_stands_in_a_row_with_a_date_a_source_and_a_standing(path):
    for table, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for row in rows:
            if not any(character.isdigit() for character in str(numbers_of(row))):
                continue
            assert isinstance(row["in_force_from"], date), (table, row)
            assert row["source"].strip(), (table, row)
            assert row["standing"] in {"sourced", "assumed", "unverified"}, (table, row)


def numbers_of(value):
    """The numbers in a row as TOML reads it, however deep."""
    if isinstance(value, dict):
        return [number for part in value.values() for number in numbers_of(part)]
    if isinstance(value, list):
        return [number for part in value for number in numbers_of(part)]
    return [value] if type(value) in {int, float} else []


def test_each_request_from_2025_on_has_exactly_one_decision_row_in_each_regime(pack):
    days = [date(2025, 1, 1) + timedelta(days=count) for count in range(3 * 366)]

    ahead = set(Services) - {Services.ANY, *APART}  # what comes before or after leave may have none
    for regime, urgency, kind, day in product(Regime, Urgency, ahead, days):
        rows = [
            row.id
            for row in pack.timeframe
            if row.regime is regime
            and row.times is Duty.DECISION
            and "precertification" in kinds_of(row)
            and row.is_in_force(day)
            and row.urgency in {None, urgency}
            and row.services.takes(kind)
            and not (row.plans or row.concurrent)  # each goes before the one of all
        ]
        assert len(rows) == 1, (regime, urgency, kind, day, rows)


def test_criteria_use_all_six_grounds_and_some_are_for_people_alone(pack):
    grounds = {clause.basis for table in pack.criteria for clause in table.criterion}

    assert grounds == set(Basis)
    assert {table.approves for table in pack.criteria} == {True, False}


def test_whatever_goes_into_a_letter_stands_in_both_languages(pack):
    said = [row.words for row in pack.reason] + [row.title for row in pack.requirement + pack.document_kind]
    said += [clause.text for table in pack.criteria for clause in table.criterion]
    said += [row.external_review for row in pack.plan if Regime.PUERTO_RICO in row.regimes]

    assert all(isinstance(words, Words) and words.en and words.es and words.en != words.es for words in said)


# Faults


BREAKAGES = [
    # file, what stands there, what is put there, the fault's file, row and field
    ("timeframes.toml", 'id = "ma-standard"', "id = ", "timeframes.toml, the whole file, syntax"),
    ("instruments.toml", 'regimes = ["medicare_advantage"]', "", "instruments.toml, DR-2026-SAMPLE, plans"),
    ("instruments.toml", '"mcs-life",', '"mcs",', "instruments.toml, CN-2026-SAMPLE, plans"),
    ("instruments.toml", '"pr-standard"', '"pr-normal"', "instruments.toml, CN-2026-SAMPLE, rows"),
    ("instruments.toml", '"appeal_window",', '"decision",', "instruments.toml, DR-2026-SAMPLE, duties"),
    ("instruments.toml", "through = 2027", "through = 2025", "instruments.toml, DR-2026-SAMPLE, through"),
    ("timeframes.toml", 'standing = "sourced"', "", "timeframes.toml, ma-standard-until-2025, standing"),
    (
        "timeframes.toml",
        "length = 14,",
        "length = 'a fortnight',",
        "timeframes.toml, ma-standard-until-2025, span.length",
    ),
    (
        "timeframes.toml",
        "length = 14,",
        "length = 0,",
        "timeframes.toml, ma-standard-until-2025, span.length",
    ),
    (
        "timeframes.toml",
        'regime = "erisa"',
        'regime = "federal"',
        "timeframes.toml, erisa-pre-service, regime",
    ),
    ("timeframes.toml", "in_force_through = 2025-12-31", "", "timeframes.toml, ma-standard, in_force_from"),
    (
        "timeframes.toml",
        'times = "calls"',
        'times = "calls"\nkinds = ["apeal"]',
        "timeframes.toml, ma-calls, kinds",
    ),
    (
        "notices.toml",
        'notice = "appeal_acknowledged"\nowed_by = ["appeal"]',
        'notice = "appeal_acknowledged"\nowed_by = ["apeal"]',
        "notices.toml, appeal-acknowledged, owed_by",
    ),
    (
        "requirements.toml",
        'asked_of = ["dispute"]',
        'asked_of = ["disputes"]',
        "requirements.toml, statement_of_basis, asked_of",
    ),
    (
        "timeframes.toml",
        "in_force_through = 2025-12-31",
        "in_force_through = 2025-12-30",
        "timeframes.toml, regime medicare_advantage, in_force_from",
    ),
    (
        "timeframes.toml",
        "in_force_through = 2025-12-31",
        "in_force_through = 2024-12-31",
        "timeframes.toml, ma-standard-until-2025, in_force_through",
    ),
    (
        "timeframes.toml",
        'source = "42 CFR 422.572(c)"',
        'source = " "',
        "timeframes.toml, ma-written-confirmation, source",
    ),
    (
        "timeframes.toml",
        'effect = "window_ends"',
        'effect = "compliance_breach"',
        "timeframes.toml, ma-information-window, expiry.effect",
    ),
    (
        "timeframes.toml",
        "presumed_receipt = { length = 5",
        "answer = { length = 5",
        "timeframes.toml, ma-appeal-window, presumed_receipt",
    ),
    (
        "timeframes.toml",
        'ground = "missing_information"',
        'ground = "other"',
        "timeframes.toml, pr-standard, pause.ground",
    ),
    (
        "plans.toml",
        'zone = "America/New_York"',
        'zone = "America/Springfield"',
        "plans.toml, caresource, zone",
    ),
    ("plans.toml", 'holidays = "PR"', 'holidays = "ZZ"', "plans.toml, mcs-classicare, holidays"),
    ("plans.toml", "weekday = 5", "weekday = 7", "plans.toml, mcs-classicare, opening.5"),
    ("plans.toml", "\nes = ", "\nfr = ", "plans.toml, mcs-life, external_review.fr"),
    ("services.toml", '"72148"', '"7214"', "services.toml, mri, codes.7"),
    ("services.toml", '"71250"', '"72148"', "services.toml, ct, codes"),
    ("services.toml", "valid_days = 60", "", "services.toml, mri, the row"),
    ("services.toml", '"J0178", ', '"E0250", ', "services.toml, part-b-drug, codes"),
    ("services.toml", '"78815", ', "", "criteria.toml, oncologic-pet, services"),
    ("services.toml", "[[service]]", "[[services]]", "services.toml, services, services"),
    ("never_required.toml", "emergency = true", "", "never_required.toml, emergency, codes"),
    ("never_required.toml", '["ob_gyn"]', '["midwife"]', "never_required.toml, ob-gyn, provider_roles"),
    ("requirements.toml", 'id = "diagnosis"', 'id = "diagnoses"', "requirements.toml, diagnoses, id"),
    ("requirements.toml", '"imaging"', '"images"', "requirements.toml, previous_studies, applies_to"),
    ("requirements.toml", 'id = "diagnosis"', 'id = "medical_order"', "requirements.toml, medical_order, id"),
    (
        "criteria.toml",
        'shown_by = "pathology"',
        'shown_by = "x-ray"',
        "criteria.toml, oncologic-pet.tissue, shown_by",
    ),
    ("criteria.toml", "at_least = 6", "at_least = 6\nat_most = 9", "criteria.toml, lumbar-mri, criterion.0"),
    (
        "criteria.toml",
        'group = "lumbar-mri.treatment"',
        'group = "lumbar-mri.severity"',
        "criteria.toml, lumbar-mri.deficit, group",
    ),
    ("criteria.toml", 'rank = "guideline"', 'rank = "internal"', "criteria.toml, lumbar-mri.red-flag, rank"),
    (
        "criteria.toml",
        'es = "El dolor lumbar o de la pierna ha durado seis semanas o más."',
        'es = ""',
        "criteria.toml, lumbar-mri, criterion.0.text",
    ),
    ("ladder.toml", "fraction = 0.75", "fraction = 0.4", "ladder.toml, three_quarters, fraction"),
    ("ladder.toml", 'queue = "supervisor"', 'queue = "boss"', "ladder.toml, three_quarters, queue"),
    (
        "choices.toml",
        "= 72",
        '= "three days"',
        "choices.toml, choices 1, backdating_needs_reason_after_hours",
    ),
    ("staff.toml", 'roles = ["nurse"]', 'roles = ["doctor"]', "staff.toml, rn-rivera, roles"),
    ("staff.toml", 'roles = ["intake"]', 'roles = ["nurse"]', "staff.toml, ic-santos, licence"),
    ("staff.toml", "@plan.example", " at plan.example", "staff.toml, sup-diaz, email"),
    ("reasons.toml", '"medical_necessity"', '"other"', "reasons.toml, criteria_not_met, reason_class"),
    ("pricing.toml", "percent = 2\n", "percent = 100\n", "pricing.toml, sequestration 1, percent"),
    ("pricing.toml", "months = 3", "months = 5", "pricing.toml, opps-addendum-b, the row"),
    ("pricing.toml", '["13"]', '["131"]', "pricing.toml, opps-addendum-b, facility_codes.0"),
    ("pricing.toml", '["J1", ', '["K1", ', "pricing.toml, opps-addendum-b, the row"),
    ("pricing.toml", "{ J2 = ", "{ X9 = ", "pricing.toml, opps-addendum-b, the row"),
    ("letters.toml", '["determination"]', '["extension"]', "letters.toml, integrated-denial-notice, the row"),
    (
        "documents.toml",
        'id = "pathology"',
        'id = "histology"',
        "criteria.toml, oncologic-pet.tissue, shown_by",
    ),
]


@pytest.mark.parametrize(
    ("file", "stands", "put", "place"),
    [pytest.param(*row, id=f"{row[3]} ({row[2][:20]})") for row in sampled(BREAKAGES, 18)],
)
def test_a_fault_is_named_by_file_row_and_field(copy, file, stands, put, place):
    table = copy / file
    text = table.read_text(encoding="utf-8")
    assert stands in text
    table.write_text(text.replace(stands, put, 1), encoding="utf-8")

    faults = packs.check(copy)

    assert [fault for fault in faults if fault.startswith((f"{place}: ", f"{place}."))], faults
    assert all(fault.count("\n") == 0 for fault in faults)


def test_a_fault_never_repeats_what_the_file_holds(copy):
    staff = copy / "staff.toml"
    staff.write_text(staff.read_text().replace('roles = ["intake"]', 'roles = ["Juana Pérez 1954"]', 1))

    assert packs.check(copy)
    assert not any("Juana" in fault for fault in packs.check(copy))


def test_loading_a_broken_pack_is_refused_with_its_first_fault(copy):
    (copy / "choices.toml").unlink()

    with pytest.raises(Misuse, match=r"policy pack: choices\.toml, the whole table, choices: the pack needs"):
        packs.load(copy)


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_tables_is_no_pack(tmp_path, name):
    (tmp_path / "empty").mkdir()

    assert packs.check(tmp_path / name) == [
        "*.toml, the whole folder, tables: there are no policy tables here"
    ]


def test_a_table_lives_in_one_file(copy):
    shutil.copy(copy / "ladder.toml", copy / "rungs.toml")

    assert packs.check(copy) == ["rungs.toml, rung, rung: this table is already in ladder.toml"]


def test_a_file_that_is_not_text_is_told_in_one_line(copy):
    (copy / "ladder.toml").write_bytes(b"\xff\xfe\x00")

    assert "ladder.toml, the whole file, syntax: this is not UTF-8 text" in packs.check(copy)


# The version


def test_the_same_tables_give_the_same_hash_whatever_their_comments_and_files(pack, copy):
    ladder = copy / "ladder.toml"
    (copy / "zz.toml").write_text("# another comment\n\n" + ladder.read_text())
    ladder.unlink()

    assert packs.load(copy).content_hash == pack.content_hash


def test_another_number_gives_another_hash(pack, copy):
    ladder = copy / "ladder.toml"
    ladder.write_text(ladder.read_text().replace("0.75", "0.8"))

    assert packs.load(copy).content_hash != pack.content_hash


# The examples


def test_there_are_examples_of_every_kind():
    assert len(REQUESTS) >= 12


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.stem)
def test_each_example_is_a_request_that_the_pack_understands(pack, path):
    request = Request.model_validate_json(path.read_text(encoding="utf-8"))
    questions = {clause.fact: clause for table in pack.criteria for clause in table.criterion}

    assert pack.plan_named(request.plan)
    assert request.warnings == ()
    assert all(line.from_day >= request.received_at.date() for line in request.lines)
    for document in request.documents:
        assert document.kind in {kind.id for kind in pack.document_kind}
        assert document.file is not None
        assert (path.parent / document.file).is_file()
        assert document.dated <= request.received_at.date()
        for name, value in document.facts.items():
            assert questions[name].accepts(value), name


ON_CRITERIA_ALONE = [
    ("01-approved-by-criteria", [Answer.MET]),
    ("02-nurse-approval", [Answer.UNKNOWN]),
    ("03-physician-denial", [Answer.UNMET]),
    ("04-partial-fewer-visits", [Answer.UNMET]),
    ("05-modified-other-code", [Answer.UNKNOWN]),
    ("09-not-covered", [None]),
    ("10-expedited-puerto-rico", [Answer.UNKNOWN]),
    ("11-four-lines-of-different-kinds", [Answer.UNMET, None, Answer.MET, None]),
    ("12-spanish-speaking-member", [Answer.MET]),
    ("13-part-b-drug", [None]),
]


@pytest.mark.parametrize(("name", "answers"), ON_CRITERIA_ALONE)
def test_each_example_shows_what_its_name_says(pack, name, answers):
    request = Request.model_validate_json((EXAMPLES / "precert" / f"{name}.json").read_text(encoding="utf-8"))
    facts = {fact.name: fact for document in request.documents for fact in document.shown_facts}
    tables = [
        next((table for table in pack.criteria if line.service in table.services), None)
        for line in request.lines
    ]

    assert [verdict(check(table, facts)) if table else None for table in tables] == answers


async def test_the_sample_directory_covers_every_example_but_the_one_that_is_not_covered():
    directory = FileDirectory(EXAMPLES / "directory.toml")

    covered = {}
    for path in REQUESTS:
        request = Request.model_validate_json(path.read_text(encoding="utf-8"))
        services = [line.service for line in request.lines]
        number = request.member.contract_number or ""
        answers = [
            await directory.coverage(request.plan, number, line.from_day, services) for line in request.lines
        ]
        covered[path.stem] = all(answer.is_covered for answer in answers)

    assert [name for name, is_covered in covered.items() if not is_covered] == ["09-not-covered"]


def test_the_sample_directory_names_members_and_providers_as_the_examples_do():
    directory = tomllib.loads((EXAMPLES / "directory.toml").read_text(encoding="utf-8"))
    members = {row["contract_number"]: row["name"] for row in directory["member"]}
    providers = {row["npi"]: row["name"] for row in directory["provider"]}

    for path in REQUESTS:
        request = Request.model_validate_json(path.read_text(encoding="utf-8"))
        assert members[request.member.contract_number or ""] == request.member.name
        for provider in filter(None, (request.requesting_provider, request.servicing_provider)):
            assert providers[provider.npi] == provider.name


@pytest.mark.parametrize(("plan", "kind"), [("mcs-classicare", "precertification"), ("procare", "dispute")])
def test_a_receipt_is_of_the_first_day_of_its_rows_or_later(pack, plan, kind):
    row = pack.plan_named(plan)
    first = pack.disputes_of(plan).terms.in_force_from if kind == "dispute" else row.in_force_from
    assert pack.plan_on(plan, first, kind) == row
    with pytest.raises(Misuse, match=f"no timeframes for a receipt before {first}"):
        pack.plan_on(plan, first - timedelta(days=1), kind)
