"""At a terminal: what leaves the house is read back, and goes by another key than began it."""

import json
import re

import pytest

from tests.edges.at_a_terminal import types

pytestmark = pytest.mark.slow

ENGLISH = re.compile(r"\b(the|of|to|and|is|was|it|for|by|that|not|from|with|has|will|time|letter|sent|due)\b")
ON_CLAUSE = ("--reason", "criteria_not_met", "--criterion", "oncologic-pet.purpose")


async def test_a_denial_shows_its_letters_and_goes_by_the_last_four_of_the_number(installation):
    case = await installation.opened("03", reference="LAST FOUR")
    await installation.at_rest(case)
    deny = ("deny", case, *ON_CLAUSE)

    for answer in ("", "y", "deny"):
        code, seen = await types(installation, *deny, as_="md-vega", answers=[answer])
        assert (code, "not confirmed; nothing was done" in seen) == (1, True)
    assert (await installation.json("show", case))["lines"][0]["outcome"] is None

    code, seen = await types(installation, *deny, as_="md-vega", answers=[case[-4:].lower()])
    assert code == 0
    assert "=== determination letter to the member (es) ===" in seen
    assert (await installation.json("show", case))["lines"][0]["outcome"] == "denied"


async def test_what_the_rules_refuse_is_refused_before_anything_is_read_back(installation):
    case = await installation.opened("03", reference="NURSE DENIES")
    await installation.at_rest(case)

    code, seen = await types(installation, "deny", case, *ON_CLAUSE, as_="rn-rivera", answers=[""])

    assert (code, "may not deny" in seen, "last four" in seen) == (1, True, False)


async def test_the_next_case_opens_with_its_review_and_what_is_put_back_is_not_the_next_again(installation):
    for name in ("NEXT ONE", "NEXT TWO"):
        await installation.at_rest(await installation.opened("02", reference=name))

    code, seen = await types(installation, "next", as_="rn-colon", answers=["p"])

    case = re.search(r"(PRE-\S+): nurse-review is yours", seen)[1]
    assert (code, f"{case}: nurse-review put back" in seen) == (0, True)
    assert "line 1: " in seen, "the criteria, clause by clause"
    await installation.at_rest(case)
    [other] = await installation.json("next", as_="rn-colon")
    assert other["case"] != case
    await installation.answer("claim", case, as_="rn-colon")  # chosen, and not handed out
    for one in (case, other["case"]):
        await installation.answer("release", one, as_="rn-colon")


async def test_an_approval_goes_by_y_and_not_by_enter(installation):
    case = await installation.opened("02", reference="BY Y")
    await installation.at_rest(case)

    assert (await types(installation, "approve", case, as_="rn-rivera", answers=[""]))[0] == 1
    assert (await types(installation, "approve", case, as_="rn-rivera", answers=["y"]))[0] == 0

    assert (await installation.json("show", case))["status"]["code"] == "A1"


async def test_whatever_else_goes_out_to_people_goes_by_the_last_four_too(installation):
    case = await installation.opened("03", reference="GOES OUT")
    await installation.at_rest(case)
    await installation.answer("deny", case, *ON_CLAUSE, as_="md-vega")
    await installation.at_rest(case)
    right = ("correct-answer", case, "--to", "approved", "--because", "the study was on file")

    code, seen = await types(installation, *right, as_="md-ortiz", answers=[""])
    assert (code, f"The last four of {case} do it" in seen) == (1, True)
    assert (await installation.json("show", case))["lines"][0]["outcome"] == "denied"

    assert (await types(installation, *right, as_="md-ortiz", answers=[case[-4:]]))[0] == 0
    assert (await installation.json("show", case))["lines"][0]["outcome"] == "approved"


async def test_in_spanish_it_is_asked_and_answered_in_spanish(installation):
    case = await installation.opened("02", reference="EN ESPANOL")
    await installation.at_rest(case)

    code, seen = await types(
        installation, "approve", case, as_="rn-rivera", answers=["s"], PLAZO_LANG="es_PR.UTF-8"
    )

    assert (code, "s lo hace; Enter regresa:" in seen) == (0, True)
    assert "línea 1 aprobada. A1 Certificado en su totalidad; " in seen


