"""Payments in the register: kept once, exact to the cent, and with their proof once they were written."""

from sqlalchemy import select

from domain.case import ending
from domain.case.keeping import come_to_rest
from domain.dispute import money
from domain.dispute.acts import Resolve
from records.tables import DeterminationRow, PaymentRow
from tests.builders import staff
from tests.disputes import a_dispute, noon
from workflows.running.pages import page_of


def overturned():
    case, now = a_dispute(), noon("2037-05-05")
    Resolve(actor=staff("da-torres"), line=1, outcome="overturned", reason_id="units_miscounted").apply(
        case, now
    )
    case.settle(now)
    return case, now


async def rows(database, row):
    with database.engine.connect() as connection:
        return connection.execute(select(row)).all()


async def test_a_payment_is_kept_once_and_gets_its_proof_when_it_was_written(register, database):
    case, now = overturned()
    [owed] = case.unpaid
    await register.write(page_of(case, 0, case.next_appointment, now))
    [kept] = await rows(database, PaymentRow)
    assert (kept.key, str(kept.total), kept.proof) == (owed.key, "120.00", None)

    money.instructed(case, owed.key, "file sha256:12", now)
    for _ in range(2):
        await register.write(page_of(case, 0, case.next_appointment, now))

    [kept] = await rows(database, PaymentRow)
    assert kept.proof == "file sha256:12"
    assert b"Bayview" not in kept.sealed
    [answer] = await rows(database, DeterminationRow)
    assert (answer.outcome, answer.decider_id) == ("overturned", "da-torres")


async def test_a_closed_dispute_is_kept_whole(register):
    case, now = overturned()
    come_to_rest(case, now)
    ending.close(case, "window closed, no request known", now)
    await register.write(page_of(case, 0, case.next_appointment, now))
    again = type(case).model_validate_json(await register.closed_case(case.number))
    assert again == case
