"""Letters on paper: set from the approved words, readable by machine and by ear, each in the spool exactly once."""

import asyncio
import csv
import hashlib
import os
import re
import signal
import sys

import pytest

from activities.desk.press import PrintShop, Proofs
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.terms.notice import Recipient
from domain.terms.people import Language
from tests.appealing import lives as lives_of_appeals
from tests.builders import ROOT
from tests.concurrents import asked_about
from tests.dispute_letters import CASES as OF_DISPUTES
from tests.edges import killed_while_sending
from tests.referral_letters import CASES as OF_REFERRALS
from tests.request_letters import CASES, TEMPLATES, determination, information_request, letter_of
from tests.standings import given, told
from worker.adapters.letter import LetterPart, pages_of, read
from worker.adapters.post import manifest
from worker.adapters.post.spool import Spool

ENGLISH, SPANISH = Language
STEPS = range(1, 7)  # words, their name, paper, its name, the list; and once more after everything


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool", TEMPLATES)


@pytest.fixture
def notice():
    return letter_of(determination(ENGLISH))


def laid_out(spool, notice):
    return read(spool.render(notice), language=notice.language.value, case=notice.facts["case"])


def paper_of(spool, notice):
    return (spool.folder / f"{notice.key}.pdf").read_bytes()


def listed(spool):
    with spool.manifest.path.open(newline="") as file:
        return list(csv.DictReader(file))


EVERY = [
    *[lambda language, build=build: build(language).letters.notices for build in CASES.values()],
    *[lambda language, build=build: build(language).letters.notices for build in OF_DISPUTES.values()],
    *[lambda language, build=build: build(language).letters.notices for build, _ in OF_REFERRALS.values()],
    *[lambda language, build=build: build(language).letters.notices for build in (asked_about, told)],
    lambda language: [
        notice.model_copy(update={"language": language})
        for case in lives_of_appeals()
        for notice in case.letters.notices
    ],
]


@pytest.mark.parametrize("language", list(Language))
def test_above_and_in_the_window_of_an_envelope_stands_nothing_of_what_a_letter_is_about(spool, language):
    about_hiv = {"condition": "hiv_aids", "through": "2027-10-05", "scope": "visits"}
    to = {"language": language, "address": "12 Example Ave, Fresno CA 93701"}
    notices = given(standing=about_hiv, member=to).letters.notices
    notice = next(one for one in notices if one.recipient is Recipient.MEMBER)

    letter = laid_out(spool, notice)

    assert letter.address == (notice.name, to["address"])
    seen = " ".join((*letter.letterhead, letter.date, *letter.address))
    assert not re.search(r"hiv|aids|sida|vih|neurolog|99243|STA-", seen, re.IGNORECASE)


