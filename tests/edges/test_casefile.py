"""A case file: one PDF in a fixed order, with hashes; what is missing is named, and nothing is written over."""

import hashlib
import re
from datetime import date
from io import BytesIO

import pytest
import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from client.desk.casefile import _refuse_what_cannot_be_written
from domain.appeal.deciding import DecideAppeal
from domain.authorization.acts import UseUnits
from domain.authorization.authorization import LiveAuthorization
from domain.casefile.casefile import file_of
from domain.desk.desk import Note, RecordCall
from domain.desk.file_made import Audience
from domain.desk.holds import LiftHold, PutOnHold
from domain.desk.notes import StrikeNote
from domain.determination.decisions import Approve
from domain.parts.events import EventKind
from domain.parts.hold import HoldKind
from domain.review.issuing import Issued
from domain.terms.case_number import case_number
from domain.terms.people import Language
from domain.terms.refusals import Misuse, Refused
from tests.appealing import appeal_of, denied, does
from tests.builders import a_case, a_request, at
from tests.disputes import a_dispute
from tests.edges.appeal_desk import appeal_file
from tests.edges.appeal_desk import denied as denied_at_the_desk
from tests.edges.casefiles import NOW, House, text_of
from tests.edges.fluent import refused_in_one_line
from worker.adapters.sheets import pages_of_paper
from worker.adapters.strip import HEIGHT

PNG = b"#set page(width: 3in, height: 4in)\n= A scan"
UNKNOWN = case_number("PRE", (99).to_bytes(8, "big"))


def a_pdf(words="A study", pages=1):
    made = typst.Compiler(ignore_system_fonts=True).compile(
        "#pagebreak()\n".join(f"= {words}\n" for _ in range(pages)).encode(), format="pdf", timestamp=0
    )
    assert isinstance(made, bytes)
    return made


def a_png():
    made = typst.Compiler(ignore_system_fonts=True).compile(PNG, format="png")
    assert isinstance(made, bytes)
    return made


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


async def a_denial_and_its_appeal(house, *papers, language="en"):
    documents = (*a_request().documents, *papers)
    original = denied("2037-02-09", documents=documents, member={"language": language})
    does(original, at("2037-02-09 12:00 AST"), "ic-santos", Note, text="The office faxes the study #tonight.")
    does(
        original,
        at("2037-02-10 12:00 AST"),
        "ic-santos",
        RecordCall,
        to="member",
        reached=True,
        at=at("2037-02-10 09:00 AST"),
    )
    appeal = appeal_of(original, at("2037-03-02 09:00 AST"))
    appeal.number = "APP-3333-3333-3333"
    does(appeal, at("2037-03-12 10:00 AST"), "md-vega", DecideAppeal, answer="upheld")
    await house.sends(original, appeal)
    return original, appeal


def an_authorization():
    """A lumbar MRI through the end of May, two units, on its own."""
    case = a_case(a_request(units=2))
    does(case, case.received_at, "rn-rivera", Approve)
    permit = case.lines[0].authorization.model_copy(update={"through": date(2037, 5, 31)})
    issued = Issued(
        number=permit.number,
        case=case.number,
        line=1,
        services=case.lines[0].kind,
        permit=permit,
        member=case.member,
        policy=case.policy,
        request=case.request,
        urgency=case.urgency,
        parties=(),
        head={},
        at=case.received_at,
    )
    return LiveAuthorization.begun(issued, now=case.received_at)


def stand_in_this_order(text, *words):
    places = [text.find(one) for one in words]
    assert -1 not in places, words[places.index(-1)]
    assert places == sorted(places)


# One PDF


