"""What every letter says, word for word, in both languages: `tests/letters` holds the texts.

A text that was changed on purpose is written anew with `PLAZO_WRITE_LETTERS=1` and read in the diff.
"""

import os

import pytest

from domain.terms.notice import NoticeKind
from domain.terms.people import Language
from tests.builders import ROOT
from tests.owed import PATHS, in_plan, late_answer, refused, silent, upheld
from worker.adapters.letter import pages_of
from worker.adapters.post.spool import Spool, counted_out

TEXTS = ROOT / "tests" / "letters"
RICHEST = {NoticeKind.DETERMINATION: "one of each answer", NoticeKind.MISSED_DEADLINE: "silence, Puerto Rico"}
IN_BOTH = pytest.mark.parametrize("language", Language, ids=lambda one: one.value)


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool", ROOT / "policy" / "letters")


def letter(kind, language):
    """A letter of this kind as a real case owes it; what is only ever in English is read in Spanish here too."""
    path = RICHEST.get(kind) or next(name for name, (_, kinds) in PATHS.items() if kind.value in kinds)
    build, _ = PATHS[path]
    found = next(one for one in build(language).letters.notices if one.kind is kind)
    return found.model_copy(update={"language": language})


@IN_BOTH
@pytest.mark.parametrize("kind", NoticeKind, ids=lambda one: one.value)
def test_every_letter_says_what_was_approved(spool, kind, language):
    text, path = spool.render(letter(kind, language)), TEXTS / f"{kind.value}.{language.value}.txt"
    if os.environ.get("PLAZO_WRITE_LETTERS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@IN_BOTH
@pytest.mark.parametrize("build", [refused, silent, upheld, late_answer], ids=lambda one: one.__name__)
def test_in_puerto_rico_whatever_goes_against_the_member_says_how_to_go_outside(spool, build, language):
    case = in_plan(build, "mcs-life")(language)
    outside = "external review" if language is Language.ENGLISH else "revisión externa"
    for one in case.letters.notices:
        if one.kind is not NoticeKind.APPEAL_ACKNOWLEDGED:
            assert outside in " ".join(spool.render(one).split()).lower(), one.kind


def test_help_in_spanish_is_read_out_in_spanish_from_an_english_letter(spool):
    english, spanish = (spool.print(letter(NoticeKind.DETERMINATION, one)) for one in Language)
    assert b"/Lang(es)" in english.replace(b" (", b"(")
    assert b"/Lang(en)" not in spanish.replace(b" (", b"(")


def test_a_letter_that_is_only_looked_at_leaves_nothing_in_the_spool(spool):
    assert pages_of(spool.print(letter(NoticeKind.DETERMINATION, Language.ENGLISH))) == 3
    assert not spool.folder.exists()


@pytest.mark.parametrize(
    ("amount", "written"), [("0.42", "0.42"), ("1234.56", "1,234.56"), ("1234567.00", "1,234,567.00")]
)
@IN_BOTH
def test_money_is_written_as_on_the_mainland_in_both_languages(amount, written, language):
    assert counted_out(amount, language.value) == written
