"""Stories of referrals that stand."""

from datetime import date, timedelta

from domain.authorization.acts import UseUnits
from domain.desk.desk import RecordCall
from domain.determination.decisions import Approve, Deny
from domain.standing.acts import ChangePrimary, LeaveNetwork, ReviewStanding
from tests.appealing import appeal
from tests.authorizations import authorization_of
from tests.builders import at
from tests.standings import a_standing
from tests.world import CaseSeen, World, eventually
from workflows.kinds import WORKFLOWS

YEAR = {"condition": "degenerative", "through": "2038-10-05", "scope": "visits and medication, no procedures"}
ASKED = {"received_at": at("2037-10-06 09:00 PACIFIC"), "from_day": "2037-10-20", "standing": YEAR}


async def called(case: CaseSeen) -> None:
    for to in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=to, reached=True)


async def heard(leave: CaseSeen, terms: str) -> bool:
    """Does the authorization come to say so?"""

    async def looked() -> bool | None:
        return (await leave.look()).why == terms or None

    return await eventually(looked)


async def played_again(replayer, *cases: CaseSeen) -> None:
    for case in cases:
        await replayer(*WORKFLOWS.values()).replay_workflow(await case.handle.fetch_history())


async def test_it_stands_is_used_outlives_its_physician_and_ends_with_the_transition(plan: World, replayer):
    case = await plan.submit(a_standing(**ASKED), "standing")
    refused = await case.is_refused("rn-rivera", Approve)
    assert "may not approve a standing referral" in refused
    await case.does("md-vega", Approve)
    await called(case)
    assert (await case.sheet()).shown.stage == "continuing"

    leave = await authorization_of(case)
    assert (await leave.sheet()).why == "good through 2038-10-05; 12 of 12 visits left"
    await leave.let_pass(until=at("2037-11-02 10:00 PACIFIC"))
    await leave.does("ic-santos", UseUnits, units=1, on=date(2037, 10, 28), reported_by="the clinic")

    other = {"name": "Nora Field MD", "npi": "1000000020", "address": "2 Sample St"}
    await case.let_pass(until=at("2037-12-01 10:00 PACIFIC"))
    await case.does("ic-santos", ChangePrimary, provider=other)
    await case.let_pass(until=at("2038-04-21 10:00 PACIFIC"))
    await case.does("md-vega", ReviewStanding)
    said = await case.does("cm-reyes", LeaveNetwork, on=date(2038, 4, 30))
    assert "through 2038-07-29" in said.sentence
    await leave.let_pass(until=at("2038-04-21 10:00 PACIFIC"))
    assert await heard(leave, "good through 2038-07-29; 11 of 12 visits left")

    await leave.let_pass(until=at("2038-07-30 00:00:01 PACIFIC"))
    assert await case.closed_as() == "authorization ended: expired"
    await played_again(replayer, case, leave)


async def test_it_is_denied_where_no_expertise_is_shown_and_the_appeal_is_as_sensitive(plan: World, replayer):
    about_hiv = YEAR | {"condition": "hiv_aids"}
    case = await plan.submit(a_standing(**(ASKED | {"standing": about_hiv})), "standing")

    await case.does("md-vega", Deny, reason_id="criteria_not_met", criterion="standing-referral.expertise")

    assert (await case.sheet()).shown.status.code == "A3"
    [letter, *_] = plan.letters(case, "determination")
    assert letter.facts["adverse"] is True

    appealed = await appeal(plan, case, await case.now() + timedelta(days=3))
    assert "sensitive" in (await appealed.sheet()).flags
    await played_again(replayer, case, appealed)