async def test_a_file_has_its_parts_in_order_and_its_contents_name_the_page_of_each(house):
    cases = await a_denial_and_its_appeal(house, house.paper("study", a_pdf("Magnetic resonance", 2)))

    bound = house.binds(*cases)

    pages = text_of(bound.pdf)
    assert len(pages) == bound.pages
    cover, whole = pages[0], " ".join(pages)
    stand_in_this_order(
        cover,
        *("Case file APP-3333-3333-3333", "made for the reviewer", "Teresa Soto", "member Ana Rivera"),
        *("in the order of receipt", "PRE-2222-2222-2222", "What it contains", cases[0].policy.content_hash),
    )
    stand_in_this_order(
        whole,
        *("What happened Every event", "Case PRE-2222-2222-2222 kind", "The request as received"),
        *("What was found and answered", "Clocks, step by step", "Calls and notes", "Papers that arrived"),
        *("Case APP-3333-3333-3333 kind", "The appeal as received", "Index of letters and papers Each"),
        *("NOTICE OF DENIAL OF MEDICAL COVERAGE", "Magnetic resonance"),
    )
    [study] = [number for number, page in enumerate(pages, start=1) if page.startswith("Magnetic resonance")][
        :1
    ]
    assert f"Paper: clinical note of 2037-02-01 {study} " in cover
    assert bound.missing == (
        "previous study of 2037-02-27 of PRE-2222-2222-2222: only named by the sender; its content was never kept",
    )


async def test_pages_are_numbered_to_the_last_and_each_paper_says_what_it_is_however_it_lies(house):
    turned = PdfWriter(clone_from=BytesIO(a_pdf("Sideways", 2)))
    turned.pages[1].rotate(90)
    written = BytesIO()
    turned.write(written)
    cases = await a_denial_and_its_appeal(
        house, house.paper("scan", a_png()), house.paper("study", written.getvalue())
    )

    bound = house.binds(*cases)

    pages = text_of(bound.pdf)
    numbers = [f"page {count} of {bound.pages}" for count in range(1, bound.pages + 1)]
    assert [number for number, page in zip(numbers, pages, strict=True) if number not in page] == []
    index = next(page for page in pages if page.startswith("Index of letters and papers"))
    for page in pages[-3:]:
        number, title = re.search(r"made for the reviewer\. (\d+): (.+?), PRE-2222", page).groups()
        assert f"{number} {title}" in index
    *_, upright, aside = PdfReader(BytesIO(bound.pdf)).pages
    assert float(upright.mediabox.bottom) == -HEIGHT, "beneath what came in, which stays as large as it was"
    assert float(aside.mediabox.right) == float(upright.mediabox.right) + HEIGHT


async def test_the_members_copy_goes_without_what_staff_noted_for_one_another(house):
    case, _ = await a_denial_and_its_appeal(house)
    does(case, NOW, "ic-santos", StrikeNote, note=1, reason="of another member")
    [note] = [event.words for event in case.log.events if event.kind is EventKind.NOTED]
    asked_by = {who: file_of(case, NOW, staff_notes=who.reads_staff_notes) for who in Audience}

    for who, file in asked_by.items():
        is_told = note in file.model_dump_json()
        assert is_told == (who is not Audience.MEMBER)
        assert "call to the member" in file.model_dump_json()
    copy = house.binds(case, audience=Audience.MEMBER)
    whole = " ".join(text_of(copy.pdf))
    assert "but for what staff noted for one another" in whole
    assert note not in whole
    assert "of another member" not in whole


@pytest.mark.parametrize("lifted", [False, True])
@pytest.mark.parametrize("language", ["en", "es"])
async def test_the_members_copy_says_nothing_of_a_hold_that_is_on_or_was_lifted(house, language, lifted):
    case, _ = await a_denial_and_its_appeal(house, language=language)
    does(case, NOW, "sup-diaz", PutOnHold, kind=HoldKind.FRAUD, reason="claims of two days")
    if lifted:
        does(case, NOW, "sup-diaz", LiftHold, kind=HoldKind.FRAUD, reason="explained")

    told = house.told(case, Audience.MEMBER).lower()
    assert [
        word
        for word in ("fraud", " hold:", "on hold", "hold lifted", "reten", "retuvo", "explained")
        if word in told
    ] == []
    assert "fraud hold" in house.told(case, Audience.REVIEWER)


