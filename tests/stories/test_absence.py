"""Stories of absence: work goes to whoever covers, nobody away is given any, and reminders reach people there."""

from datetime import date

from domain.desk.absence_acts import Absent, Returned
from domain.desk.desk import Assign, Claim, Release
from domain.parts.absence import Absence
from domain.parts.events import EventKind
from tests.builders import a_request, at, staff

WEEK = {"from_day": date(2037, 3, 3), "until": date(2037, 3, 6)}


def away(who="rn-rivera", cover=None, **days):
    return Absence(who=who, name=staff(who).name, cover=staff(cover) if cover else None, **(days or WEEK))


async def who_has(case):
    return {work.queue: work.assignee for work in (await case.sheet()).shown.work}


async def told(case):
    return [event.words.rpartition("Told: ")[2] for event in await case.events(EventKind.ESCALATED)]


async def test_work_goes_to_the_cover_on_the_first_day_of_an_absence_and_reminders_with_it(plan):
    case = await plan.submit(a_request(received_at=at("2037-03-02 18:41 AST")))
    await case.does("rn-rivera", Claim)
    assert "may not record" in await case.is_refused("rn-rivera", Absent, absence=away())
    await case.does("sup-diaz", Absent, absence=away(cover="rn-colon"))
    assert await who_has(case) == {"nurse-review": "rn-rivera"}
    again = await case.does("sup-diaz", Absent, absence=away(cover="rn-colon"))
    assert "known already" in again.sentence
    forecast = await case.forecast()
    handed = next(event for event in forecast.events if event.kind is EventKind.ABSENT)
    assert handed.at == at("2037-03-03 00:00:00 AST")

    await case.let_pass(until=at("2037-03-03 08:00 AST"))

    assert await who_has(case) == {"nurse-review": "rn-colon"}
    assert "away through 2037-03-06" in await case.is_refused("rn-rivera", Claim, absences=(away(),))
    given = {"to": staff("rn-rivera"), "absences": (away(),)}
    assert "`plazo staff back rn-rivera`" in await case.is_refused("sup-diaz", Assign, **given)
    await case.let_pass(until=at("2037-03-07 10:00 AST"))
    assert await told(case) == ["the people who have the case."], "the cover is there"


async def test_without_a_cover_who_may_do_it_work_goes_back_and_the_lead_is_told(plan):
    case = await plan.submit(a_request(received_at=at("2037-03-02 18:41 AST")))
    await case.does("rn-rivera", Claim)

    said = await case.does(
        "sup-diaz", Absent, absence=away(cover="ic-santos", from_day=date(2037, 3, 1), until=date(2037, 3, 6))
    )

    assert "nurse-review put back" in said.sentence
    assert await who_has(case) == {"nurse-review": None}
    await case.let_pass(until=at("2037-03-06 12:00 AST"))
    assert await told(case) == ["supervisor."]


async def test_a_reminder_at_night_reaches_whoever_is_on_call(plan):
    case = await plan.submit(a_request(received_at=at("2037-03-02 18:41 AST")))
    await case.does("rn-rivera", Claim)
    await case.let_pass(until=at("2037-03-08 12:00 AST"))

    assert await told(case) == ["the people who have the case.", "on-call."], "Sunday, 04:40"


async def test_who_is_back_early_keeps_what_they_take(plan):
    case = await plan.submit(a_request(received_at=at("2037-03-02 18:41 AST")))
    await case.does("rn-rivera", Claim)
    await case.does("sup-diaz", Absent, absence=away())
    await case.does("sup-diaz", Returned, person="rn-rivera")

    await case.let_pass(until=at("2037-03-04 08:00 AST"))
    assert await who_has(case) == {"nurse-review": "rn-rivera"}

    await case.does("rn-rivera", Release)
    await case.does("rn-rivera", Claim, absences=(away(from_day=date(2037, 3, 5), until=date(2037, 3, 5)),))
    await case.let_pass(until=at("2037-03-05 08:00 AST"))
    assert await who_has(case) == {"nurse-review": None}, "an absence that the register told of at the claim"
