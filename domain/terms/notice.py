"""A notice: what is told, to whom, about what, by when it must leave, and what became of it."""

from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime, JsonValue

from domain.terms.frozen import Frozen
from domain.terms.people import Language


class Recipient(StrEnum):
    MEMBER = "member"
    PROVIDER = "provider"
    US_PROVIDER = "us_provider"
    HEALTH_PLAN = "health_plan"
    REPRESENTATIVE = "representative"
    REVIEWER = "independent_reviewer"
    SOMEBODY_ELSE = "somebody_else"

    @property
    def text(self) -> str:
        return self.value.replace("_", " ")

    @property
    def named(self) -> str:
        """As a sentence names them."""
        return self.text if self is Recipient.SOMEBODY_ELSE else f"the {self.text}"


class NoticeKind(StrEnum):
    NOT_REQUIRED = "not_required"
    INFORMATION_REQUEST = "information_request"
    RECORDS_REQUEST = "records_request"
    EXTENSION = "extension"
    PEER_TO_PEER = "peer_to_peer"
    EXPEDITE_REFUSED = "expedite_refused"
    DETERMINATION = "determination"
    MISSED_DEADLINE = "missed_deadline"
    WITHDRAWAL = "withdrawal"
    CRITERIA_COPY = "criteria_copy"
    REOPENED = "reopened"
    AVAILABLE_LOCALLY = "available_locally"
    PREAUTHORIZATION = "preauthorization"
    COINSURANCE = "coinsurance"
    AUTHORIZATION_ENDED = "authorization_ended"
    NON_COVERAGE = "non_coverage"
    DETAILED_EXPLANATION = "detailed_explanation"
    AUTHORIZATION_REMINDER = "authorization_reminder"
    DISPUTE_ACKNOWLEDGED = "dispute_acknowledged"
    DISPUTE_INFORMATION_REQUEST = "dispute_information_request"
    DISPUTE_REMINDER = "dispute_reminder"
    REDIRECT = "redirect"
    CONTRACT_PROCESS = "contract_process"
    NOT_OURS = "not_ours"
    GOOD_CAUSE_REQUEST = "good_cause_request"
    DISPUTE_DISMISSED = "dispute_dismissed"
    DISPUTE_DETERMINATION = "dispute_determination"
    DISPUTE_MISSED = "dispute_missed"
    SECOND_LEVEL_REMINDER = "second_level_reminder"
    FORWARDED_TO_PLAN = "forwarded_to_plan"
    DISPUTE_WITHDRAWN = "dispute_withdrawn"
    APPEAL_ACKNOWLEDGED = "appeal_acknowledged"
    APPEAL_FORM_ASKED = "appeal_form_asked"
    APPEAL_CAUSE_ASKED = "appeal_cause_asked"
    APPEAL_DECISION = "appeal_decision"
    APPEAL_FILE = "appeal_file"
    APPEAL_LATE = "appeal_late"
    APPEAL_DISMISSED = "appeal_dismissed"
    APPEAL_VACATED = "appeal_vacated"
    APPEAL_REVIEWED = "appeal_reviewed"
    APPEAL_WITHDRAWN = "appeal_withdrawn"
    GRIEVANCE_RECEIVED = "grievance_received"
    GRIEVANCE_EXTENDED = "grievance_extended"
    GRIEVANCE_ANSWERED = "grievance_answered"
    COB_ASKED = "cob_asked"
    COB_ORDER = "cob_order"
    CARE_WELCOME = "care_welcome"
    CARE_PLAN = "care_plan"
    CARE_CLOSED = "care_closed"
    CHANGE_NOTICE = "change_notice"

    @property
    def text(self) -> str:
        return self.value.replace("_", " ")

    @property
    def goes_against(self) -> bool:
        """May it go against the member, so that each law has its own word on what it says?"""
        return self in AGAINST


AGAINST = frozenset(
    {
        NoticeKind.DETERMINATION,
        NoticeKind.MISSED_DEADLINE,
        NoticeKind.AUTHORIZATION_ENDED,
        NoticeKind.APPEAL_DECISION,
        NoticeKind.APPEAL_LATE,
    }
)


class SendBy(StrEnum):
    """The way on which a notice leaves the house."""

    LETTER = "letter"
    FAX = "fax"
    EMAIL = "email"

    @property
    def text(self) -> str:
        return "e-mail" if self is SendBy.EMAIL else self.value


class Addressee(Frozen):
    """Somebody who gets letters, and the language of their choice."""

    recipient: Recipient
    name: str
    address: str | None
    language: Language
    fax: str | None = None
    email: str | None = None


class Notice(Addressee):
    """A letter that is owed to somebody. Its key is chosen once, so that it cannot be sent twice.

    `facts` is everything that the letter says, fixed when it became owed.
    """

    key: str
    kind: NoticeKind
    facts: dict[str, JsonValue]
    by: SendBy = SendBy.LETTER
    failed_by: SendBy | None = None  # the way on which it failed for good, before it went as a letter
    tries: int = 1  # each try on the same way was asked for by a person, but for the first
    owed_at: AwareDatetime
    due_at: AwareDatetime | None = None  # by when it had to leave as things stood when it became owed
    leaves_at: AwareDatetime | None = None  # the mail run that takes it, where one does
    sent_at: AwareDatetime | None = None
    proof: str | None = None  # where the sent copy lies, and its hash
    unset_for: str | None = None  # why it cannot be put on paper as it is
    uncertain_at: AwareDatetime | None = None  # since when nobody knows whether it left
    breached_at: AwareDatetime | None = None  # its time ran out before it left
    stopped_at: AwareDatetime | None = None  # kept back for good, before it left
    stays_owed: bool = False  # stopped by hand, though a duty needs what it tells
    delivered_at: AwareDatetime | None = None  # it arrived, as something shows
    returned_at: AwareDatetime | None = None  # it came back: nobody read it
    again_for: str | None = None  # the key of a letter that came back, and that this one repeats

    @property
    def lacks_address(self) -> bool:
        """Would it have to go by post, and nobody knows where to?"""
        return self.by is SendBy.LETTER and not self.address

    def left_at(self, now: datetime) -> datetime:
        """When it left; now, while it has not."""
        return self.sent_at or now

    @property
    def lines(self) -> list[int] | None:
        """The lines that a determination letter answers; None for a letter about the whole case."""
        answers = self.facts.get("lines")
        if not isinstance(answers, list):
            return None
        return [int(str(answer["sequence"])) for answer in answers if isinstance(answer, dict)]
