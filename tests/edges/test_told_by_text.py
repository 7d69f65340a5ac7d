"""What people are told by an approved text: call scripts and copies of the criteria, in both languages."""

import re
from datetime import timedelta

import pytest

from domain.case import dispatch
from domain.desk.calls import Spoken, TakeCall
from domain.desk.desk import Withdraw
from domain.determination.call_scripts import ScriptKind, scripts
from domain.determination.criteria_copy import Asker, CopyCriteria
from domain.determination.decisions import Deny
from domain.terms.people import Language, Words
from tests.builders import ROOT, a_case, staff
from tests.request_letters import NEXT_DAY, TEMPLATES, acted, asked, determination
from tests.telltales import TELLTALES
from worker.adapters.letter import pages_of, read
from worker.adapters.post.spool import Spool
from worker.adapters.scripts import CallScripts

ENGLISH, SPANISH = Language
IN_BOTH = pytest.mark.parametrize("language", list(Language))
SCRIPTS = ROOT / "policy" / "scripts"
TEXTS = CallScripts(SCRIPTS)
OXYGEN = {"lines": [{"sequence": 1, "service": "E0424", "from_day": "2037-04-01"}]}


def posted(case):
    for letter in case.letters.unsent:
        dispatch.sent(case, letter.key, "spooled", NEXT_DAY)
    case.settle(NEXT_DAY)
    return case


def denied(language, plan="mcs-classicare"):
    ground = {"reason_id": "criteria_not_met", "criterion": "lumbar-mri.weeks"}
    return acted(a_case(asked(language, plan=plan)), Deny(actor=staff("md-ortiz"), **ground))


def withdrawn(language):
    return acted(a_case(asked(language)), Withdraw(actor=staff("ic-santos"), by="physician"))


def promised(language):
    call = TakeCall(actor=staff("ic-santos"), caller="member", spoken=Spoken(name="Ana"), promised=True)
    return acted(a_case(asked(language, member={"contract_number": None}, documents=())), call)


LIVES = {
    "each answer once": determination,
    "denied, the letter has left": lambda language: posted(denied(language)),
    "denied in puerto rico, before the letter": lambda language: denied(language, "mcs-life"),
    "withdrawn": withdrawn,
    "a call back was promised": promised,
}
EVERY = pytest.mark.parametrize("build", LIVES.values(), ids=LIVES)


def said_to(case, whom):
    return next(TEXTS.words_of(one) for one in scripts(case, NEXT_DAY) if one.to == whom)


def test_every_script_names_its_version_its_approval_and_its_standing():
    texts = {file.name: file.read_text().splitlines()[0] for file in SCRIPTS.glob("*.txt")}
    assert {
        f"{kind.value}.{language.value}.txt" for kind in ScriptKind for language in Language
    } <= texts.keys()
    approved = re.compile(r"\{# .+ version \d+, approved \d{4}-\d\d-\d\d, standing: \w+ .*#\}")
    assert [name for name, first in texts.items() if not approved.fullmatch(first)] == []


@EVERY
@IN_BOTH
def test_every_script_opens_with_who_is_speaking_and_closes_with_help_and_the_case_number(build, language):
    case = build(language)
    for whom in ("member", "provider"):
        said = said_to(case, whom)
        blocks = said.strip().split("\n\n")
        assert all(block.splitlines()[0].isupper() for block in blocks)
        assert all(line.startswith(("  - ", "    ")) for block in blocks for line in block.splitlines()[1:])
        assert (
            "name, title, organisation" if language is ENGLISH else "nombre, puesto, organización"
        ) in said
        plan = case.policy.plan
        assert [one for one in (plan.organisation, plan.telephone, case.number) if one not in said] == []
        assert ("free" if language is ENGLISH else "gratis") in said
        assert not re.search(r"\bNone\b|[{}]|\[\]", said)


@EVERY
def test_a_spanish_script_holds_no_english(build):
    case = build(SPANISH)
    plan = case.policy.plan
    for whom in ("member", "provider"):
        said = said_to(case, whom)
        for name in (plan.organisation, plan.name):
            said = said.replace(name, "")
        assert TELLTALES.findall(said) == []


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        (
            ENGLISH,
            ["The authorization number is AUT-", "through May 31, 2037", "approved in part, 4 of 10 units"],
        ),
        (
            SPANISH,
            [
                "El número de autorización es AUT-",
                "hasta el 31 de mayo de 2037",
                "en parte, 4 de 10 unidades",
            ],
        ),
    ],
)
def test_what_was_decided_is_said_line_by_line_with_each_number(language, wanted):
    said = said_to(determination(language), "provider")
    assert [words for words in wanted if words not in " ".join(said.split())] == []


