"""A sheet of disputed claims: a row's fault is its own, and nothing is opened twice."""

import pytest

from client.dispute.sheet import ClaimSheet, read_sheet
from domain.terms.refusals import Misuse, PlazoError
from tests.builders import ROOT, pack

EXAMPLES = ROOT / "examples"
HEADER = "remittance,claim,received,plan"
GOOD = "remittance-outpatient.835,PC26112000533,2026-06-02 09:15,procare"


def a_sheet(folder, *rows, header=HEADER):
    """A sheet, with a remittance beside it."""
    (folder / "remittance-outpatient.835").write_bytes((EXAMPLES / "remittance-outpatient.835").read_bytes())
    file = folder / "sheet.csv"
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return str(file)


def faults(folder, *rows, header=HEADER):
    """What each row is refused with; None for a row that is a dispute."""
    sheet = ClaimSheet(a_sheet(folder, *rows, header=header), pack())

    def fault(row):
        try:
            sheet.incoming(row)
        except PlazoError as refused:
            return str(refused)
        return None

    return [fault(row) for row in sheet.rows]


def test_the_example_sheet_says_what_each_row_disputes():
    sheet = ClaimSheet(str(EXAMPLES / "disputes.csv"), pack())

    first, second = [sheet.incoming(row).filing for row in sheet.rows]

    assert [line.contended for line in first.lines] == [line.expected - line.paid for line in first.lines]
    assert first.statement.startswith("Paid below")
    assert {paper.kind for paper in first.documents} >= {"original_claim", "dispute_form"}
    assert [line.sequence for line in second.lines] == [1, 2, 4]
    assert second.arrived_at == "claimssupport@procaremso.com"


def test_the_fault_of_a_row_names_its_field_and_stops_no_other(tmp_path):
    said = faults(
        tmp_path,
        GOOD,
        GOOD.replace("PC26112000533", "PC0"),
        GOOD.replace("outpatient", "inpatient"),
        GOOD.replace("remittance-outpatient.835", "../../etc/passwd"),
        GOOD.replace("2026-06-02 09:15", "02/06/2026"),
        GOOD.replace("procare", "caresource"),
        "remittance-outpatient.835,PC26112000533,,procare",
        GOOD + ",1,2",
        GOOD,
    )

    assert said == [
        None,
        "claim: this remittance has no claim of that number",
        "remittance-inpatient.835: cannot be read (No such file or directory).",
        "remittance: ../../etc/passwd does not lie beside the request.",
        "received: an instant looks like 2026-07-25 16:20 or 2026-07-25T16:20-04:00.",
        "plan: this plan takes no payment disputes; those that do: namm-sample, procare.",
        "received: it is empty.",
        "it has more cells than the sheet has columns.",
        None,
    ]


@pytest.mark.parametrize(
    ("column", "cell", "fault"),
    [
        ("channel", "pigeon", "channel: "),
        ("language", "fr", "provider.language: "),
        ("expected", "1=5.00; 1=6.00", "expected: line 1 is named twice."),
        ("lines", '"1,9"', "lines: the claim has no line 9"),
        ("documents", "original_claim=../x", "documents: ../x does not lie beside the request."),
    ],
)
def test_what_else_a_row_says_is_checked_too(tmp_path, column, cell, fault):
    [said] = faults(tmp_path, f"{GOOD},{cell}", header=f"{HEADER},{column}")

    assert said.startswith(fault)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "sheet: it is empty"),
        (HEADER, "sheet: it names no claims."),
        ("remittance,claim,received\na,b,c", "sheet: the column plan is missing."),
        (f"{HEADER},price\na,b,c,d,e", "sheet: its column 5 is none of remittance, claim"),
        (f"{HEADER},claim\na,b,c,d,e", "sheet: each column stands in it once."),
    ],
)
def test_what_is_no_sheet_of_disputes_is_refused_as_a_whole(tmp_path, text, fault):
    file = tmp_path / "sheet.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(Misuse) as refused:
        read_sheet(str(file))

    assert str(refused.value).startswith(fault)


def test_rows_are_numbered_as_a_spreadsheet_does_and_empty_ones_are_passed_over(tmp_path):
    file = a_sheet(tmp_path, GOOD, ",,,", GOOD, header="\ufeff" + HEADER.upper())

    assert [row.number for row in read_sheet(file)] == [2, 4]
