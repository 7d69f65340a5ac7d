"""Requests that owe a letter, for readers of either language."""

from datetime import timedelta

from domain.case import dispatch
from domain.case.keeping import keep_appointments
from domain.correction.reinstatement import Reinstate
from domain.correction.reopening import CorrectAnswer
from domain.desk.desk import Withdraw
from domain.determination.clock_acts import Downgrade, Extend
from domain.determination.decisions import Approve, Deny, Modify, Reduce
from domain.request.criteria import check
from domain.request.determination import Outcome
from domain.review import screening
from domain.terms.notice import NoticeKind, Recipient
from tests.builders import ROOT, a_case, a_line, a_request, at, staff

TEMPLATES = ROOT / "policy" / "letters"


NEXT_DAY = at("2037-03-03 10:00 AST")


PARTIES = (Recipient.MEMBER, Recipient.PROVIDER)


PROVIDER = {"name": "Luis Ortiz MD", "npi": "1234567893", "address": "Calle Sol 8, San Juan PR 00901"}


LINES = [
    {"sequence": 1, "service": "72148", "units": 1, "from_day": "2037-04-01"},
    {"sequence": 2, "service": "E0250", "units": 10, "from_day": "2037-04-01"},
    {"sequence": 3, "service": "72158", "units": 1, "from_day": "2037-04-01"},
    {"sequence": 4, "service": "72149", "units": 1, "from_day": "2037-04-01"},
]


def acted(case, *acts, now=NEXT_DAY):
    """The case after people acted, each as far as they are allowed to."""
    for act in acts:
        act.refuse_unless_allowed(case, now)
        act.apply(case, now)
    case.settle(now)
    return case


def asked(language, **changes):
    """A request whose member and provider both read that language."""
    provider = PROVIDER | {"language": language}
    changes.setdefault("requesting_provider", provider)
    return a_request(member={"language": language} | changes.pop("member", {}), **changes)


def not_required(language):
    case = a_case(asked(language, service="99213", wants_decision=False))
    screening.inform_not_required(case, "on no list", NEXT_DAY)
    return case


def information_request(language):
    case = a_case(asked(language, member={"contract_number": None}, documents=()))
    case.ask_for_what_is_missing(NEXT_DAY)
    return case


def records_request(language):
    """Expedited, of a provider without a contract."""
    provider = PROVIDER | {"language": language, "contracted": False}
    urgent = {"urgency": "expedited", "requesting_provider": provider}
    case = a_case(asked(language, member={"contract_number": None}, documents=(), **urgent))
    case.ask_for_what_is_missing(NEXT_DAY)
    return case


def extension(language, plan="mcs-classicare", ground="enrollee_asks", until="2037-03-20"):
    extend = Extend(actor=staff("rn-rivera"), until=until, ground=ground)
    return acted(a_case(asked(language, plan=plan)), extend)


def expedite_refused(language):
    urgent = a_case(asked(language, urgency="expedited", requested_by="member"))
    return acted(urgent, Downgrade(actor=staff("rn-rivera")))


def determination(language, plan="mcs-classicare"):
    """One line of each answer."""
    case = a_case(asked(language, plan=plan, lines=LINES))
    for line in case.lines:
        line.findings = check(case.policy.criteria_for(line.asked.service), case.facts)
    physician = staff("md-ortiz")
    return acted(
        case,
        Approve(actor=staff("rn-rivera"), line=1),
        Reduce(
            actor=physician,
            line=2,
            units=4,
            reason_id="fewer_units_suffice",
            criterion="hospital-bed.intensity",
        ),
        Modify(
            actor=physician,
            line=3,
            service="72148",
            reason_id="lower_level_suffices",
            criterion="lumbar-mri.plan",
        ),
        Deny(actor=staff("cov-matos"), line=4, reason_id="benefit_limit_reached"),
    )


def missed_deadline(language, plan="mcs-classicare"):
    case = a_case(asked(language, plan=plan))
    keep_appointments(case, case.due_at + timedelta(minutes=1))
    return case


def withdrawal(language):
    return acted(a_case(asked(language)), Withdraw(actor=staff("ic-santos"), by="physician"))


def reopened(language):
    case = withdrawal(language)
    for notice in case.letters.unsent:
        dispatch.sent(case, notice.key, "spooled", NEXT_DAY)
    return acted(case, Reinstate(actor=staff("sup-diaz"), reason="another case was meant"))


def corrected(language):
    case = acted(
        a_case(asked(language)),
        Deny(actor=staff("md-ortiz"), reason_id="criteria_not_met", criterion="lumbar-mri.weeks"),
    )
    for notice in case.letters.unsent:
        dispatch.sent(case, notice.key, "spooled", NEXT_DAY)
    right = CorrectAnswer(actor=staff("md-vega"), outcome=Outcome.APPROVED, reason="the study was on file")
    return acted(case, right)


CASES = {
    NoticeKind.REOPENED: reopened,
    NoticeKind.NOT_REQUIRED: not_required,
    NoticeKind.INFORMATION_REQUEST: information_request,
    NoticeKind.RECORDS_REQUEST: records_request,
    NoticeKind.EXTENSION: extension,
    NoticeKind.EXPEDITE_REFUSED: expedite_refused,
    NoticeKind.DETERMINATION: determination,
    NoticeKind.MISSED_DEADLINE: missed_deadline,
    NoticeKind.WITHDRAWAL: withdrawal,
}


TWO_CLOCKS = {"lines": [a_line(1, "72148"), a_line(2, "J9271")]}


def one_of_two_extended(language):
    extend = Extend(actor=staff("rn-rivera"), until="2037-03-20", ground="enrollee_asks")
    return acted(a_case(asked(language, **TWO_CLOCKS)), extend)


def one_of_two_answered(language):
    drug = {
        "criterion": "Lo que dice la etiqueta.",
        "criterion_source": "Etiqueta",
        "reason_id": "experimental",
    }
    spanish = {"criterion_es": "Lo que dice la etiqueta."}
    return acted(
        a_case(asked(language, **TWO_CLOCKS)), Deny(actor=staff("md-vega"), line=2, **drug, **spanish)
    )


def one_of_two_late(language):
    case = a_case(asked(language, **TWO_CLOCKS))
    keep_appointments(case, at("2037-03-05 18:41 AST") + timedelta(minutes=1))
    return case


PLANS = {
    "one of two extended": one_of_two_extended,
    "one of two answered": one_of_two_answered,
    "one of two late": one_of_two_late,
    "an answer is corrected": corrected,
    "puerto rico decides": lambda language: determination(language, "mcs-life"),
    "puerto rico is late": lambda language: missed_deadline(language, "mcs-life"),
    "puerto rico extends": lambda language: extension(
        language, "mcs-life", ground="beyond_control", until="2037-03-25"
    ),
    "medicaid decides": lambda language: determination(language, "caresource"),
    "medicaid is late": lambda language: missed_deadline(language, "caresource"),
    "a group plan decides": lambda language: determination(language, "self-funded-sample"),
    "a group plan is late": lambda language: missed_deadline(language, "self-funded-sample"),
}


def letter_of(case, recipient=Recipient.MEMBER):
    [notice] = [one for one in case.letters.unsent if one.recipient is recipient]
    return notice
