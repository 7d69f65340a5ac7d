"""Calls, notes, reasons, translations and copies of criteria as the staff have them: commands on a real server."""

import json
import re

import pytest

from tests.edges.fluent import refused_in_one_line

pytestmark = pytest.mark.slow

SHEET = json.dumps(
    {"name": "Rosa Rivera", "title": "daughter", "telephone": "787-555-0100", "said": "we look"}
)


async def test_a_call_that_came_in_is_kept_with_who_it_was_and_the_call_back_that_was_promised(installation):
    case = await installation.opened("03", reference="E-8301")
    call = ("call", case, "--in", "--from", "member")
    no_sheet = await installation.plazo(*call, as_="ic-santos")
    refused_in_one_line(no_sheet, 2, "sheet: a call that came in names who called")
    nobody = await installation.plazo(*call, "--sheet", "-", as_="ic-santos", given="{}")
    refused_in_one_line(nobody, 2, "name: it is missing")
    mixed = await installation.plazo("call", case, "--to", "member", "--promise-callback", as_="ic-santos")
    refused_in_one_line(mixed, 2, "a call that was made takes --to")

    taken = await installation.plazo(
        *call, "--sheet", "-", "--promise-callback", as_="ic-santos", given=SHEET
    )
    assert (taken.code, taken.err) == (0, "")
    assert re.search(r"a call back is owed by \w{3} \d+ \w{3} \d{4} \d\d:\d\d AST", taken.out)
    await installation.at_rest(case)
    waiting = await installation.answer("worklist", "--queue", "calls", as_="ic-santos")
    assert "call the member back, as promised" in waiting
    told = await installation.answer("timeline", case)
    assert "call from the member; spoke with Rosa Rivera, daughter, 787-555-0100; said: we look" in told

    said = await installation.answer("call", "script", case, "--to", "member")
    assert "CÓMO VA LA SOLICITUD" in said
    assert "Usted nos pidió que le devolviéramos la llamada." in said
    assert "Se trata de" in (await installation.json("call", "script", case, "--to", "provider"))["text"]
    wrong = await installation.plazo("call", "script", case, "--to", "reviewer")
    refused_in_one_line(wrong, 2, "has a script for member, provider")

    await installation.answer("call", case, "--to", "member", "--no-reached", "--callback", as_="ic-santos")
    await installation.at_rest(case)
    waiting = await installation.answer("worklist", "--queue", "calls", as_="ic-santos")
    assert not [row for row in waiting.splitlines() if case in row and "as promised" in row]


async def test_a_note_has_a_number_and_is_struck_through_where_everybody_still_reads_it(installation):
    case = await installation.opened("02", reference="E-8302")
    for text in ("The office sends the study.", "Of another member."):
        await installation.answer("note", case, text, as_="ic-santos")
    struck = ("note", "strike", case, "2", "--because", "another case was open")
    refused_in_one_line(
        await installation.plazo(*struck, as_="rn-rivera"), 1, "may not strike another's note"
    )
    await installation.answer(*struck, as_="ic-santos")

    told = await installation.answer("timeline", case)
    assert "note 1: The office sends the study." in told
    assert re.search(r"note 2, struck through by Noemí Santos.*\(another case was open\): Of another", told)


async def test_own_words_wait_for_their_translation_and_the_criteria_go_to_whoever_asks(installation):
    case = await installation.opened("03", reference="E-8303")
    [service] = {line["service"] for line in (await installation.json("show", case))["lines"]}
    rows = await installation.json("reasons", service)
    library = next(row for row in rows if row.get("criterion") == "oncologic-pet.purpose")
    deny = ("deny", case, "--reason", library["id"], "--words", "Your note shows two weeks of pain.")
    alone = await installation.plazo(*deny, as_="md-ortiz")
    refused_in_one_line(alone, 1, "have them translated (--translate)")
    await installation.answer(*deny, "--translate", as_="md-ortiz")
    await installation.at_rest(case)
    assert installation.letters(case) == []

    words = installation.file("Su nota muestra dos semanas de dolor.", "words.txt")
    await installation.answer("translate", case, "--es", words, as_="ic-santos")
    await installation.at_rest(case)
    assert len(installation.letters(case)) == 2

    asker = installation.file(
        {"name": "Vecina López", "address": "Calle Sol 3", "language": "es"}, "asker.json"
    )
    copy = ("criteria", "copy", case, "--for")
    await installation.answer(*copy, "member", as_="ic-santos")
    await installation.answer(*copy, "somebody-else", "--addressee", asker, as_="ic-santos")
    await installation.at_rest(case)
    copies = [name for name in installation.letters(case) if "criteria_copy" in name]
    assert len(copies) == 2
