"""What a clerk asks before a dispute is submitted. A standalone activity; nothing is created."""

from pydantic import AwareDatetime
from temporalio import activity

from activities.admission import policy_for
from activities.likenesses import Likenesses
from activities.opening import application_of_filing
from activities.ports.register import Register
from activities.ports.world import Directory, Policies
from domain.dispute.dispute import Dispute
from domain.dispute.disputed import DECISION, FILING
from domain.dispute.filing import Filing
from domain.dispute.level import SecondLevelFiled
from domain.dispute.standing import Standing
from domain.policy.disputes import Route
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.terms.refusals import Refused

NO_DAY = Standing(
    in_medicare_advantage=None, has_contract=None, because="no disputed line names a day of service"
)


class DisputePreviewQuestion(Frozen):
    filing: Filing
    now: AwareDatetime


class PreviewedLine(Frozen):
    """Where one line would go, and by whose word."""

    line: int
    service: str
    route: Route
    why: str
    source: str


class DisputePreview(Frozen):
    """What would happen to a dispute if it were submitted. `due_at` is None while the first level has no start."""

    plan: str
    standing: Standing
    received_at: AwareDatetime
    counted_from: str  # which date of the remittance was used, and what the others say
    last_day: AwareDatetime
    day: int  # of the receipt; the day of the notice is day 0
    late_lines: tuple[int, ...]
    missing: tuple[str, ...]
    due_at: AwareDatetime | None
    timeframe: str
    source: str
    lines: tuple[PreviewedLine, ...]
    calendar: Calendar
    warnings: tuple[str, ...]


class ReopeningQuestion(Frozen):
    """A closed dispute, and what somebody would tell of it if it were open."""

    case: str
    act: SecondLevelFiled
    now: AwareDatetime


class DisputeDesk:
    def __init__(
        self, register: Register, policies: Policies, directory: Directory, likenesses: Likenesses
    ) -> None:
        self.register = register
        self.policies = policies
        self.directory = directory
        self.likenesses = likenesses

    @activity.defn
    async def preview_dispute(self, question: DisputePreviewQuestion) -> DisputePreview:
        """Ours? In time? Complete? Where does each line go? The same functions that a case would use."""
        filing = question.filing
        application = application_of_filing("not yet", filing)
        policy = policy_for(application, self.policies)
        case = Dispute.received("not yet", "", policy, filing, now=question.now)
        standing = await self._standing(case)
        decision = case.clocks[DECISION]
        row = decision.row(policy.calendar)
        last_day = case.due_at_of(case.clocks[FILING])
        assert last_day is not None
        return DisputePreview(
            plan=policy.plan.name,
            standing=standing,
            received_at=case.received_at,
            counted_from=case.notification.words,
            last_day=last_day,
            day=case.day_number(case.received_at),
            late_lines=tuple(line.sequence for line in case.late_lines),
            missing=tuple(item.title.en for item in case.missing),
            due_at=case.due_at_of(decision),
            timeframe=row.id,
            source=row.source,
            lines=tuple(
                PreviewedLine(
                    line=line.sequence,
                    service=line.asked.service,
                    route=line.triage.route,
                    why=line.triage.why.en,
                    source=line.triage.source,
                )
                for line in case.lines
            ),
            calendar=policy.calendar,
            warnings=(*case.warnings, *await self.likenesses.words_of(application)),
        )

    async def _standing(self, case: Dispute) -> Standing:
        """By the remittance where it names another coverage, else by the directory."""
        if found := case.standing_by_remittance:
            return found
        asked = case.standing_question
        if asked is None:
            return case.beside_the_remittance(NO_DAY)
        found = await self.directory.standing(asked.plan, asked.member, asked.npi, asked.tax_id, asked.day)
        return case.beside_the_remittance(found)

    @activity.defn
    async def check_reopening(self, question: ReopeningQuestion) -> Filing:
        """What was filed, once it is known that the dispute, open again, would hear the act."""
        state = await self.register.closed_case(question.case)
        if state is None:
            raise Refused(f"{question.case} cannot be taken up again: the register does not keep its state")
        case = Dispute.model_validate_json(state)
        if case.second_level and case.second_level.outcome:
            raise Refused(f"{question.case} is over: the health plan answered the second level")
        case.reopen(question.now)
        question.act.refuse_unless_allowed(case, question.now)
        return case.filing