async def test_the_members_copy_is_in_spanish_for_whoever_chose_spanish_and_what_has_no_spanish_is_not_in_it(
    house,
):
    cases = await a_denial_and_its_appeal(house, house.paper("study", b"II*\x00 a fax"), language="es")

    bound = house.binds(*cases, audience=Audience.MEMBER)

    root = PdfReader(BytesIO(bound.pdf)).root_object
    assert root["/Lang"] == "es"
    behind = sum(
        len(PdfReader(house.pdf_of(one)).pages)
        for case in cases
        for one in case.letters.notices
        if one.sent_at
    )
    pages = text_of(bound.pdf)
    told = " ".join(pages[:-behind])
    stand_in_this_order(
        told,
        *("Expediente APP-3333-3333-3333", "hecho para el afiliado", "viernes 13 de marzo de 2037 10:00 AST"),
        *("afiliado Ana Rivera; número de contrato", "fecha de nacimiento 2 de abril de 1957"),
        *("Carta: determinación, para el afiliado", "Documento: nota clínica, 1 de febrero de 2037"),
        *("se recibió", "llamada Noemí Santos", "Caso PRE-2222-2222-2222 clase", "A3 No certificado etapa"),
        *(
            "La solicitud como se recibió",
            "línea 1, 72148: denegada",
            "(necesidad médica)",
            "plazo para decidir",
        ),
        *("Caso APP-3333-3333-3333 clase apelación", "estado A5 Confirmado en apelación"),
        "no está en este expediente: una imagen TIFF, que no se puede mostrar aquí",
    )
    assert all(f"página {number} de {bound.pages}" in page for number, page in enumerate(pages, start=1))
    phrases = house.bindery.phrases(Language.SPANISH)
    files = [file_of(case, NOW, staff_notes=False, phrases=phrases) for case in cases]
    sentences = {event.words for case in cases for event in case.log.events if " " in event.words}
    assert [one for one in sentences if one in told] == []
    said = {text for file in files for text in texts_of(file.model_dump())}
    assert said & (set(phrases) - set(phrases.values())) == set()
    reason = cases[0].lines[0].determination.reason.words
    assert reason.es in told
    assert reason.en not in told


def texts_of(told):
    match told:
        case str():
            yield told
        case dict():
            yield from (text for one in told.values() for text in texts_of(one))
        case list() | tuple():
            yield from (text for one in told for text in texts_of(one))


@pytest.mark.parametrize(("language", "audience"), [("en", Audience.MEMBER), ("es", Audience.REVIEWER)])
async def test_every_other_copy_is_in_english_and_whole(house, language, audience):
    case, _ = await a_denial_and_its_appeal(house, language=language)

    pdf = house.binds(case, audience=audience).pdf

    assert PdfReader(BytesIO(pdf)).root_object["/Lang"] == "en"
    whole = " ".join(text_of(pdf))
    assert "call to the member: reached" in whole
    for clock in case.clocks.values():
        assert clock.timeframe.source[:30] in whole


async def test_a_file_tells_who_decided_why_on_which_clause_and_what_was_noted_and_said(house):
    original, appeal = await a_denial_and_its_appeal(house)

    whole = " ".join(text_of(house.binds(original, appeal).pdf))

    for answer in (original.lines[0].determination, appeal.lines[0].determination):
        assert f"decided by {answer.by}" in whole
        assert answer.by.licence.number in whole
        assert answer.reason.criterion in whole
    assert "The office faxes the study #tonight." in whole
    assert "call to the member: reached" in whole
    assert "(recorded Tue 10 Feb 2037 12:00 AST)" in whole
    for clock in original.clocks.values():
        assert clock.timeframe.source[:30] in whole
    assert "Six weeks of radicular pain." in whole


