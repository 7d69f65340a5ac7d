"""Stories of a consult with a specialist: precertified on a short form, decided at once, counted in visits."""

from datetime import date

from domain.authorization.acts import UseUnits
from tests.authorizations import authorization_of
from tests.builders import a_document, a_request, at
from tests.world import World
from workflows.kinds import WORKFLOWS

SHOWN = {"consult_ordered_by": "assigned_pcp", "consult_question_stated": True}
PAPERS = (
    a_document("order", "medical_order", **SHOWN),
    a_document("note", "clinical_note", primary_care_tried=True),
)
CONSULT = {
    "plan": "procare",
    "received_at": at("2037-03-02 09:00 PACIFIC"),
    "service": "99243",
    "units": 3,
    "from_day": "2037-03-20",
    "requesting_provider": {
        "name": "Peter Lang MD",
        "npi": "1234567893",
        "role": "assigned_pcp",
        "address": "12 Example Ave, Fresno CA 93701",
    },
    "servicing_provider": {"name": "Amira Haddad MD", "npi": "1000000020", "specialty": "cardiology"},
}


async def test_a_consult_is_approved_at_once_and_its_visits_are_counted(plan: World, replayer):
    case = await plan.submit(a_request(documents=PAPERS, **CONSULT))

    sheet = await case.sheet()
    assert sheet.shown.status.code == "A1"
    assert not any(work.queue == "nurse-review" for work in sheet.shown.work)
    [letter, *_] = plan.letters(case, "determination")
    assert letter.facts["lines"][0]["measure"] == "visits"

    leave = await authorization_of(case)
    await leave.let_pass(until=at("2037-03-25 10:00 PACIFIC"))
    await leave.does("ic-santos", UseUnits, units=1, on=date(2037, 3, 24), reported_by="the clinic")
    assert (await leave.sheet()).why == "good through 2037-06-18; 2 of 3 visits left"
    await replayer(*WORKFLOWS.values()).replay_workflow(await case.handle.fetch_history())


async def test_a_consult_for_which_nothing_was_tried_waits_for_a_nurse_and_nobody_for_the_requester(
    plan: World,
):
    alone = {"requested_by": "member", "channel": "telephone", "order": None, "documents": ()}

    case = await plan.submit(a_request(**(CONSULT | alone)))

    sheet = await case.sheet()
    assert sheet.shown.due_at == at("2037-03-09 23:59:59 PACIFIC")
    assert plan.letters(case, "information_request"), "the order is asked for as evidence"