@pytest.mark.parametrize("language", list(Language))
async def test_every_letter_is_set_as_a_tagged_file_in_its_readers_language_under_its_own_title(
    spool, language
):
    kinds = set()
    for build in EVERY:
        for notice in build(language):
            await spool.send(notice)
            paper = paper_of(spool, notice)
            kinds.add(notice.kind)

            assert b"<pdfuaid:part>1</pdfuaid:part>" in paper, notice.kind
            assert b"/StructTreeRoot" in paper
            assert b"/Marked true" in paper
            assert f"/Lang({notice.language.value})".encode() in paper
            title = re.search(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", paper)[1].decode()
            assert title.replace("&apos;", "'").replace("&#39;", "'") == laid_out(spool, notice).subject

    assert kinds >= {*CASES, *OF_DISPUTES, *OF_REFERRALS}


def test_a_letter_is_read_back_as_the_parts_that_its_words_lie_in(spool, notice):
    letter = laid_out(spool, notice)

    assert letter.letterhead[0] == notice.facts["organisation"]
    assert letter.letterhead[-1].startswith("Telephone ")
    assert letter.date == "March 3, 2037"
    assert letter.address == ("Ana Rivera", "Calle Luna 12, San Juan PR 00901")
    assert ("Case number:", "PRE-2222-2222-2222") in letter.facts
    assert letter.subject == "NOTICE OF DENIAL OF MEDICAL COVERAGE"
    assert letter.body[0] == LetterPart(kind="paragraph", text="Dear Ana Rivera:")
    assert letter.closing == ("Sincerely,", notice.facts["organisation"])
    headings = [part.text for part in letter.body if part.kind == "heading"]
    assert headings[:2] == [
        "COVERAGE FOR YOUR MEDICAL SERVICES/ITEMS WAS PARTIALLY APPROVED",
        "Service 1: code 72148, units asked for: 1",
    ]
    assert headings[-1] == "GET HELP & MORE INFORMATION"
    first = next(part for part in letter.body if part.kind == "list")
    assert first.items[:3] == (
        "The service: Magnetic resonance imaging.",
        "Approved, as it was asked for.",
        "Authorization number: AUT-2222-2222-2222-01",
    )


@pytest.mark.parametrize("language", list(Language))
def test_no_word_of_a_letter_is_lost_between_its_text_and_its_paper(spool, language):
    for build in EVERY:
        for notice in build(language):
            letter = laid_out(spool, notice)
            parts = [word for part in letter.body for word in (part.text, *part.items)]
            facts = [" ".join(fact) for fact in letter.facts]
            said = [*letter.letterhead, letter.date, *letter.address, *facts, letter.subject, *parts]

            text = re.sub(r"^  - ", "", spool.render(notice), flags=re.MULTILINE)
            assert " ".join([*said, *letter.closing]).split() == text.split(), notice.kind
            assert letter.body[0].text.endswith(f"{notice.name}:"), "the greeting stands alone"


def test_a_text_that_does_not_lie_as_a_letter_is_no_letter():
    with pytest.raises(ValueError, match="lacks a part"):
        read("Dear Ana:\n\nHello.\n", language="en", case="PRE-2222-2222-2222")


@pytest.mark.parametrize(
    "name",
    ["#set page(width: 1pt)", "*Ana* $x^2$ @y <z> // \\", '"}]}', "Ana\n\nYOUR RIGHT TO NOTHING\n\n  - Ana"],
)
async def test_nothing_in_a_name_is_read_as_anything_but_a_name(spool, name):
    notice = letter_of(information_request(ENGLISH)).model_copy(update={"name": name, "address": name})
    plain = letter_of(information_request(ENGLISH))

    await spool.send(notice)

    letter, other = laid_out(spool, notice), laid_out(spool, plain)
    assert letter.address[0] == " ".join(name.split())
    assert letter.subject == other.subject
    assert [part.kind for part in letter.body[2:]] == [part.kind for part in other.body[1:]]
    assert pages_of(paper_of(spool, notice)) == 1


async def test_the_same_letter_is_the_same_file_on_every_day_and_in_every_house(spool, notice, tmp_path):
    other = Spool(tmp_path / "elsewhere", TEMPLATES)

    assert await spool.send(notice) == await other.send(notice)

    paper = paper_of(spool, notice)
    assert paper == paper_of(other, notice)
    assert notice.owed_at.strftime("/CreationDate(D:%Y%m%d").encode() in paper


async def test_the_proof_names_the_paper_by_its_hash_and_the_list_says_what_the_mail_house_needs(
    spool, notice
):
    proof = await spool.send(notice)
    again = await spool.send(notice)

    paper = paper_of(spool, notice)
    digest = hashlib.sha256(paper).hexdigest()
    assert proof == again == f"{notice.key}.pdf sha256:{digest[:16]}"
    assert listed(spool) == [
        {
            "key": notice.key,
            "kind": "determination",
            "recipient": "member",
            "language": "en",
            "pages": "3",
            "sha256": digest,
            "template": "integrated_denial.en 1 2026-11-28 unverified",
        }
    ]
    assert notice.name not in spool.manifest.path.read_text()
    assert {path.stat().st_mode & 0o077 for path in (spool.folder, *spool.folder.iterdir())} == {0}


async def test_the_list_has_one_line_for_each_letter_in_the_order_of_their_leaving(spool):
    case = determination(SPANISH)

    for notice in [*case.letters.unsent, *case.letters.unsent]:
        await spool.send(notice)

    assert [line["recipient"] for line in listed(spool)] == [Recipient.MEMBER, Recipient.PROVIDER]
    assert {line["language"] for line in listed(spool)} == {"es"}


# What goes wrong on the way


async def _is_sent_once(spool, notice):
    """Whatever came before: asked again, there is one letter, whole, listed once."""
    proof = await spool.send(notice)

    paper = paper_of(spool, notice)
    assert proof.endswith(hashlib.sha256(paper).hexdigest()[:16])
    names = {path.name for path in spool.folder.iterdir() if not path.name.startswith(".")}
    assert names == {f"{notice.key}.pdf", f"{notice.key}.txt", "manifest.csv"}
    assert [line["key"] for line in listed(spool)] == [notice.key]
    assert listed(spool)[0]["sha256"] == hashlib.sha256(paper).hexdigest()


async def _killed(spool, notice, step):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, killed_while_sending.__file__, spool.folder, TEMPLATES),
        *(notice.model_dump_json(), str(step)),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert await process.wait() == -signal.SIGKILL


