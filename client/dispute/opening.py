"""Opening disputes: one, or each row of a sheet. What was opened already is found, and nothing is half-made."""

from dataclasses import dataclass
from datetime import UTC, datetime

from activities.desk.disputes import DisputeDesk, DisputePreview, DisputePreviewQuestion
from activities.opening import DisputeOpening
from client.dispute.intake import Incoming
from client.dispute.sheet import ClaimSheet, Row, RowResult
from client.reach.cases import Cases
from client.reach.intake import Arrival, Opened, open_case
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.dispute.dispute import Dispute
from domain.dispute.filing import Filing
from domain.policy.pack import Pack
from domain.remittance.claim_codes import MEDICARE_ADVANTAGE
from domain.terms.people import Actor
from domain.terms.refusals import PlazoError, Refused, Unreachable


@dataclass(frozen=True)
class DisputeCounter:
    """Where disputes come in: the cases, the store of papers, and the clerk who keys them."""

    desk: Cases
    ring: KeyRing
    store: DocumentStore
    clerk: Actor
    pack: Pack

    async def preview(self, filing: Filing) -> DisputePreview:
        question = DisputePreviewQuestion(filing=filing, now=datetime.now(UTC))
        return await self.desk.ask(DisputeDesk.preview_dispute, question)

    async def open(self, came: Incoming) -> Opened:
        """The case of what came in: a new one, or the one that it is already."""
        if came.is_out_of_a_remittance and came.filing.claim.filing_indicator != MEDICARE_ADVANTAGE:
            await self._ask_the_directory(came.filing)
        filing = came.keep(self.store, self.pack)
        arrival = Arrival(
            Dispute.kind,
            filing,
            lambda number: DisputeOpening(number=number, filing=filing, may_join=True, keyed_by=self.clerk),
        )
        return await open_case(self.desk, self.ring, arrival)

    async def _ask_the_directory(self, filing: Filing) -> None:
        """A claim was picked out of a file that does not say Medicare Advantage: somebody else has to say it."""
        standing = (await self.preview(filing)).standing
        if not standing.in_medicare_advantage:
            raise Refused(f"claim: not a Medicare Advantage claim, as far as is known: {standing.because}")

    async def open_row(self, sheet: ClaimSheet, row: Row) -> RowResult:
        """What became of one row; its fault is told there. Unreachable is raised: the next would fare no better."""
        try:
            opened = await self.open(sheet.incoming(row))
        except Unreachable:
            raise
        except PlazoError as fault:
            return RowResult(row=row.number, claim=row.claim, fault=str(fault))
        return RowResult(
            row=row.number,
            claim=row.claim,
            case=opened.case,
            created=opened.created,
            said=opened.said,
            look_at=opened.look_at,
        )