async def test_each_letter_is_in_it_as_it_left_with_its_hash_and_a_bookmark_and_a_missing_one_is_named(house):
    original, appeal = await a_denial_and_its_appeal(house)
    lost, changed, *_ = original.letters.notices
    house.pdf_of(lost).unlink()
    house.pdf_of(changed).write_bytes(a_pdf("Another answer"))

    bound = house.binds(original, appeal)

    whole = " ".join(text_of(bound.pdf))
    kept = [house.pdf_of(notice) for notice in appeal.letters.notices]
    for path in kept:
        assert hashlib.sha256(path.read_bytes()).hexdigest() in whole
    titles = [item["/Title"] for item in PdfReader(BytesIO(bound.pdf)).outline if not isinstance(item, list)]
    assert len([title for title in titles if title.endswith(f", {appeal.number}")]) == len(kept)
    assert [line.partition(": ")[2] for line in bound.missing[:2]] == [
        "not in the spool any more",
        "what lies in the spool is not what was sent",
    ]
    assert "not in this file: not in the spool any more" in whole
    assert "Another answer" not in whole


async def test_papers_are_shown_that_can_be_and_the_others_are_listed_with_hash_and_reason(house):
    contents = {
        "scan": a_png(),
        "text": "The pain began in January. Ñandú.".encode(),
        "fax": b"II*\x00 a fax",
        "broken": b"%PDF-1.7 and nothing more",
        "noise": bytes(range(256)),
    }
    papers = [house.paper(name, content) for name, content in contents.items()]
    original = denied("2037-02-09", documents=tuple(papers))
    await house.sends(original)

    bound = house.binds(original)

    whole = " ".join(text_of(bound.pdf))
    assert "The pain began in January. Ñandú." in whole
    for paper in papers:
        assert paper.sha256 in whole
    assert [line.partition(": ")[2] for line in bound.missing] == [
        "a TIFF image, which cannot be shown here",
        "a damaged PDF",
        "neither PDF, image nor text",
    ]


async def test_the_set_part_is_tagged_and_the_whole_claims_no_more_than_is_true(house):
    original, _ = await a_denial_and_its_appeal(house)

    pdf = house.binds(original).pdf

    root = PdfReader(BytesIO(pdf)).root_object
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert PdfReader(BytesIO(pdf)).metadata.title == "Case file PRE-2222-2222-2222"
    assert b"pdfuaid:part>" not in root["/Metadata"].get_data()


def test_a_paper_does_nothing_when_it_is_opened_and_one_that_is_locked_is_not_shown():
    lively = PdfWriter(clone_from=BytesIO(a_pdf()))
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    lively.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    lively.root_object[NameObject("/OpenAction")] = script
    written, locked = BytesIO(), BytesIO()
    lively.write(written)
    secret = PdfWriter(clone_from=BytesIO(a_pdf()))
    secret.encrypt("a password", algorithm="AES-256")
    secret.write(locked)

    shown = pages_of_paper(written.getvalue(), "a study")

    assert "/AA" not in shown.pages[0]
    assert not {"/OpenAction", "/Names", "/AA"} & set(shown.root_object)
    with pytest.raises(Refused, match="locked with a password"):
        pages_of_paper(locked.getvalue(), "a study")


def test_what_was_struck_through_stands_in_it_struck_through_with_who_when_and_why(house):
    original = denied("2037-02-09")
    does(original, at("2037-02-09 12:00 AST"), "ic-santos", Note, text="Wrong number on file.")
    does(original, at("2037-02-10 12:00 AST"), "ic-santos", StrikeNote, note=1, reason="another case")

    whole = " ".join(text_of(house.binds(original).pdf))

    assert "note 1: Wrong number on file. (struck through by Noemí Santos" in whole
    assert "on Tue 10 Feb 2037 12:00 AST: another case)" in whole


def test_an_authorization_has_its_terms_its_member_and_what_was_used_in_its_file(house):
    life = an_authorization()
    use = {"units": 1, "on": date(2037, 4, 19), "reported_by": "the imaging center"}
    does(life, at("2037-04-20 10:00 AST"), "ic-santos", UseUnits, **use)

    whole = " ".join(text_of(house.binds(life).pdf))

    stand_in_this_order(whole, "member Ana Rivera", "The authorization as it stands", "use 1 units 1")
    assert "through 2037-05-31" in whole
    assert "use 1 units 1 on 2037-04-19 reported by the imaging center" in whole


