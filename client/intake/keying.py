"""Keying: what a sheet says, made into the fields of a request, with every fault of it under its own field."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from activities.desk.finding import Known
from client.intake.fax import Fax
from client.intake.sheet import PAPER, Keyed
from client.intake.words import pages_of, value_of
from client.terminal.reading import instant
from client.terminal.sense import nonsense
from client.terminal.typed import begun, day_of, yes_or_no
from config.wording import faults, together
from domain.policy.pack import Pack
from domain.policy.rows import Plan
from domain.referral.form import ReferralForm
from domain.request.criteria import Criterion, FactValue
from domain.request.request import Request
from domain.terms.refusals import Misuse

T = TypeVar("T")

AS_THEY_ARE = ("channel", "requested_by", "urgency", "reference", "referral")
TICKS = ("emergency", "post_stabilization", "wants_decision")
KEYED_AS = {
    "member.contract_number": "contract",
    "member.birth_date": "born",
    "member.language": "language",
    "member": "member",
    "requesting_provider": "ordering",
    "servicing_provider": "servicing",
    "order.dated": "ordered",
    "order": "justification",
    "visit": "visit",
    "received_at": "received",
    "documents": PAPER,
}
ALREADY = " already"
OF_A_LINE = {"service": "codes", "units": "codes", "diagnoses": "diagnosis", "from_day": "from"}


@dataclass
class Keying:
    """A sheet on its way to a request: what the directory knows, the fax beside it, and the faults so far."""

    keyed: Keyed
    known: Known
    fax: Fax
    pack: Pack
    faults: dict[str, str] = field(default_factory=dict)
    papers: list[bytes] = field(default_factory=list)

    def request(self) -> Request:
        """The request. Raises Misuse with every fault at once, under the names of the sheet."""
        fields = self._fields()
        for name, fault in self._form(fields).items():
            self.faults.setdefault(name, fault)
        if self.faults:
            raise Misuse(together(self.faults))
        form = ReferralForm.model_validate(fields).asked if fields["visit"] else None
        return form or Request.model_validate(fields)

    @property
    def unused(self) -> list[int]:
        """The pages that are in no paper."""
        papers = self.keyed.get(PAPER, ()) if self.fax.pages else ()
        used = {page for said in papers for page in pages_of(said.split()[0])}
        return [number for number in range(1, len(self.fax.pages) + 1) if number not in used]

    def _form(self, fields: dict[str, Any]) -> dict[str, str]:
        form = ReferralForm if fields["visit"] else Request
        beyond = dict(nonsense(form, fields))
        try:
            form.model_validate(fields)
        except ValidationError as error:
            return {_keyed_as(where): said for where, said in (faults(error) | beyond).items()}
        return {_keyed_as(where): said for where, said in beyond.items()}

    def _fields(self) -> dict[str, Any]:
        plan = plan_of(self.keyed, self.pack, self.faults)
        zone = plan.zone if plan else "UTC"
        typed = self.one("received")
        received = (
            self._read("received", lambda: instant(typed, zone, "received")) if typed else None
        ) or self.fax.received
        day = received.astimezone(ZoneInfo(zone)).date()
        first = self.one("from")
        from_day = (self._read("from", lambda: day_of(first, day)) if first else None) or day
        told = {
            "plan": plan.id if plan else None,
            "channel": "fax",
            "requested_by": "physician",
            "received_at": received.isoformat(),
            "member": self._member(day),
            "requesting_provider": self._provider("ordering"),
            "servicing_provider": self._provider("servicing"),
            "visit": self._visit(),
            "order": self._order(day),
            "lines": self._lines(from_day),
            "documents": [self._paper(said, day) for said in self.keyed.get(PAPER, ())],
        }
        said = {name: self.one(name) for name in AS_THEY_ARE} | {name: self._tick(name) for name in TICKS}
        return told | {name: value for name, value in said.items() if value is not None}

    def one(self, name: str) -> str | None:
        return self.keyed.get(name, [None])[-1]

    def _read(self, name: str, how: Callable[[], T]) -> T | None:
        """What is read so; a fault is put down under the field."""
        try:
            return how()
        except Misuse as fault:
            self.faults.setdefault(name, str(fault).removeprefix(f"{name}: "))
            return None

    def _tick(self, name: str) -> bool | None:
        said = self.one(name)
        return self._read(name, lambda: yes_or_no(said)) if said else None

    def _member(self, day: date) -> dict[str, Any]:
        known, born = self.known.member, self.one("born")
        if known is None and not (self.one("member") and self.one("language")):
            self.faults["contract"] = (
                "the directory has nobody under it; say `member` and `language` as the paper has them"
            )
        there = known.model_dump(exclude_none=True) if known else {}
        said = {
            "name": self.one("member"),
            "contract_number": self.one("contract"),
            "birth_date": self._read("born", lambda: day_of(born, day)) if born else None,
            "language": self.one("language"),
        }
        return there | {name: value for name, value in said.items() if value is not None}

    def _provider(self, name: str) -> dict[str, Any] | None:
        """`NPI`, or `NPI Name` of somebody whom the directory does not know."""
        said = self.one(name)
        if said is None:
            return None
        npi, _, called = said.partition(" ")
        known = self.known.provider(npi)
        if known is None and not called:
            self.faults[name] = "the directory has nobody under this NPI; say the name after it"
        there = known.model_dump(exclude_none=True) if known else {}
        return there | {"npi": npi} | ({"name": called} if called else {})

    def _order(self, day: date) -> dict[str, Any] | None:
        ordered, words = self.one("ordered"), self.one("justification")
        if ordered is None:
            if words:
                self.faults["ordered"] = "the day of the order goes with its justification"
            return None
        return {"dated": self._read("ordered", lambda: day_of(ordered, day)), "justification": words}

    def _visit(self) -> dict[str, Any] | None:
        """`Orlando FL` makes a referral of it; `already` after it, where the service was received there."""
        said = self.one("visit")
        if said is None:
            return None
        city, _, state = said.removesuffix(ALREADY).rpartition(" ")
        return {
            "place": {"city": city.rstrip(","), "state": state},
            "retrospective": said.endswith(ALREADY),
        }

    def _lines(self, from_day: date) -> list[dict[str, Any]]:
        diagnoses = self._words("diagnosis")
        place = self.one("place_of_service")
        return [
            {
                "sequence": number,
                "service": code,
                "units": units or 1,
                "diagnoses": diagnoses,
                "from_day": from_day,
            }
            | ({"place_of_service": place} if place else {})
            for number, word in enumerate(self._words("codes"), start=1)
            for code, _, units in [word.partition("*")]
        ]

    def _words(self, name: str) -> list[str]:
        return (self.one(name) or "").replace(",", " ").split()

    def _paper(self, said: str, day: date) -> dict[str, Any]:
        """`1-2 medical_order 2026-03-01 fact other=7`; its pages only where there is a fax."""
        return self._read(PAPER, lambda: self._paper_of(said, day)) or {}

    def _paper_of(self, said: str, day: date) -> dict[str, Any]:
        words = said.split()
        pages = pages_of(words.pop(0)) if self.fax.pages else []
        kind, dated = (*words, "", "")[:2]
        document = {
            "kind": begun(kind, (row.id for row in self.pack.document_kind)),
            "dated": day_of(dated, day),
            "facts": dict(self._fact(word) for word in words[2:]),
        }
        if not pages:
            return document | {"id": f"paper-{len(self.papers) + 1}"}
        paper = self.fax.cut(pages)
        self.papers.append(paper)
        digest = sha256(paper).hexdigest()
        return document | {"id": digest[:12], "sha256": digest}

    def _fact(self, said: str) -> tuple[str, FactValue]:
        """`name`, `name=value`, or the number of the question that is answered."""
        name, _, value = said.partition("=")
        asked = questions(self._words("codes"), self.pack)
        if name.isdecimal() and 1 <= int(name) <= len(asked):
            name = asked[int(name) - 1].fact
        clauses = {clause.fact: clause for table in self.pack.criteria for clause in table.criterion}
        fact = begun(name, clauses)
        return fact, value_of(value or "yes", clauses[fact])


def plan_of(keyed: Keyed, pack: Pack, faulty: dict[str, str]) -> Plan | None:
    """The line of business; a fault is put down where none is meant."""
    try:
        return pack.plan_named(begun(keyed.get("plan", [""])[-1], (plan.id for plan in pack.plan)))
    except Misuse as fault:
        faulty["plan"] = str(fault)
        return None


def questions(codes: list[str], pack: Pack) -> list[Criterion]:
    """What the criteria ask about these services, each fact once: papers answer it by its number."""
    tables = [table for table in pack.criteria if set(table.services) & set(codes)]
    asked = {clause.fact: clause for table in tables for clause in table.criterion}
    return list(asked.values())


def _keyed_as(where: str) -> str:
    """The field of the sheet from which a field of the request was made."""
    if where.startswith("lines"):
        return OF_A_LINE.get(where.split(".")[2] if where.count(".") > 1 else "", "codes")
    return next((name for begins, name in KEYED_AS.items() if where.startswith(begins)), where)