async def test_in_spanish_pages_and_refusals_are_spanish_too(installation):
    request = installation.request("03", reference="EN ESPANOL 2")
    case = await installation.opened("03", **request)
    await installation.at_rest(case)
    member = request["member"]
    caller = {
        "from": "member",
        "given": [f"{member['name']} {member['birth_date']}", member["contract_number"]],
    }

    async def said(*words, given="", as_="rn-rivera"):
        done = await installation.plazo(*words, as_=as_, given=given, PLAZO_LANG="es")
        return done.out + done.err

    shown, listed = await said("show", case), await said("worklist")
    for page in (
        "A4 Pendiente",
        "Una enfermera revisa las líneas que los criterios solos no aprobaron.",
        "ahora: espera: nurse-review: quedan ",
        "línea 1: 78815, 1 unidad: sin decidir",
        "espera en nurse-review, sin nadie todavía: revisar las líneas",
    ):
        assert page in shown
    assert "  caso " in listed
    assert "revisar las líneas que los criterios solos no aprobaron" in listed
    assert "Pendiente" in await said("find", given=case)
    assert "La recibimos el " in await said("where", given=json.dumps(caller | {"name": "Ana"}))
    assert "\nfalta:    nada\n" in await said("precert", "check", "-", given=json.dumps(request))

    await said("note", case, "Called the office; it is for Monday")
    pages = [
        await said("timeline", case),
        await said("timeline", case, "--alone"),
        await said("explain", case),
        await said("forecast", case),
        await said("forecast", case, "--text"),
    ]
    for page, told in zip(
        pages,
        (
            "nota 1: Called the office; it is for Monday",
            "solicitud recibida por portal de parte del médico",
            "decisión  ma-standard: Decisión estándar, servicio de la lista de precertificación",
            "Pasó la mitad del tiempo.",
            "decisión: mitad",
        ),
        strict=True,
    ):
        assert told in page
        assert ENGLISH.findall(re.sub(r"nota 1: .*|se le dijo: .*|   .* CFR .*", "", page)) == []

    deny = ("deny", case, "--reason", "criteria_not_met", "--criterion", "oncologic-pet.purpose")
    assert "no puede denegar o reducir por necesidad médica; puede: médico o director" in await said(*deny)
    assert "case: un número de caso es como PRE-7K2M-9QXD-4HBT." in await said("show", "PRE-1")
    assert "queue: las que hay son intake, " in await said("worklist", "--queue", "nowhere")
    assert "find: escriba lo que se sabe" in await said("find")


async def test_from_the_next_case_what_is_needed_is_asked_for(installation):
    await installation.at_rest(await installation.opened("02", reference="NEXT ASKS"))

    code, seen = await types(
        installation, "next", as_="rn-colon", answers=["i", "The last study", "El último estudio"]
    )

    assert (code, "asked for: The last study" in seen) == (0, True)


async def test_a_caller_is_answered_by_what_they_say_and_somebody_hears(installation):
    case = await installation.opened("02", reference="TELEPHONE")
    await installation.at_rest(case)

    for said, may_hear in (("n", False), ("y", True)):
        answers = ["member", case[-4:], said, "Miguel Ortiz", "", "y"]
        code, seen = await types(installation, "where", as_="ic-santos", answers=answers)
        assert (code, "Do they say name and birth date miguel ortiz, 1949-08-30; contract" in seen) == (
            0,
            True,
        )
        assert ("You may tell the member" in seen) is may_hear
        assert "a call back is owed" in seen


async def test_a_denial_is_built_by_number_from_what_is_not_met(installation):
    case = await installation.opened("03", reference="BY NUMBER")
    await installation.at_rest(case)

    code, seen = await types(installation, "deny", case, as_="md-vega", answers=["1", "1", case[-4:]])

    assert code == 0, seen
    assert "1  oncologic-pet.purpose: " in seen
    assert "=== determination letter to the member (es) ===" in seen
    [line] = (await installation.json("show", case))["lines"]
    assert line["outcome"] == "denied"


async def test_what_is_chosen_by_a_number_that_is_none_does_nothing(installation):
    case = await installation.opened("03", reference="NO NUMBER")
    await installation.at_rest(case)
    for answer in ("", "99", "x"):
        code, seen = await types(installation, "deny", case, as_="md-vega", answers=[answer])
        assert (code, "nothing was done" in seen) == (2, True)
    assert (await installation.json("show", case))["lines"][0]["outcome"] is None


async def test_a_paper_is_attached_to_a_row_of_the_last_list_and_its_kind_is_asked_for(installation):
    case = await installation.opened("02", reference="BY ROW")
    await installation.at_rest(case)
    paper = installation.file(b"a film", "film.txt")

    code, seen = await types(
        installation, "attach", case, paper, as_="ic-santos", answers=["previous", "11/16/2026"]
    )

    assert (code, "previous study attached" in seen) == (0, True)
    found = await installation.plazo("find", given=case[-4:], as_="ic-santos")
    assert case in found.out
    assert case in await installation.answer("note", "1", "seen", as_="ic-santos")
