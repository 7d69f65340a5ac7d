"""What becomes a dispute: a claim of a remittance with what the provider says of it, or a filing as JSON."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from client.dispute.claim import claim_fields, claim_in, contended_lines, provider_fields, why_no_dispute
from client.reach.checking import keep_documents, look_over, with_receipt
from client.terminal.reading import build, content, day, instant, read_json, read_text
from client.x12.remittance import read_835
from config.sealing.documents import DocumentStore
from domain.dispute.dispute import Dispute
from domain.dispute.filing import Filing
from domain.policy.pack import Pack
from domain.policy.rows import Plan
from domain.remittance.remittance import Remittance
from domain.request.request import Channel
from domain.terms.calendar import whole_seconds
from domain.terms.refusals import Misuse, Refused

NOTICE = "remittance_notice"

Given = Annotated[tuple[str, ...], Parameter(negative="")]


@Parameter(name="*")
@dataclass(frozen=True)
class OfClaim:
    """One claim of a remittance, and how the dispute of it reached us."""

    remittance: Path | None = None
    """The remittance advice, an X12 835, that paid the claim."""

    claim: str | None = None
    """The claim, by the payer's number or the patient account number (`plazo dispute read` lists them)."""

    received: str | None = None
    """When the dispute reached us first: `2026-06-02 09:15` in the plan's zone."""

    plan: str | None = None
    """The line of business, by its id."""

    channel: Channel = Channel.MAIL
    """How it came."""

    arrived_at: str | None = None
    """The mailbox, box or number that it reached first, right or wrong."""

    mailed_on: str | None = None
    """The day on which the notice of payment was mailed, where it is on record."""

    lines: str | None = None
    """The lines in dispute, as `1,3`; those that were not paid in full when left out."""

    expected: Given = ()
    """What Original Medicare would have paid for a line, by the provider's word: `2=120.00`."""

    contention: Given = ()
    """What the provider says is wrong with a line, as `1=bundling`."""

    statement: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None
    """A text file with the factual or legal basis; `-` for standard input."""

    document: Given = ()
    """A paper that came with it, as `original_claim=claim.pdf`; `plazo policy show` lists the kinds."""

    reference: str | None = None
    """The provider's own number of the dispute."""

    language: Literal["en", "es"] = "en"
    """The language in which the provider is written to."""


@dataclass(frozen=True)
class Incoming:
    """A filing, and the papers that lie beside it or were read already. Nothing is kept yet."""

    filing: Filing
    folder: Path = Path()
    papers: tuple[bytes, ...] = ()
    is_out_of_a_remittance: bool = False

    def keep(self, store: DocumentStore, pack: Pack) -> Filing:
        """The filing, once its papers are in the store."""
        for paper in self.papers:
            store.put(paper)
        kept = keep_documents(self.filing.documents, self.folder, store, pack)
        return self.filing.model_copy(update={"documents": kept})


def incoming(file: str | None, of_claim: OfClaim, pack: Pack) -> Incoming:
    """What a clerk was given: a filing in a file, or a claim of a remittance."""
    if (file is None) == (of_claim.remittance is None):
        raise Misuse("dispute: give either a filing as JSON, or --remittance with --claim.")
    if file is not None:
        if replace(of_claim, received=None) != OfClaim():
            raise Misuse(
                "dispute: beside a filing as JSON only --received can be said; the file says the rest."
            )
        filing = read_filing(read_json(file), of_claim.received, pack)
        return Incoming(filing, Path() if file == "-" else Path(file).parent)
    statement = read_text(of_claim.statement) if of_claim.statement else None
    remittances = read_835(str(of_claim.remittance))
    return from_remittance(
        of_claim, remittances, pack, statement=statement, paper=lambda named: content(Path(named), pack)
    )


def read_filing(fields: dict[str, Any], received: str | None, pack: Pack) -> Filing:
    """The filing that these fields make, received when `received` says, in the plan's zone."""
    filing = build(Filing, with_receipt(fields, received, pack))
    look_over(filing, pack, datetime.now(UTC), Dispute.kind)
    return filing.model_copy(update={"received_at": whole_seconds(filing.received_at)})


def from_remittance(
    of_claim: OfClaim,
    remittances: Sequence[Remittance],
    pack: Pack,
    *,
    statement: str | None,
    paper: Callable[[str], bytes],
) -> Incoming:
    """The filing of one claim of a remittance; `paper` reads what a document's file says.

    Of the remittance only that claim is kept, as the copy of the notice: a file is about other members too.
    """
    if of_claim.claim is None or of_claim.received is None:
        raise Misuse("dispute: a remittance needs --claim, and --received, when the dispute reached us.")
    plan = plan_of_disputes(of_claim.plan, pack)
    received_at = instant(of_claim.received, plan.zone, "received")
    remittance, claim = claim_in(remittances, of_claim.claim)
    if because := why_no_dispute(claim, pack.disputes_of(plan.id).terms):
        raise Refused(f"claim: {because}")
    copy = remittance.only(claim).model_dump_json(indent=2)
    papers = [(NOTICE, copy.encode()), *_papers(of_claim.document, paper)]
    fields = {
        "plan": plan.id,
        "channel": of_claim.channel,
        "arrived_at": of_claim.arrived_at,
        "received_at": received_at,
        "reference": of_claim.reference,
        "provider": provider_fields(remittance) | {"language": of_claim.language},
        "claim": claim_fields(claim) | {"said_elsewhere": (*claim.said_elsewhere, *remittance.faults)},
        "remittance": remittance.notice(_mailed_on(of_claim)),
        "lines": contended_lines(claim, of_claim.lines, of_claim.expected, of_claim.contention),
        "statement": statement,
        "documents": [_document(kind, said, received_at.date()) for kind, said in papers],
    }
    return Incoming(
        read_filing(fields, None, pack), papers=tuple(said for _, said in papers), is_out_of_a_remittance=True
    )


def plan_of_disputes(named: str | None, pack: Pack) -> Plan:
    """The plan of that id; the one that takes disputes where none is named and there is only one."""
    plans = [row.plan for row in pack.dispute_terms]
    if named is None and len(plans) != 1:
        raise Misuse(f"plan: say whose payment it is, with --plan; these take disputes: {', '.join(plans)}.")
    plan = pack.plan_named(named or plans[0])
    pack.disputes_of(plan.id)
    return plan


def _mailed_on(of_claim: OfClaim) -> date | None:
    return day(of_claim.mailed_on, "mailed-on") if of_claim.mailed_on else None


def _papers(given: Iterable[str], paper: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
    """`original_claim=claim.pdf` as a kind and a content."""
    for word in given:
        kind, _, file = word.partition("=")
        if not (kind.strip() and file.strip()):
            raise Misuse("document: say it as KIND=FILE, for example original_claim=claim.pdf.")
        yield kind.strip(), paper(file.strip())


def _document(kind: str, paper: bytes, day_of_receipt: date) -> dict[str, Any]:
    """A paper by its hash. What it is dated nobody typed, so it counts as of the day on which it came."""
    digest = sha256(paper).hexdigest()
    return {"id": digest[:12], "kind": kind, "dated": day_of_receipt, "sha256": digest}
