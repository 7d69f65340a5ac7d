"""What is written on a sheet, word by word; and pages that are cut into papers."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from client.intake.fax import Fax
from client.intake.sheet import as_text, read_keyed
from client.intake.words import pages_of
from client.terminal.typed import begun, day_of, yes_or_no
from domain.terms.refusals import Misuse
from tests.edges.faxes import a_fax

RECEIVED = date(2037, 3, 2)


def a_fax_of(*files):
    return Fax(files, datetime(2037, 3, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2037-02-20", date(2037, 2, 20)),
        ("2/20/2036", date(2036, 2, 20)),
        ("3/2", RECEIVED),
        ("3/3", date(2036, 3, 3)),
        ("12/31", date(2036, 12, 31)),
    ],
)
def test_a_day_without_a_year_is_the_last_one_that_was(typed, meant):
    assert day_of(typed, RECEIVED) == meant


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (lambda said: day_of(said, RECEIVED), "13/1"),
        (lambda said: day_of(said, RECEIVED), "2/29"),
        (pages_of, "0"),
        (pages_of, "3-1"),
        (pages_of, "one"),
        (yes_or_no, "perhaps"),
        (lambda said: begun(said, ["mcs-life", "mcs-classicare"]), "mcs"),
    ],
)
def test_what_cannot_be_meant_is_misuse(read, typed):
    with pytest.raises(Misuse):
        read(typed)


def test_what_begins_one_of_several_is_that_one_and_a_whole_name_is_itself():
    assert begun("mcs-c", ["mcs-life", "mcs-classicare"]) == "mcs-classicare"
    assert begun("mcs-life", ["mcs-life", "mcs-life-accredited"]) == "mcs-life"


def test_a_sheet_is_read_as_it_was_written_and_only_a_paper_stands_twice():
    text = "plan: mcs-classicare\ncodes: 71260\npaper: 1 a 3/1\npaper: 2 b 3/1\n"
    assert (
        as_text(read_keyed(f"\n{text.upper().replace('MCS-CLASSICARE', 'mcs-classicare')}")).casefold()
        == text
    )
    with pytest.raises(Misuse, match=r"line 2, 3 \(a second plan\)"):
        read_keyed("plan: a\nname Ana\nplan: b")


def test_pages_are_numbered_through_and_cut_the_same_pages_are_the_same_paper():
    first, second = a_fax(2), a_fax(3)
    fax = a_fax_of(first, second, b"a scan")

    assert len(fax.pages) == 6
    assert (fax.cut([1, 2]), fax.cut([6])) == (first, b"a scan"), "a whole file is that file"
    cut = fax.cut([2, 3])
    assert cut == a_fax_of(first, second).cut([2, 3])
    assert [page.mediabox.height for page in PdfReader(BytesIO(cut)).pages] == [702, 701]
    for beyond in ([7], [5, 6]):
        with pytest.raises(Misuse):
            fax.cut(beyond)
    with pytest.raises(Misuse, match="cannot be read"):
        a_fax_of(b"%PDF-1.4 and no more")
