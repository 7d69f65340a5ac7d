"""The one assembly point: the only page that knows every activity, adapter and workflow.

Tests run the same assembly with fakes at the ports.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, get_type_hints

from temporalio.client import Client
from temporalio.worker import Interceptor, Worker
from temporalio.worker.workflow_sandbox import SandboxRestrictions

from activities.admission import Admission
from activities.appeals import Appeals
from activities.archive import Archive
from activities.authorizations import Authorizations
from activities.desk.absences import Absences
from activities.desk.attestations import Attestations
from activities.desk.audit_files import AuditFiles
from activities.desk.board import Boards
from activities.desk.casefiles import CaseFiles
from activities.desk.counter import Desk
from activities.desk.disputes import DisputeDesk
from activities.desk.finding import Finding
from activities.desk.glass import Glass, Lender
from activities.desk.login import Doorkeeper, Login
from activities.desk.payers import Payers
from activities.desk.press import PrintShop
from activities.desk.rates import RateTables
from activities.desk.reports import Reports
from activities.desk.resumption import Reopening
from activities.desk.scripts import Scripts
from activities.desk.supervision import Oversight
from activities.desk.unmatched import UnmatchedPapers
from activities.disputes import Disputes
from activities.evidence import Evidence
from activities.grievances import Grievances
from activities.likenesses import Likenesses
from activities.ports.cases import LiveAuthorizations, LiveCases
from activities.ports.paper import Binder, Gateway, Press, Wording
from activities.ports.register import Counts, Register
from activities.ports.world import Diagnoses, Directory, Documents, Payables, Policies, Pseudonyms, Rates
from activities.post import Post
from activities.writing import lawful
from config.access.staff_keys import StaffKeys
from config.access.tokens import Verifier
from config.audit import Trail
from config.files import Watched
from config.home import Home
from config.house import House, house_of
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from config.settings import Settings
from worker.adapters.live_authorizations import TemporalAuthorizations
from worker.adapters.live_cases import TemporalCases
from worker.running.alive import Alive
from worker.running.gate import Gate
from worker.running.guard import Guard
from worker.running.runner import CaseRunner
from workflows.kinds import WORKFLOWS
from workflows.supervision import Supervision

if TYPE_CHECKING:
    from records.store import Store

# Our own floors are passed through: they are deterministic by the import contracts, and re-importing the models
# for every case would cost more than running it.
RUNNER = CaseRunner(
    restrictions=SandboxRestrictions.default.with_passthrough_modules("domain", "activities", "workflows")
)
GRACE = timedelta(seconds=5)


@dataclass(frozen=True)
class Ports:
    """Who answers for the world."""

    register: Register
    counts: Counts
    directory: Directory
    gateway: Gateway
    diagnoses: Diagnoses
    policies: Policies
    pseudonyms: Pseudonyms
    rates: Rates
    documents: Documents
    payables: Payables
    binder: Binder
    wording: Wording
    press: Press
    lender: Lender
    doorkeeper: Doorkeeper

    def lawful(self) -> "Ports":
        """The same, each refusing to write out of a local activity."""
        hints = get_type_hints(Ports)
        return replace(self, **{name: lawful(getattr(self, name), port) for name, port in hints.items()})


def worker(
    client: Client, task_queue: str, ports: Ports, interceptors: Sequence[Interceptor] = (), **limits: Any
) -> Worker:
    """A worker with every case kind, given its ports. Whoever has no house is answered here too."""
    return Worker(
        client,
        task_queue=task_queue,
        workflows=list(WORKFLOWS.values()),
        activities=_activities(client, task_queue, ports),
        interceptors=[*interceptors, Alive()],
        workflow_runner=RUNNER,
        graceful_shutdown_timeout=GRACE,
        **limits,
    )


def house_worker(
    house: House,
    client: Client,
    task_queue: str,
    ports: Ports,
    oversight: Oversight,
    interceptors: Sequence[Interceptor] = (),
) -> Worker:
    """A worker for look-ups and supervision, about the cases that `client` and `task_queue` reach."""
    watching = [oversight.sweep, oversight.digest, oversight.figures, oversight.reviews]
    return Worker(
        house.client,
        task_queue=house.task_queue,
        workflows=[Supervision],
        activities=[*_activities(client, task_queue, ports), *watching],
        interceptors=[*interceptors, Alive()],
        workflow_runner=RUNNER,
        graceful_shutdown_timeout=GRACE,
    )


def _activities(client: Client, task_queue: str, ports: Ports) -> list[Callable[..., Any]]:
    """Every activity. Each port keeps the law of writing."""
    live: LiveCases = lawful(TemporalCases(client), LiveCases)
    authorizations: LiveAuthorizations = lawful(
        TemporalAuthorizations(client, task_queue), LiveAuthorizations
    )
    ports = ports.lawful()
    admission = Admission(ports.register, ports.policies, ports.pseudonyms)
    evidence = Evidence(ports.directory, ports.diagnoses)
    likenesses = Likenesses(ports.register, ports.policies, ports.pseudonyms, live)
    archive = Archive(ports.register, live)
    post = Post(ports.gateway, live)
    desk = Desk(ports.register, ports.policies, ports.directory, likenesses)
    finding = Finding(ports.register, ports.directory)
    unmatched = UnmatchedPapers(ports.register)
    counter = DisputeDesk(ports.register, ports.policies, ports.directory, likenesses)
    tables = RateTables(ports.rates, ports.documents, ports.policies)
    disputes = Disputes(ports.directory, ports.payables, tables, live)
    absences = Absences(ports.register)
    attestations = Attestations(ports.register, ports.policies)
    appeals = Appeals(ports.register, live)
    grievances = Grievances(ports.register, live)
    leave = Authorizations(ports.register, live, authorizations)
    files = CaseFiles(ports.register, live, ports.documents, ports.binder)
    reports = Reports(ports.register, ports.counts, ports.policies, ports.documents, ports.binder)
    return [
        *(admission.meet, admission.admit, admission.policy_of),
        likenesses.look_for,
        likenesses.join,
        likenesses.tell_of_like,
        evidence.check_coverage,
        evidence.check_criteria,
        evidence.find_network,
        post.send_notices,
        post.what_left,
        archive.write_page,
        archive.closed_case,
        archive.left_behind,
        desk.worklist,
        desk.remembered,
        desk.preview,
        finding.find,
        finding.shown_of,
        finding.known,
        Login(ports.doorkeeper).exchange,
        Glass(ports.register, ports.lender).break_glass,
        unmatched.keep_unmatched,
        unmatched.unmatched,
        Boards(ports.register, ports.policies).board,
        Reopening(ports.register).check_taking_up,
        Scripts(ports.wording).call_script,
        PrintShop(ports.press, ports.documents).lay_out,
        Payers(ports.register).payers_of,
        absences.keep_absence,
        absences.absences,
        attestations.attest,
        attestations.attestations,
        appeals.appealed,
        appeals.tell_of_appeal,
        grievances.involved,
        grievances.tell_of_grievance,
        leave.keep_authorization,
        leave.kept_authorization,
        leave.tell_of_ending,
        leave.go_on_from,
        leave.take_the_place_of,
        leave.show_authorization,
        leave.ask_for_more,
        files.make_casefile,
        reports.count_older_cases,
        reports.prior_auth,
        reports.prior_auth_rows,
        reports.print_prior_auth,
        reports.floor,
        reports.kept,
        AuditFiles(ports.register, ports.counts, ports.policies, ports.documents).make_audit_file,
        tables.load_rates,
        tables.rates_of,
        disputes.check_standing,
        disputes.price_lines,
        disputes.instruct_payment,
        counter.preview_dispute,
        counter.check_reopening,
    ]


@asynccontextmanager
async def running(client: Client, settings: Settings) -> AsyncIterator["Store"]:
    """Bring the register up to date, then work until the block is left."""
    from records.counts import CountStore  # noqa: PLC0415
    from records.database import database_at  # noqa: PLC0415 - the database loads only where a worker runs
    from records.rates import RateStore  # noqa: PLC0415
    from records.store import Store  # noqa: PLC0415
    from records.upgrade import upgrade  # noqa: PLC0415
    from worker.adapters.casefile import Bindery  # noqa: PLC0415
    from worker.adapters.directory import FileDirectory  # noqa: PLC0415
    from worker.adapters.doorkeeper import ProviderDoorkeeper  # noqa: PLC0415
    from worker.adapters.inspection import Inspection  # noqa: PLC0415
    from worker.adapters.lender import GlassLender  # noqa: PLC0415
    from worker.adapters.payables import PaymentFolder  # noqa: PLC0415
    from worker.adapters.post.gateway import ways_out  # noqa: PLC0415
    from worker.adapters.post.spool import Spool  # noqa: PLC0415
    from worker.adapters.scripts import CallScripts  # noqa: PLC0415
    from worker.adapters.tables import Icd10Tables, PackOnDisk  # noqa: PLC0415

    ring = KeyRing.load(Home(settings.home).keyring)
    database = database_at(settings.database_url)
    keys = Watched(Home(settings.home).staff_keys, StaffKeys.load)
    try:
        await upgrade(database)
        diagnoses, policies = await asyncio.gather(
            asyncio.to_thread(Icd10Tables),
            asyncio.to_thread(PackOnDisk, settings.policy, settings.mail_run),
        )
        store, documents = Store(database, ring), DocumentStore(settings.documents, ring)
        gateway = ways_out(settings)
        trail = Trail(Home(settings.home).audit, ring, settings.audit_anchor)
        ports = Ports(
            register=store,
            counts=CountStore(database),
            directory=FileDirectory(settings.directory_file),
            gateway=gateway,
            diagnoses=diagnoses,
            policies=policies,
            pseudonyms=ring,
            rates=RateStore(database),
            documents=documents,
            payables=PaymentFolder(settings.payments),
            press=Spool(settings.spool, settings.policy / "letters"),
            wording=CallScripts(settings.policy / "scripts"),
            lender=GlassLender(keys.read),
            doorkeeper=ProviderDoorkeeper.of(settings, keys.read, trail),
            binder=Bindery(settings.policy / "casefile.typ", settings.spool, documents),
        )
        house = house_of(client, settings)
        inspection = Inspection(client, settings.task_queue, store, ring)
        guards = [Guard(Gate(Verifier(keys.read), trail))]
        reports = Reports(store, ports.counts, policies, documents, ports.binder)
        oversight = Oversight(store, policies, inspection, gateway, reports)
        async with (
            worker(client, settings.task_queue, ports, guards, **settings.limits),
            house_worker(house, client, settings.task_queue, ports, oversight, guards),
            _indexing(store),
        ):
            yield store
    finally:
        await database.dispose()


@asynccontextmanager
async def _indexing(store: "Store") -> AsyncIterator[None]:
    """Meanwhile the cases of an old register get their search keys, which may take a while."""
    leaving = asyncio.Event()
    indexing = asyncio.create_task(store.index(leaving))
    try:
        yield
    finally:
        leaving.set()
        await indexing
