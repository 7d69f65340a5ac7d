"""Attestations: who is to attest, by when again, and what is refused."""

from datetime import UTC, date, datetime

import pytest

from domain.desk.attestation import Attested, asked, attestations, row_to_attest
from domain.terms.refusals import Misuse, Refused
from tests.builders import pack

ROWS, STAFF = pack().attestation, pack().staff
NURSE = next(one for one in STAFF if one.id == "rn-rivera")
CLERK = next(one for one in STAFF if one.id == "ic-santos")


def on(day):
    return Attested(
        who=NURSE.id,
        row="no-reward",
        on=date.fromisoformat(day),
        at=datetime.fromisoformat(day).replace(tzinfo=UTC),
    )


def standing(day, *kept):
    [one] = attestations(ROWS, [NURSE], kept, date.fromisoformat(day))
    return one.standing.value, one.by and str(one.by)


@pytest.mark.parametrize(
    ("day", "kept", "told"),
    [
        ("2026-11-28", (), ("never attested", None)),
        ("2026-11-28", (on("2026-11-28"),), ("attested", "2027-11-28")),
        ("2027-10-28", (on("2026-11-28"),), ("attested", "2027-11-28")),
        ("2027-10-29", (on("2026-11-28"),), ("asked for", "2027-11-28")),
        ("2027-11-28", (on("2026-11-28"),), ("asked for", "2027-11-28")),
        ("2027-11-29", (on("2026-11-28"),), ("late", "2027-11-28")),
        ("2027-11-29", (on("2026-11-28"), on("2027-11-01")), ("attested", "2028-11-01")),
        ("2029-01-31", (on("2028-02-29"),), ("asked for", "2029-02-28")),
    ],
)
def test_each_who_reviews_attests_every_twelve_months_and_is_asked_thirty_days_ahead(day, kept, told):
    assert standing(day, *kept) == told


def test_it_is_asked_of_those_who_review_and_of_nobody_else():
    found = attestations(ROWS, STAFF, [], date(2026, 11, 28))

    assert {"rn-rivera", "md-ortiz", "ap-soto"} <= {one.who for one in asked(found)}
    assert CLERK.id not in {one.who for one in found}
    assert attestations(ROWS, STAFF, [], date(2024, 12, 31)) == ()  # no row is in force yet


@pytest.mark.parametrize(
    ("row", "who", "kept", "refused", "said"),
    [
        ("honesty", NURSE, (), Misuse, "known are no-reward"),
        ("no-reward", CLERK, (), Refused, "nobody asks ic-santos for no-reward"),
        ("no-reward", NURSE, (on("2026-11-01"),), Refused, "on 2026-11-01; the next is due by 2027-11-01"),
    ],
)
def test_what_is_not_asked_for_is_not_attested(row, who, kept, refused, said):
    with pytest.raises(refused, match=said):
        row_to_attest(ROWS, row, who, kept, date(2026, 11, 28))