def test_a_dispute_has_its_filing_its_lines_and_no_answer_in_its_file(house):
    case = a_dispute()

    whole = " ".join(text_of(house.binds(case).pdf))

    stand_in_this_order(
        whole, "The dispute as received", "What was found and answered", "Clocks, step by step"
    )
    assert case.filing.claim.payer_number in whole


# What the command writes


@pytest.mark.parametrize("out", ["there.pdf", "folder", "no/such/folder.pdf", "nul\0.pdf"])
def test_what_cannot_be_written_is_refused_before_anybody_is_asked(tmp_path, monkeypatch, out):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.pdf").write_bytes(b"mine")
    (tmp_path / "folder").mkdir()

    with pytest.raises(Misuse, match="out: "):
        _refuse_what_cannot_be_written(out, force=False, as_json=False)

    assert (tmp_path / "there.pdf").read_bytes() == b"mine"


@pytest.mark.slow
async def test_the_file_of_an_appeal_is_made_for_the_reviewer_recorded_and_never_written_over(installation):
    case = await denied_at_the_desk(installation, "F-9001")
    paper = installation.file("The pain began in January.", "history.txt")
    attaching = ("--kind", "clinical_note", "--dated", "2026-11-01")
    now = (await installation.json("timeline", case))["events"][-1]["at"]
    opening = ("appeal", "open", case, appeal_file(installation), "--received", now, "--by", "member")
    appeal = (await installation.json(*opening, as_="ic-santos"))["case"]
    await installation.answer("attach", appeal, paper, *attaching, as_="ic-santos")
    await installation.at_rest(appeal)
    lost = next(installation.home.spool.glob(f"{case}-*-member.pdf"))
    lost.rename(lost.with_suffix(".gone"))
    out = installation.desk / "file.pdf"
    making = ("casefile", case, "--out", str(out), "--for", "reviewer")

    made = await installation.json(*making, as_="ap-soto")
    again = await installation.plazo(*making, as_="ap-soto")
    nobody = await installation.plazo(*making, "--force")

    content = out.read_bytes()
    assert made["sha256"] == hashlib.sha256(content).hexdigest()
    assert made["cases"] == [case, appeal]
    assert [line for line in made["missing"] if "not in the spool any more" in line]
    assert out.stat().st_mode & 0o077 == 0
    pages = text_of(content)
    assert len(pages) == made["pages"]
    assert "made for the reviewer" in pages[0]
    assert "The pain began in January." in " ".join(pages)
    refused_in_one_line(again, 2, "file.pdf is there already; --force writes over it")
    refused_in_one_line(nobody, 2, "say who acts")
    told = await installation.json("timeline", appeal, "--alone")
    [event] = [one for one in told["events"] if one["kind"] == EventKind.FILE_MADE]
    assert (event["by_id"], event["details"]["audience"]) == ("ap-soto", "reviewer")
    assert made["sha256"] == event["details"]["sha256"]
    lost.with_suffix(".gone").rename(lost)

    process = await installation.start("casefile", case, "--out", "-", "--alone", as_="ap-soto")
    printed, complained = await process.communicate()
    assert (process.returncode, complained) == (0, b"")
    assert appeal not in text_of(printed)[0]


@pytest.mark.slow
async def test_a_wrong_case_number_makes_no_file(installation):
    out = installation.desk / "none.pdf"
    wrong = UNKNOWN[:-1] + ("2" if UNKNOWN[-1] != "2" else "3")

    for number, said in ((UNKNOWN, "there is no case"), (wrong, "the check character")):
        refused_in_one_line(
            await installation.plazo("casefile", number, "--out", str(out), as_="ap-soto"), 2, said
        )

    assert not out.exists()