async def test_a_letter_whose_sender_is_killed_at_any_step_is_sent_once(tmp_path, notice):
    houses = {step: Spool(tmp_path / str(step), TEMPLATES) for step in STEPS}

    for pair in (STEPS[:2], STEPS[2:4], STEPS[4:]):
        await asyncio.gather(*[_killed(houses[step], notice, step) for step in pair])

    for spool in houses.values():
        await _is_sent_once(spool, notice)


@pytest.mark.parametrize("step", STEPS[:-1])
async def test_a_disk_that_fills_at_any_step_leaves_nothing_half_and_the_next_try_sends_once(
    spool, notice, monkeypatch, step
):
    waits = iter(range(1, step))

    def full(descriptor):
        if next(waits, None) is None:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            await spool.send(notice)
    assert not [path for path in spool.folder.iterdir() if path.name.startswith(".")]

    await _is_sent_once(spool, notice)


async def test_a_line_of_the_list_that_was_left_unfinished_is_written_whole(spool, notice):
    earlier = letter_of(information_request(ENGLISH))
    await spool.send(earlier)
    before = spool.manifest.path.read_bytes()
    spool.manifest.path.write_bytes(before + notice.key.encode()[:20])

    await spool.send(notice)

    assert spool.manifest.path.read_bytes().startswith(before + notice.key.encode() + b",determination,")
    assert [line["key"] for line in listed(spool)] == [earlier.key, notice.key]


async def test_a_list_that_takes_only_half_a_line_keeps_none_of_it(spool, notice, monkeypatch):
    written = manifest._as_csv
    await spool.send(letter_of(information_request(ENGLISH)))
    before = spool.manifest.path.read_bytes()

    class Half(bytes):
        def __len__(self):
            return super().__len__() + 1  # the disk took less than it was given

    monkeypatch.setattr(manifest, "_as_csv", lambda lines: Half(written(lines)))
    with pytest.raises(OSError, match="No space"):
        await spool.send(notice)
    assert spool.manifest.path.read_bytes() == before


async def test_a_letter_interrupted_before_its_paper_is_finished_with_the_words_that_lie_there(spool, notice):
    spool.folder.mkdir()
    (spool.folder / f"{notice.key}.txt").write_text(spool.render(notice).replace("72148", "99999"))

    await spool.send(notice)

    words = (spool.folder / f"{notice.key}.txt").read_text()
    assert "99999" in words
    other = Spool(spool.folder.parent / "other", TEMPLATES)
    await other.send(notice)
    assert paper_of(spool, notice) != paper_of(other, notice)


@pytest.mark.usefixtures("a_slow_disk")
async def test_a_letter_that_is_only_looked_at_is_set_beside_the_cases_too(spool, notice, tmp_path):
    store = DocumentStore(tmp_path / "documents", KeyRing.generate())

    printed = await PrintShop(spool, store).lay_out(Proofs(letters=(notice,), on_paper=True))

    [letter] = printed.letters
    assert store.get(letter.pdf) == spool.print(notice)
    assert not spool.folder.exists()
