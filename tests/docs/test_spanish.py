"""Spanish at the terminal: each sentence that the house can print has its approved text, and finds it."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from client.drawing.diary import NOW
from client.drawing.words import STEPS, WORDS
from config.pack import load
from config.tongue import FIELD, HOLDS, TABLES, in_spanish, spoken
from domain.case.authority import TABLE
from domain.clock.timeframe import LegalEffect
from domain.parts.stage import SENTENCES
from domain.parts.status import Status
from domain.terms.people import Role
from domain.view.showing import WAITS
from tests.docs.event_sentences import Told

ROOT = Path(__file__).parents[2]
CASEFILE, TERMINAL, REFUSALS, EVENTS = (tomllib.loads(path.read_text(encoding="utf-8")) for path in TABLES)
SAID = CASEFILE | TERMINAL
DAY = "Mon 2 Mar 2026 18:41 AST"
EXAMPLES = {
    "case": "PRE-7K2M-9QXD-4HBT",
    "left": "3 h 10 min",
    "late": "3 h 10 min",
    "at": DAY,
    "show": DAY,
    "show_due": DAY,
    "lines": "1",
    "party": "member",
}


def sentences(floors: tuple[str, ...], called: set[str]) -> set[str]:
    """What the code of these floors gives to functions of these names first, each field by its name."""
    pages = (page.read_text(encoding="utf-8") for floor in floors for page in (ROOT / floor).rglob("*.py"))
    calls = (
        call
        for page in pages
        if any(f"{name}(" in page for name in called)
        for call in ast.walk(ast.parse(page))
        if isinstance(call, ast.Call) and call.args and _name(call.func) in called
    )
    found = {said for call in calls for said in _sentences(call.args[0]) if _words_of_its_own(said)}
    assert found
    return found


def _sentences(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.IfExp():
            yield from (*_sentences(node.body), *_sentences(node.orelse))
        case ast.Call(func=ast.Name(id="Text"), args=[said, *_]):
            yield from _sentences(said)
        case ast.Constant(value=str(said)):
            yield said
        case ast.JoinedStr():
            yield _with_fields(node)


def _with_fields(text: ast.JoinedStr) -> str:
    seen: Counter[str] = Counter()
    said = ""
    for part in text.values:
        if isinstance(part, ast.FormattedValue):
            name = _name(part.value)
            seen[name] += 1
            said += f"{{{name}_{seen[name]}}}" if seen[name] > 1 else f"{{{name}}}"
        else:
            assert isinstance(part, ast.Constant)
            said += str(part.value)
    return said


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return _name(inner)
        case _:
            return "said"


def _words_of_its_own(sentence: str) -> bool:
    return re.search("[a-z]{2}", FIELD.sub("", sentence)) is not None


def _blank(sentence: str) -> str:
    return re.sub(r"(\{\})+", "{}", FIELD.sub("{}", sentence.strip()))


def test_every_refusal_has_its_text_and_no_text_is_left_over():
    refused = sentences(
        ("domain", "client", "config", "activities"), {"Refused", "Misuse", "Unreachable", "NotYetAdmitted"}
    )

    assert refused - {*REFUSALS} - {*TERMINAL} == set()
    assert {*REFUSALS} - refused == set()


def test_what_the_terminal_tells_has_its_text():
    known = {_blank(one) for one in SAID | EVENTS}
    told = sentences(("client",), {"tell", "say", "spoken"})

    assert {one for one in told if _blank(one) not in known} == set()


def test_what_a_case_tells_of_itself_has_its_text():
    known = {_blank(one).casefold() for one in EVENTS | SAID | REFUSALS}
    without = {one for one in Told().sentences if _blank(one).casefold() not in known}

    assert without == set(), f"{TABLES[3].name} has no text for:\n" + "\n".join(sorted(without))


def test_titles_and_meanings_of_the_policies_have_their_text():
    pack = load()
    words = {
        *(row.title for row in pack.timeframe),
        *(row.expiry.meaning for row in pack.timeframe if row.expiry),
        *(row.counts_from.value for row in pack.timeframe),
        *(ground for row in pack.timeframe if row.extension for ground in row.extension.grounds),
        *(rung.words for rung in pack.rung),
        *(reason.id for reason in pack.reason),
    }

    assert {one for one in words if one.replace("_", " ") not in EVENTS | SAID} == set()


def test_the_short_words_of_a_life_have_their_text():
    effects = (effect.value.replace("_", " ") for effect in LegalEffect)

    assert {*WORDS.values(), *STEPS.values(), NOW, *effects} - {*EVENTS} - {*SAID} == set()


def test_what_may_stand_in_a_field_has_its_text():
    roles = {role.value.replace("_", " ") for role in Role}
    words = {*TABLE, *roles, *SENTENCES.values(), *WAITS.values(), *(status.text for status in Status)}

    assert words - {*SAID} == set()


@pytest.mark.parametrize("table", [TERMINAL, REFUSALS, EVENTS])
def test_a_text_has_the_fields_of_its_sentence(table):
    assert [one for one in table if {*FIELD.findall(one)} != {*FIELD.findall(table[one])}] == []


def test_a_sentence_finds_its_own_text_among_all_of_them():
    wrong = []
    for sentence, spanish in (REFUSALS | TERMINAL | EVENTS).items():
        fields = {name: EXAMPLES.get(name, "Xyz") for name in FIELD.findall(sentence)}
        told = {name: in_spanish(value) for name, value in fields.items()}
        if in_spanish(sentence.format(**fields)) != spanish.format(**told):
            wrong.append((sentence, in_spanish(sentence.format(**fields))))

    assert wrong == [], "\n".join(map(str, wrong))
    assert {*EXAMPLES} <= {*HOLDS}


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        (
            "Carmen Rivera (Nurse) may not deny or reduce on medical necessity; physician may (42 CFR 422)",
            "Carmen Rivera (Nurse) no puede denegar o reducir por necesidad médica; puede: médico (42 CFR 422)",
        ),
        (
            "codes: it is not a well-formed CPT or HCPCS service code, for example 72148; born: it is missing.",
            "codes: no es un código de servicio CPT o HCPCS bien formado, por ejemplo 72148; born: falta.",
        ),
        (
            "now: expedited, waiting for nurse-review: 1 d 2 h left",
            "ahora: acelerado, espera: nurse-review: quedan 1 d 2 h",
        ),
        (
            f"received {DAY}, day 0; due Mon 9 Mar 23:59 AST; standard",
            "recibido lun 2 mar 2026 18:41 AST, día 0; vence lun 9 mar 23:59 AST; estándar",
        ),
        ("  line 1: 72148, 1 unit: approved", "  línea 1: 72148, 1 unidad: aprobada"),
        (
            "dispute-triage: find out whether this is ours to answer: not in the directory",
            "dispute-triage: averiguar si nos toca contestar esto: no está en el directorio",
        ),
        (
            f"pr-urgent allows 24 hours from {DAY}: expedited at the word of the physician",
            "pr-urgent concede 24 horas desde lun 2 mar 2026 18:41 AST: acelerado a petición del médico",
        ),
        (
            "ma-standard missed: The answer is late and stays owed.; owed to member",
            "ma-standard incumplido: La respuesta está tardía y se sigue debiendo.; se debe a: afiliado",
        ),
        ("line 1 denied: criteria not met", "línea 1 denegada: no se cumplen los criterios"),
        ("note 1: closed: denied, and told to the member", "nota 1: closed: denied, and told to the member"),
        ("receipt corrected from Xyz", "receipt corrected from Xyz"),
        ("What somebody wrote stands as it is.", "What somebody wrote stands as it is."),
    ],
)
def test_a_line_is_put_together_of_what_the_table_knows(english, spanish):
    assert in_spanish(english) == spanish


def test_only_whoever_asks_for_spanish_is_answered_in_it(monkeypatch):
    monkeypatch.setenv("PLAZO_LANG", "es_PR.UTF-8")
    assert spoken("Nothing waits.") == "No espera nada."

    monkeypatch.setenv("PLAZO_LANG", "en")
    assert spoken("Nothing waits.") == "Nothing waits."
