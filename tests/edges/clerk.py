"""A clerk with a remittance, and a desk whose worker is in the same room."""

from datetime import UTC, datetime

from activities.desk.disputes import DisputeDesk, DisputePreviewQuestion
from activities.likenesses import Likenesses
from client.dispute.intake import OfClaim, incoming
from tests.builders import ROOT, pack
from tests.fakes import FakePseudonyms, FakeRegister
from worker.adapters.directory import FileDirectory
from worker.adapters.tables import PackOnDisk

EXAMPLES = ROOT / "examples"
OURS = EXAMPLES / "remittance-outpatient.835"
RECEIVED = "2026-06-02 09:15"


class Desk:
    """A desk whose worker is in the same room."""

    def __init__(self, folder=ROOT / "policy"):
        directory = FileDirectory(EXAMPLES / "directory.toml")
        policies = PackOnDisk(folder)
        likenesses = Likenesses(FakeRegister(), policies, FakePseudonyms(), None)
        self.disputes = DisputeDesk(None, policies, directory, likenesses)

    async def ask(self, step, question):
        return await step(self.disputes, question)

    async def preview(self, filing):
        return await self.disputes.preview_dispute(
            DisputePreviewQuestion(filing=filing, now=datetime.now(UTC))
        )


def of_claim(file, claim, by=None, **said):
    said = {"received": RECEIVED, "plan": "procare"} | said
    return incoming(None, OfClaim(remittance=file, claim=claim, **said), by or pack())


def filing_of(file, claim, **said):
    return of_claim(file, claim, **said).filing
