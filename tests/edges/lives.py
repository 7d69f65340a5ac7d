"""Lives of cases for pictures, made without an engine. `python -m tests.edges.lives` draws the one in the docs."""

from datetime import date, datetime

from client.drawing.life import Life, life_of
from client.drawing.picture import lay_out
from client.drawing.svg import draw
from domain.case.acts import Act
from domain.case.keeping import come_to_rest, keep_appointments
from domain.desk.desk import RecordCall
from domain.determination.clock_acts import CorrectReceipt, Expedite, Extend
from domain.determination.decisions import Deny, Refer
from domain.review import decision_clocks
from domain.review.precertification import Precertification
from domain.terms.notice import Recipient
from domain.terms.people import Role, Words
from domain.view import showing
from tests.builders import ROOT, a_case, a_line, at, criteria_of, pack, staff

EXAMPLE = ROOT / "docs" / "forecast.svg"

Lived = tuple[Precertification, datetime]


def life(lived: Lived) -> Life:
    case, now = lived
    return life_of(showing.explain(case, now), showing.timeline(case), showing.forecast(case, now), now)


def a_person(role: Role):
    return next(person for person in pack().staff if role in person.roles)


def let_pass(case: Precertification, *instants: str) -> None:
    """Time passes, and the case keeps its appointments."""
    for instant in instants:
        keep_appointments(case, at(instant))
        come_to_rest(case, at(instant))


def do(case: Precertification, act: Act[Precertification], instant: str) -> None:
    let_pass(case, instant)
    act.refuse_unless_allowed(case, at(instant))
    act.apply(case, at(instant))
    come_to_rest(case, at(instant))


def fresh() -> Lived:
    case = a_case(received_at=at("2026-03-02 18:41 AST"))
    case.criteria_checked({}, case.received_at)
    return case, at("2026-03-05 10:00 AST")


def extended() -> Lived:
    case, _ = fresh()
    do(
        case,
        Extend(actor=staff("rn-rivera"), until=date(2026, 3, 20), ground="enrollee_asks"),
        "2026-03-05 10:00 AST",
    )
    let_pass(case, "2026-03-12 10:00 AST")
    return case, at("2026-03-12 10:00 AST")


def paused() -> Lived:
    case = a_case(plan="self-funded-sample", received_at=at("2026-05-11 09:00 EASTERN"))
    case.criteria_checked({}, case.received_at)
    more = Extend(actor=staff("rn-rivera"), until=date(2026, 6, 10), ground="missing_information")
    do(case, more, "2026-05-18 15:30 EASTERN")
    return case, at("2026-05-26 11:00 EASTERN")


def resumed() -> Lived:
    case, _ = paused()
    came = at("2026-06-02 11:00 EASTERN")
    decision_clocks.information_came(case, came, came)
    return case, at("2026-06-04 11:00 EASTERN")


def breached() -> Lived:
    case, _ = fresh()
    for instant in ("2026-03-06 10:00", "2026-03-08 10:00", "2026-03-09 10:00", "2026-03-10 00:00"):
        let_pass(case, f"{instant} AST")
    return case, at("2026-03-12 10:00 AST")


def denied() -> Lived:
    case = a_case(received_at=at("2026-03-27 14:05 AST"))
    case.criteria_checked({}, case.received_at)
    let_pass(case, "2026-03-31 10:00 AST")
    do(case, Refer(actor=staff("rn-rivera")), "2026-03-31 11:20 AST")
    denial = Deny(
        actor=a_person(Role.PHYSICIAN),
        reason_id="criteria_not_met",
        criterion=criteria_of("72148")[0],
        words=Words(en="The letter's own words.", es="Las palabras de la carta."),
    )
    do(case, denial, "2026-04-01 15:40 AST")
    do(
        case,
        RecordCall(actor=staff("rn-rivera"), to=Recipient.MEMBER, reached=True, said="she wept"),
        "2026-04-02 09:30 AST",
    )
    return case, at("2026-04-02 10:00 AST")


def closed() -> Lived:
    case, _ = denied()
    let_pass(case, "2026-04-04 08:00 AST", "2026-06-20 10:00 AST")
    return case, at("2026-06-20 10:00 AST")


def corrected_and_expedited() -> Lived:
    case, _ = fresh()
    stamp = CorrectReceipt(
        actor=a_person(Role.SUPERVISOR),
        received_at=at("2026-03-01 09:00 AST"),
        reason="Ana Rivera says so",
    )
    do(case, stamp, "2026-03-05 10:00 AST")
    do(case, Expedite(actor=staff("rn-rivera"), asked_by="physician"), "2026-03-05 11:00 AST")
    return case, at("2026-03-05 12:00 AST")


def urgent_and_incomplete() -> Lived:
    case = a_case(plan="mcs-life", urgency="expedited", documents=(), received_at=at("2026-03-27 14:05 AST"))
    case.ask_for_what_is_missing(case.received_at)
    come_to_rest(case, case.received_at)
    return case, at("2026-03-27 18:05 AST")


def medicaid() -> Lived:
    return a_case(plan="caresource", received_at=at("2026-03-06 18:41 EASTERN")), at(
        "2026-03-07 10:00 EASTERN"
    )


def of_many_lines() -> Lived:
    """Eight lines of two kinds under law and accreditation, and a Spanish eve."""
    lines = [a_line(count, "72148" if count % 2 else "J0178") for count in range(1, 9)]
    case = a_case(
        plan="mcs-life-accredited", documents=(), lines=lines, received_at=at("2025-12-29 09:00 AST")
    )
    case.ask_for_what_is_missing(case.received_at)
    come_to_rest(case, case.received_at)
    return case, at("2026-01-02 10:00 AST")


LIVES = {
    made.__name__.replace("_", " "): made
    for made in (
        fresh,
        extended,
        paused,
        resumed,
        breached,
        denied,
        closed,
        corrected_and_expedited,
        urgent_and_incomplete,
        medicaid,
        of_many_lines,
    )
}


def example() -> str:
    """The picture in the docs: denied, told, and open to an appeal."""
    return draw(lay_out(life(denied())))


if __name__ == "__main__":
    EXAMPLE.write_text(example(), encoding="ascii")
