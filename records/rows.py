"""One translation each way between what the domain says and what the tables hold."""

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from domain.desk.unmatched import Unmatched
from domain.parts.answers import Answered
from domain.parts.events import Event
from domain.parts.payment import Payment
from domain.parts.work import Work
from domain.report.counted import Counted
from domain.request.determination import Authorization
from domain.request.request import Document
from domain.terms.notice import Notice
from domain.terms.refusals import PlazoError, Refused
from domain.view.page import NumberClaim, Page
from domain.view.search import SearchKey
from domain.view.view import Sheet, ShownNotice
from records.tables import (
    AppealedLineRow,
    AuthorizationRow,
    CaseRow,
    ClaimedLineRow,
    DeterminationRow,
    DocumentRow,
    EventRow,
    NoticeRow,
    PaymentRow,
    ReceiptRow,
    Record,
    SearchKeyRow,
    UnmatchedRow,
    WorkRow,
)

UNOPENED = "cannot be opened with this key ring"
"""What a row says that another ring sealed, or that was damaged: it is known to be there, and stops no other."""

QUICKLY = 1  # the level of compression: most of what can be won of a whole case, in a tenth of the time
OF_THE_READER = {"name", "address", "fax", "email", "facts", "again_for"}


class Seal(Protocol):
    """Encrypts and decrypts, and hashes with a key. What was sealed in one context opens in no other."""

    def seal(self, content: bytes, context: bytes, /) -> bytes: ...

    def open(self, sealed: bytes, context: bytes, /) -> bytes: ...

    def pseudonym(self, text: str, /) -> str: ...


@dataclass(frozen=True)
class Belonging:
    """What a case has in one table: each thing by the key of its row, and how its row is made."""

    table: type[Record]
    things: Mapping[object, Any]
    row: Callable[[Any], Record]


