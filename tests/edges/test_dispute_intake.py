"""What becomes a dispute and what is refused: our own remittance, filings as JSON, a clerk's words."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from client.dispute.intake import OfClaim, from_remittance, incoming, read_filing
from client.dispute.reading import read_remittance
from client.x12.remittance import read_835, remittances
from domain.dispute.filing import Filing
from domain.policy.disputes import Route
from domain.remittance.adjustment import Adjustment, Group
from domain.remittance.outside_claims import OutsideClaims
from domain.remittance.remittance import UnreadClaim
from domain.remittance.signs import with_signs
from domain.request.receipt import everything_of
from domain.terms.refusals import Misuse, Refused
from tests.builders import pack
from tests.disputes import received
from tests.edges.clerk import EXAMPLES, OURS, RECEIVED, Desk, filing_of, of_claim

# Our own


def test_the_example_says_what_its_remittance_says():
    written = incoming(str(EXAMPLES / "dispute.json"), OfClaim(), pack()).filing
    made = filing_of(OURS, "PC26112000533", expected=("1=1001.21", "2=126.40"))

    assert made.claim == written.claim
    assert made.remittance == written.remittance
    assert [line.model_copy(update={"contention": None}) for line in written.lines] == list(made.lines)
    assert (made.provider.npi, made.received_at) == (written.provider.npi, written.received_at)


@pytest.mark.parametrize(
    ("name", "routes", "missing", "is_late"),
    [
        ("dispute", "amount amount", 0, False),
        ("dispute-mixed-lines", "amount amount redirect redirect", 0, False),
        ("dispute-incomplete", "amount", 2, False),
        ("dispute-late", "amount", 0, True),
    ],
)
async def test_each_example_is_what_its_name_says(name, routes, missing, is_late):
    came = incoming(str(EXAMPLES / f"{name}.json"), OfClaim(), pack())

    preview = await Desk().preview(came.filing)

    assert " ".join(line.route.value for line in preview.lines) == routes
    assert (len(preview.missing), bool(preview.late_lines)) == (missing, is_late)
    assert preview.standing.is_ours


def test_of_a_remittance_only_the_disputed_claim_is_kept():
    came = of_claim(OURS, "PC26112000533")

    [notice] = came.papers
    assert came.filing.documents[0].kind == "remittance_notice"
    assert b"PRO-400002" in notice
    assert b"PRO-400001" not in notice, "the file is about another member too"


def test_what_plb_and_unread_claims_say_of_others_is_not_kept():
    [remittance] = read_835(str(OURS))
    first, second = remittance.claims
    outside = [
        OutsideClaims(reason="WO", reference=one.payer_number, amount="5.00") for one in (first, second)
    ]
    unread = UnreadClaim(place="claim 1", fault="a cent off", payer_number=first.payer_number)
    whole = {"claims": (second,), "outside": tuple(outside), "unread": (unread,)}

    kept = remittance.model_copy(update=whole).only(second)

    assert second.payer_number in kept.model_dump_json()
    assert first.payer_number not in kept.model_dump_json()


def test_a_read_line_says_where_a_dispute_of_it_would_go():
    [remittance] = read_835(str(OURS))

    read = read_remittance(remittance, pack().plan_named("procare"), pack())

    routes = [[line.route for line in claim.lines] for claim in read.claims]
    amount, redirect = Route.AMOUNT, Route.REDIRECT
    assert routes == [[amount, amount, redirect, redirect], [amount, amount]]
    assert read.time_to_file.last_day.isoformat() == "2026-09-08"


def test_a_mailed_notice_that_is_on_record_is_counted_from_first():
    filing = filing_of(OURS, "PC26112000533", mailed_on="2026-05-18")

    assert filing.remittance.mailed_on.isoformat() == "2026-05-18"


# What a clerk types


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (
            {"plan": None},
            "plan: say whose payment it is, with --plan; these take disputes: procare, namm-sample",
        ),
        ({"plan": "caresource"}, "plan: this plan takes no payment disputes"),
        ({"plan": "pro"}, "plan: no line of business is called 'pro'"),
        ({"received": None}, "dispute: a remittance needs --claim, and --received"),
        ({"received": "yesterday"}, "received: an instant looks like"),
        ({"received": "2098-01-01"}, "received_at: it lies in the future"),
        ({"mailed_on": "May"}, "mailed-on: a day looks like"),
        ({"lines": "1,x"}, "lines: name them by their numbers"),
        ({"lines": "7"}, "lines: the claim has no line 7; it has 2"),
        ({"expected": ("120.00",)}, "expected: say it as LINE=VALUE, for example 2=120.00"),
        ({"expected": ("1=12.345",)}, "expected: an amount of money has at most two decimals"),
        ({"expected": ("1=5", "1=6")}, "expected: line 1 is named twice"),
        ({"lines": "1", "expected": ("2=5.00",)}, "expected: line 2 is not in dispute; 1 is"),
        ({"contention": ("1=unfair",)}, "contention: one of these is needed: amount, denial, bundling"),
        ({"document": ("claim.pdf",)}, "document: say it as KIND=FILE"),
        ({"document": ("original_claim=not-there.pdf",)}, "not-there.pdf: cannot be read"),
        ({"document": (f"opinion={OURS}",)}, "documents.1.kind: the pack knows"),
    ],
)
def test_a_slip_is_answered_in_one_line_that_names_the_field(said, fault):
    with pytest.raises(Misuse) as refused:
        of_claim(OURS, "PC26112000533", **said)

    assert fault in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_filing_and_a_remittance_are_not_given_together():
    for file, said in [(None, OfClaim()), ("dispute.json", OfClaim(remittance=OURS))]:
        with pytest.raises(Misuse, match="dispute: give either"):
            incoming(file, said, pack())
    with pytest.raises(Misuse, match="beside a filing as JSON only --received can be said"):
        incoming("dispute.json", OfClaim(lines="1"), pack())


def test_beside_a_filing_the_receipt_may_be_said_in_the_zone_of_the_plan():
    filing = incoming(str(EXAMPLES / "dispute.json"), OfClaim(received="2026-09-08 23:59"), pack()).filing

    assert filing.received_at == datetime(2026, 9, 9, 6, 59, tzinfo=UTC)


# Filings as JSON


def example(**changes):
    return json.loads((EXAMPLES / "dispute.json").read_text(encoding="utf-8")) | changes


def a_line(**changes):
    return example()["lines"][0] | changes


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"claimm": {}}, "claimm: "),
        ({"channel": "pigeon"}, "channel: "),
        ({"lines": []}, "lines: "),
        ({"lines": [a_line(), a_line()]}, "lines: each line has a sequence of its own"),
        ({"lines": [a_line(paid="881.00")]}, "lines: the charge less its adjustments is what was paid"),
        ({"lines": [a_line(charge=3200.5)]}, 'lines.0.charge: write an amount as text, for example "12.10"'),
        ({"lines": [a_line(units="0")]}, "lines.0.units: "),
        ({"lines": [a_line(adjustments=[{"group": "XX"}])]}, "lines.0.adjustments.0.group: "),
        ({"remittance": {}}, "remittance: give the day of the mailed notice"),
        ({"received_at": "2026-06-02 09:15"}, "received_at: "),
        ({"provider": example()["provider"] | {"npi": "12"}}, "provider.npi: "),
        ({"provider": example()["provider"] | {"tax_id": "1-2"}}, "provider.tax_id: "),
        ({"claim": {"payer_number": "1"}}, "claim.member: "),
    ],
)
def test_a_fault_of_a_filing_names_the_field_and_the_rule(changes, fault):
    with pytest.raises(Misuse) as refused:
        read_filing(example(**changes), None, pack())

    assert str(refused.value).startswith(fault)
    assert "\n" not in str(refused.value)
    assert "PRO-400002" not in str(refused.value)


def test_another_receipt_and_another_line_make_it_another_thing_that_was_sent():
    one = Filing.model_validate(example())
    later = Filing.model_validate(example(received_at=one.received_at + timedelta(days=3)))
    other = Filing.model_validate(example(lines=[a_line()]))

    assert len({everything_of(sent) for sent in (one, later, other)}) == 3


def test_a_claim_without_service_lines_is_one_line():
    [remittance] = read_835(str(OURS))
    bare = remittance.model_copy(update={"claims": (remittance.claims[1].in_one_line,)})

    came = from_remittance(
        OfClaim(claim="PC26112000533", received=RECEIVED, plan="procare"),
        [bare],
        pack(),
        statement=None,
        paper=lambda named: Path(named).read_bytes(),
    )

    [line] = came.filing.lines
    assert (line.service, str(line.charge), str(line.paid)) == ("0001", "3590.00", "998.00")
    assert [one.code for one in line.adjustments] == ["CO-45", "PR-2", "CO-45"]
    assert came.filing.claim.adjustments == ()


def remittance_of(*claims):
    """Our own file, with other claims in it."""
    [remittance] = read_835(str(OURS))
    [read] = with_signs([remittance.model_copy(update={"claims": claims})])
    return read


def filed(remittance, claim, **said):
    asked = OfClaim(**{"claim": claim.payer_number, "received": RECEIVED, "plan": "procare"} | said)
    return from_remittance(asked, [remittance], pack(), statement=None, paper=lambda _: b"").filing


def lines_adjusted_as_a_whole():
    """Two lines paid in full, and 90.00 taken from the claim that they are."""
    claim = read_835(str(OURS))[0].claims[1]
    lines = tuple(line.model_copy(update={"paid": line.charge, "adjustments": ()}) for line in claim.lines)
    taken = Adjustment(group=Group.CONTRACTUAL, reason="50", amount="90.00")
    return claim.model_copy(update={"lines": lines, "paid": claim.charge - 90, "adjustments": (taken,)})


def test_what_is_adjusted_on_the_whole_of_several_lines_counts_in_read_and_in_the_case():
    claim = lines_adjusted_as_a_whole()
    assert claim.balance_fault is None
    remittance = remittance_of(claim)

    [read] = read_remittance(remittance, pack().plan_named("procare"), pack()).claims
    filing = filed(remittance, claim)
    case = received(filing)

    assert read.no_dispute is None
    assert [line.route for line in read.lines] == [line.triage.route for line in case.lines]
    assert {line.route for line in read.lines} == {Route.REDIRECT}
    assert "CO-50 90.00 on the whole claim: what each of its lines was paid is not known" in case.warnings


def test_what_is_adjusted_on_the_whole_of_one_line_is_that_lines():
    claim = lines_adjusted_as_a_whole()
    [first, _] = claim.lines
    alone = claim.model_copy(update={"lines": (first,), "charge": first.charge, "paid": first.charge - 90})

    [line] = filed(remittance_of(alone), alone).lines

    assert (line.paid, [one.code for one in line.adjustments]) == (first.charge - 90, ["CO-50"])


def test_a_claim_that_was_paid_in_full_is_refused_and_a_line_of_it_can_still_be_named():
    claim = lines_adjusted_as_a_whole()
    full = claim.model_copy(update={"paid": claim.charge, "adjustments": ()})
    remittance = remittance_of(full)

    with pytest.raises(Refused, match="every line of the claim was paid in full"):
        filed(remittance, full)
    [read] = read_remittance(remittance, pack().plan_named("procare"), pack()).claims
    assert read.no_dispute.startswith("every line of the claim was paid in full")
    assert [line.sequence for line in filed(remittance, full, lines="2").lines] == [2]


def test_what_had_to_be_guessed_of_a_file_is_said_to_whoever_opens_a_claim_of_it():
    raw = OURS.read_bytes().replace(b"CRUZ", b"NU\xd1EZ")

    filing = filed(*remittances(raw), read_835(str(OURS))[0].claims[1])

    assert filing.warnings == ("the text is not UTF-8; what is not was read as Windows-1252",)


def test_a_line_that_no_dispute_can_hold_stops_no_other_claim_from_being_read():
    [remittance] = read_835(str(OURS))
    first, second = remittance.claims
    many = first.lines[0].model_copy(update={"units": 10**7})

    read = read_remittance(
        remittance_of(first.model_copy(update={"lines": (many,)}), second),
        pack().plan_named("procare"),
        pack(),
    )

    assert read.claims[0].no_dispute.startswith("units: ")
    assert [line.route for line in read.claims[1].lines] == [Route.AMOUNT, Route.AMOUNT]
