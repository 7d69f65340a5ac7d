"""The intake desk: a sheet and its fax, looked over with nothing created, then opened or kept for later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from activities.desk.counter import Preview
from activities.desk.finding import Finding, Known, KnownQuestion
from activities.desk.unmatched import Keeping, UnmatchedPapers
from client.intake.fax import Fax
from client.intake.keying import Keying, plan_of
from client.intake.sheet import Keyed, as_text
from client.reach.cases import Cases
from client.reach.checking import look_over
from client.reach.counter import counter, look_over_apart
from client.reach.intake import Opened
from client.terminal.options import Acting
from client.terminal.typed import begun
from config.home import Home
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.desk.unmatched import Unmatched
from domain.policy.pack import Pack
from domain.request.request import Request
from domain.terms.calendar import whole_seconds
from domain.terms.refusals import Misuse

ID = 8  # signs of a hash, by which somebody names what is kept


@dataclass(frozen=True)
class LookedOver:
    """A request as it would be opened, its papers, what would happen to it, and the pages that are in no paper."""

    kind: str
    request: Request
    papers: tuple[bytes, ...]
    preview: Preview
    unused: list[int]


@dataclass(frozen=True)
class IntakeDesk:
    """Where faxes are keyed: the cases, and who keys."""

    cases: Cases
    acting: Acting
    pack: Pack

    @property
    def zone(self) -> str:
        """The zone of the pack's first plan: the clock on the wall of the room."""
        return self.pack.plan[0].zone

    @property
    def store(self) -> DocumentStore:
        settings = self.acting.settings
        return DocumentStore(settings.documents, KeyRing.load(Home(settings.home).keyring))

    async def known(self, keyed: Keyed) -> Known:
        """Whom the directory has under the numbers of a sheet; nobody while its plan is not known."""
        plan = plan_of(keyed, self.pack, {})
        npis = [said.split()[0] for name in ("ordering", "servicing") for said in keyed.get(name, ())]
        if plan is None:
            return Known()
        number = keyed.get("contract", [None])[-1]
        question = KnownQuestion(
            plan=plan.id, contract_number=number, npis=tuple(npis), actor=self.acting.actor
        )
        return await self.cases.ask(Finding.known, question)

    async def look_over(self, keyed: Keyed, fax: Fax) -> LookedOver:
        """What would become of it; nothing is created. Raises Misuse with every fault at once, or Refused."""
        now = datetime.now(UTC)
        keying = Keying(keyed, await self.known(keyed), fax, self.pack)
        request = keying.request()
        look_over(request, self.pack, now)
        request = request.model_copy(update={"received_at": whole_seconds(request.received_at)})
        kind = look_over_apart(request, self.pack)
        preview = await self.cases.preview(kind, request)
        return LookedOver(kind, request, tuple(keying.papers), preview, keying.unused)

    async def open(self, looked: LookedOver, fax: Fax) -> Opened:
        """The case of it: a new one, or the one that it is already; what was kept of the fax waits no more."""
        store = self.store
        for paper in looked.papers:
            store.put(paper)
        at = counter(self.cases, looked.kind, self.acting, self.pack)
        opened = await at.open(looked.request, Path())
        if fax.kept:
            await self.belongs(fax.kept, opened.case)
        return opened

    async def keep(self, fax: Fax, note: str | None = None) -> Unmatched:
        """Keep a fax until it belongs to a case; one that was kept before stays what it is."""
        return await self._keep(fax, note=note, is_new=True)

    async def keep_draft(self, fax: Fax, keyed: Keyed) -> Unmatched:
        """Keep what is keyed of a fax, in the place of what was kept before."""
        return await self._keep(fax, sheet=as_text(keyed))

    async def _keep(
        self, fax: Fax, *, is_new: bool = False, sheet: str = "", note: str | None = None
    ) -> Unmatched:
        if not (fax.files or sheet):
            raise Misuse("fax: there is nothing to keep.")
        papers = tuple(map(self.store.put, fax.files))
        digest = sha256("".join(papers or [sheet]).encode()).hexdigest()
        one = Unmatched(
            id=fax.kept.id if fax.kept else digest[:ID],
            received_at=fax.received,
            kept_by=self.acting.actor.id,
            papers=papers,
            pages=len(fax.pages),
            sheet=sheet,
            note=note or (fax.kept.note if fax.kept else None),
        )
        return await self._say(one, is_new=is_new)

    async def kept(self) -> tuple[Unmatched, ...]:
        return await self.cases.ask(UnmatchedPapers.unmatched, self.acting.actor)

    async def kept_as(self, said: str) -> Unmatched:
        """What is kept under this id, or the only one that begins so."""
        kept = {one.id: one for one in await self.kept()}
        if not kept:
            raise Misuse("unmatched: nothing is kept.")
        return kept[begun(said, kept)]

    async def fax(self, paths: Sequence[Path]) -> Fax:
        """What lies there, or what was kept of the same files before; asked of whoever will keep it."""
        fax = Fax.read(paths, self.pack)
        papers = tuple(sha256(file).hexdigest() for file in fax.files)
        known = next((one for one in await self.kept() if papers and one.papers == papers), None)
        return self.fax_of(known) if known else fax

    def fax_of(self, one: Unmatched) -> Fax:
        return Fax([self.store.get(digest) for digest in one.papers], one.received_at, one)

    async def belongs(self, one: Unmatched, case: str) -> None:
        """It belongs to a case now, and waits no more."""
        await self._say(one.model_copy(update={"case": case}))

    async def _say(self, one: Unmatched, *, is_new: bool = False) -> Unmatched:
        keeping = Keeping(one=one, actor=self.acting.actor, is_new=is_new)
        return await self.cases.ask(UnmatchedPapers.keep_unmatched, keeping)