class Rows:
    """Makes rows of a page and reads them back."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    # A case

    def claim(self, claim: NumberClaim) -> CaseRow:
        """A case of which no more is known than who it is."""
        return CaseRow(
            number=claim.case,
            kind=claim.kind,
            plan=claim.plan,
            member_hash=claim.member,
            fingerprint_hash=claim.fingerprint or None,
            reference_hash=claim.reference or None,
            received_at=claim.received_at,
            first_run=claim.first_run,
        )

    def claimed(self, claim: NumberClaim) -> Sequence[ClaimedLineRow]:
        """The services of a claim, each with its days."""
        return [
            ClaimedLineRow(
                case_number=claim.case,
                line=line.line,
                service_code=line.service,
                from_day=line.from_day,
                through=line.through,
            )
            for line in claim.lines
        ]

    def standing(self, page: Page) -> CaseRow:
        """A case as it stands, all of it but the hashes that only its claim knows."""
        shown = page.sheet.shown
        return CaseRow(
            number=page.case,
            kind=shown.kind,
            plan=page.plan,
            category=shown.kind,
            member_hash=page.member,
            received_at=shown.received_at,
            stage=shown.stage,
            status_code=shown.status.code,
            urgency=shown.urgency,
            outcome=page.outcome,
            due_at=shown.due_at,
            next_at=page.next_at,
            overdue=page.overdue,
            flags=list(page.flags),
            last_sequence=page.last_sequence,
            **counting(page.counted),
            **page.position.model_dump(),
            sealed=self._sealed(page.sheet.model_dump_json(), "cases", page.case),
            state=self._sealed(zlib.compress(page.state.encode(), QUICKLY), "state", page.case),
        )

    def state(self, case: str, sealed: bytes) -> str:
        """The whole case, as JSON."""
        return zlib.decompress(self._of_case(case, sealed, "state")).decode()

    def sheet(self, case: str, sealed: bytes) -> Sheet:
        return Sheet.model_validate_json(self._of_case(case, sealed, "cases"))

    def _of_case(self, case: str, sealed: bytes, table: str) -> bytes:
        """Without it there is nothing to show of a case. Raises Refused, which names it, where it does not open."""
        try:
            return self._opened(sealed, table, case)
        except PlazoError as error:
            raise Refused(f"{case}: what the register keeps of it {UNOPENED}. {error}") from None

    # What belongs to it

    def of(self, page: Page) -> Sequence[Belonging]:
        """Everything that a page says of a case's present, table by table; a table may have nothing."""
        case = page.case
        letters = zip(page.notices, page.letters, strict=True)
        return (
            Belonging(WorkRow, {one.id: one for one in page.work}, lambda one: self._work(case, one)),
            Belonging(
                DeterminationRow,
                {one.line: one for one in page.answered},
                lambda one: self._determination(case, one),
            ),
            Belonging(
                AuthorizationRow,
                {one.authorization.number: one for one in page.permits},
                lambda one: self._authorization(case, one.line, one.authorization),
            ),
            Belonging(NoticeRow, {one[0].key: one for one in letters}, lambda one: self._notice(case, *one)),
            Belonging(
                DocumentRow, {one.id: one for one in page.documents}, lambda one: self._document(case, one)
            ),
            Belonging(
                PaymentRow, {one.key: one for one in page.payments}, lambda one: self._payment(case, one)
            ),
            Belonging(
                AppealedLineRow,
                {one.line: one for one in page.counted.appealed},
                lambda one: AppealedLineRow(case_number=case, **one.model_dump()),
            ),
            Belonging(
                ReceiptRow,
                {one: one for one in page.receipts},
                lambda one: ReceiptRow(number=one, case_number=case),
            ),
            Belonging(
                SearchKeyRow,
                {self.hashed(one): one for one in page.search},
                lambda one: self._search_key(case, one),
            ),
        )

    def event(self, case: str, event: Event) -> EventRow:
        private = {"by": event.by, "words": event.words, "details": event.details}
        return EventRow(
            case_number=case,
            sequence=event.sequence,
            kind=event.kind.value,
            at=event.at,
            recorded_at=event.recorded_at,
            by_id=event.by_id,
            sealed=self._sealed(json.dumps(private), "events", case, event.sequence),
        )

    def read_event(self, row: EventRow) -> Event:
        try:
            private = json.loads(self._opened(row.sealed, "events", row.case_number, row.sequence))
        except PlazoError:
            private = {"by": row.by_id, "words": UNOPENED}
        plain = row.model_dump(include={"sequence", "kind", "at", "recorded_at", "by_id"})
        return Event.model_validate(plain | private)

    def search_keys(self, case: str, keys: Iterable[SearchKey]) -> list[SearchKeyRow]:
        return [self._search_key(case, key) for key in keys]

    def _search_key(self, case: str, key: SearchKey) -> SearchKeyRow:
        return SearchKeyRow(case_number=case, hash=self.hashed(key), kind=key.kind.value)

    def hashed(self, key: SearchKey) -> str:
        return self._seal.pseudonym(f"{key.kind.value}|{key.text}")

    def unmatched(self, one: Unmatched) -> UnmatchedRow:
        return UnmatchedRow(
            id=one.id,
            received_at=one.received_at,
            case_number=one.case,
            sealed=self._sealed(one.model_dump_json(), "unmatched", one.id),
        )

    def read_unmatched(self, row: UnmatchedRow) -> Unmatched:
        return Unmatched.model_validate_json(self._opened(row.sealed, "unmatched", row.id))

    def _work(self, case: str, work: Work) -> WorkRow:
        return WorkRow(
            case_number=case,
            work_id=work.id,
            queue=work.queue,
            assignee=work.assignee,
            opened_at=work.opened_at,
            due_at=work.due_at,
            closed_at=work.closed_at,
            sealed=self._sealed(json.dumps(work.what), "work", case, work.id),
        )

    def what(self, case: str, work: str, sealed: bytes) -> str:
        """What a piece of work is about, in words."""
        try:
            return str(json.loads(self._opened(sealed, "work", case, work)))
        except PlazoError:
            return UNOPENED

    def _determination(self, case: str, answer: Answered) -> DeterminationRow:
        return DeterminationRow(
            case_number=case,
            line=answer.line,
            outcome=answer.outcome,
            decided_at=answer.decided_at,
            decider_id=answer.decider,
            reason_id=answer.reason,
            sealed=self._sealed(json.dumps(answer.content), "determinations", case, answer.line),
        )

    def _authorization(self, case: str, line: int, permit: Authorization) -> AuthorizationRow:
        return AuthorizationRow(
            number=permit.number,
            case_number=case,
            line=line,
            service_code=permit.service,
            units=permit.units,
            from_day=permit.from_day,
            through=permit.through,
            sealed=self._sealed(
                permit.model_dump_json(include={"ends_when", "ended_as", "ended_at"}),
                "authorizations",
                permit.number,
            ),
        )

    def _notice(self, case: str, notice: Notice, listed: ShownNotice) -> NoticeRow:
        private = notice.model_dump(mode="json", include=OF_THE_READER)
        private["listed"] = listed.model_dump(mode="json")
        return NoticeRow(
            key=notice.key,
            case_number=case,
            kind=notice.kind.value,
            recipient=notice.recipient.value,
            language=notice.language.value,
            owed_at=notice.owed_at,
            sent_at=notice.sent_at,
            proof=notice.proof,
            stopped_at=notice.stopped_at,
            **fate_of(listed),
            sealed=self._sealed(json.dumps(private), "notices", notice.key),
        )

    def listed(self, row: NoticeRow, number: int) -> ShownNotice:
        """A letter as it is listed, without its reader and what it says; `number` is its place in the case."""
        try:
            private = json.loads(self._opened(row.sealed, "notices", row.key))
        except PlazoError:
            state = "sent" if row.sent_at else "stopped" if row.stopped_at else "owed"
            plain = row.model_dump(exclude={"case_number", "sealed", "way", "state"})
            return ShownNotice(**plain, number=number, state=row.state or state, waits_for=UNOPENED)
        return ShownNotice.model_validate(private["listed"])

    def _document(self, case: str, document: Document) -> DocumentRow:
        private = {"file": document.file, "facts": document.facts}
        return DocumentRow(
            case_number=case,
            document_id=document.id,
            kind=document.kind,
            dated=document.dated,
            received_at=document.received_at,
            sha256=document.sha256,
            sealed=self._sealed(json.dumps(private), "documents", case, document.id),
        )

    def _payment(self, case: str, payment: Payment) -> PaymentRow:
        private = payment.model_dump_json(exclude={"key", "level", "total", "instructed_at", "proof"})
        return PaymentRow(
            key=payment.key,
            case_number=case,
            level=payment.level,
            total=payment.total,
            instructed_at=payment.instructed_at,
            proof=payment.proof,
            sealed=self._sealed(private, "payments", payment.key),
        )

    # Seals

    def _sealed(self, content: str | bytes, *row: object) -> bytes:
        raw = content.encode() if isinstance(content, str) else content
        return self._seal.seal(raw, context(*row))

    def _opened(self, sealed: bytes, *row: object) -> bytes:
        return self._seal.open(sealed, context(*row))


def counting(counted: Counted) -> dict[str, Any]:
    """The columns of a case that say as what it counts."""
    return {"is_counted": True, **counted.model_dump(exclude={"appealed"})}


def fate_of(letter: ShownNotice) -> dict[str, Any]:
    """The columns of a letter that say what has become of it."""
    return {"way": letter.by.value, "state": letter.state, "late": letter.late}


def appealed(case: str, counted: Counted) -> list[AppealedLineRow]:
    """The lines of an appeal that was answered, and that is one."""
    return [AppealedLineRow(case_number=case, **line.model_dump()) for line in counted.appealed]


def context(*row: object) -> bytes:
    """The table and key that a sealed column belongs to."""
    return json.dumps(["register", *row]).encode()