@pytest.mark.parametrize(
    ("language", "build", "wanted"),
    [
        (ENGLISH, "denied, the letter has left", "The last day for it is May 7, 2037."),
        (SPANISH, "denied, the letter has left", "El último día para hacerlo es el 7 de mayo de 2037."),
        (
            ENGLISH,
            "denied in puerto rico, before the letter",
            "within 180 days from the day on which you receive",
        ),
        (
            SPANISH,
            "denied in puerto rico, before the letter",
            "dentro de 180 días desde el día en que reciba",
        ),
    ],
)
def test_the_right_to_appeal_is_told_with_its_real_last_day_once_it_is_known(language, build, wanted):
    assert wanted in " ".join(said_to(LIVES[build](language), "member").split())


def test_a_script_before_the_answer_promises_none_and_asks_for_what_is_missing():
    said = said_to(promised(ENGLISH), "member")
    assert "You asked us to call you back." in said
    assert "We have not decided yet. We will answer by" in said
    assert "We still need: " in said
    assert "appeal" not in said
    assert "You asked us to call you back." not in said_to(promised(ENGLISH), "provider")


def test_a_script_never_promises_a_day_that_has_passed():
    case = a_case(asked(ENGLISH))
    late = case.due_at + timedelta(days=1)
    said = next(TEXTS.words_of(one) for one in scripts(case, late) if one.to == "member")
    assert "We have not decided yet." in said
    assert "We will answer by" not in said


def test_while_words_wait_for_their_spanish_a_call_tells_nothing_and_denies_nothing():
    own = {"reason_id": "criteria_not_met", "criterion": "lumbar-mri.weeks", "words": Words(en="Too early.")}
    case = acted(a_case(asked(SPANISH)), Deny(actor=staff("md-ortiz"), translate=True, **own))
    said = said_to(case, "member")
    assert "Todavía no hemos decidido" in said
    assert "Ya no trabajamos" not in said


# Copies of the criteria


def copied(language, to="member", **words):
    case = a_case(asked(language, **OXYGEN))
    act = CopyCriteria(actor=staff("ic-santos"), to=to, **words)
    act.refuse_unless_allowed(case, NEXT_DAY)
    act.apply(case, NEXT_DAY)
    return case, case.letters.unsent[-1]


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool", TEMPLATES)


def neighbour(language):
    return Asker(name="Vecina López", address="Calle Sol 3, Ponce PR 00730", language=language)


WHOSE = {
    "member": copied,
    "provider": lambda language: copied(language, "provider"),
    "somebody else": lambda language: copied(language, "somebody_else", asker=neighbour(language)),
}


@pytest.mark.parametrize("build", WHOSE.values(), ids=WHOSE)
@IN_BOTH
async def test_a_copy_holds_every_clause_its_source_and_the_statement_and_can_be_mailed(
    spool, build, language
):
    case, notice = build(language)
    text = spool.render(notice)
    words = " ".join(text.split())

    table = case.policy.criteria_for("E0424")
    wanted = [clause.text.in_language(language) for clause in table.criterion]
    wanted += [row.words.in_language(language) for row in case.policy.criteria_statement]
    wanted += [table.source if language is ENGLISH else table.source_es]
    assert [one for one in wanted if one not in words] == []
    assert ("One of these: (1) Arterial" if language is ENGLISH else "Uno de estos: (1) La presión") in words
    assert "your copy of our letter" not in words
    assert [line for line in text.splitlines() if len(line) > 78 or line != line.rstrip()] == []
    assert "\n\n\n" not in text
    if language is SPANISH:
        plan = case.policy.plan
        for name in (plan.organisation, plan.name, plan.address):
            words = words.replace(name, "")
        assert TELLTALES.findall(words) == []

    letter = read(text, language=language.value, case=case.number)
    headings = [part.text for part in letter.body if part.kind == "heading"]
    about = "ABOUT THESE CRITERIA" if language is ENGLISH else "SOBRE ESTOS CRITERIOS"
    title = f"{table.title}, codes" if language is ENGLISH else f"{table.title_es}, códigos"
    assert headings == [f"{title} E0424", about]
    await spool.send(notice)
    assert pages_of((spool.folder / f"{notice.key}.pdf").read_bytes()) in {1, 2}


@IN_BOTH
def test_somebody_else_reads_nothing_of_the_member_in_their_copy(spool, language):
    case, notice = WHOSE["somebody else"](language)
    text = " ".join(spool.render(notice).split())
    member, provider = case.request.member, case.request.requesting_provider
    assert [one for one in (member.name, member.contract_number, provider.name) if one in text] == []
    assert "Vecina López Calle Sol 3" in text
