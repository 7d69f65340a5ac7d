"""The person on the paper is compared with the directory, and nothing leaves before somebody looked."""

from datetime import date

import pytest
from temporalio.exceptions import ApplicationError

from domain.determination.clock_acts import CorrectRequest
from domain.determination.confirming import ConfirmMember
from domain.request.membership import KnownMember
from tests.builders import a_request, meeting
from tests.counter import brings, opens, seen
from tests.world import eventually

OB_GYN = {
    "name": "Luis Ortiz MD",
    "npi": "1234567893",
    "role": "ob_gyn",
    "address": "PO Box 1, San Juan PR 00902",
}
KNOWN = KnownMember(name="Ana Rivera Colón", birth_date=date(1957, 4, 2))
PETER = KnownMember(name="Pedro Rivera", birth_date=date(1957, 4, 2))


async def test_a_name_with_its_second_surname_and_accents_is_the_same_member(plan):
    plan.directory.members["MCS-0001"] = KNOWN
    case = await opens(plan, a_request(documents=meeting("72148"), member={"name": "RIVERA COLON, ANA M."}))
    assert (await case.sheet()).warnings == ()
    assert len(plan.letters(case, "determination")) == 2


async def test_nothing_leaves_about_another_persons_number_before_somebody_looked(plan):
    plan.directory.members["MCS-0001"] = PETER
    opened = await brings(plan, a_request(documents=meeting("72148")))
    case = seen(plan, opened.case)
    assert opened.look_at == ("the member's name is not the directory's",)
    sheet = await case.look()
    assert "receipts" in [work.queue for work in sheet.shown.work]
    assert (sheet.shown.stage, plan.post.sent) == ("decided", [])
    assert "because" in await is_refused(case, "ic-santos", ConfirmMember)

    await case.does("ic-santos", ConfirmMember, reason="a new name; the member called")

    assert (await case.sheet()).warnings == ()
    assert len(plan.letters(case, "determination")) == 2


async def test_a_number_that_was_keyed_wrong_is_corrected_and_compared_again(plan):
    plan.directory.members["MCS-0001"] = PETER
    case = seen(plan, (await brings(plan, a_request(documents=[]))).case)
    assert plan.post.sent == [], "not even what asks for the missing papers"

    right = a_request(documents=[], member={"contract_number": "MCS-0002"})
    await case.does("ic-santos", CorrectRequest, request=right, reason="the number of a namesake")

    sheet = await case.sheet()
    assert (sheet.warnings, len(plan.letters(case, "information_request"))) == ((), 2)


async def test_who_only_asked_is_compared_before_they_are_told_that_no_leave_is_needed(plan):
    plan.directory.members["MCS-0001"] = PETER
    asked = a_request(service="99213", documents=[], wants_decision=False, requesting_provider=OB_GYN)
    case = seen(plan, (await brings(plan, asked)).case)
    await eventually(lambda: told_to_look(case))
    assert plan.post.sent == []
    await case.does("ic-santos", ConfirmMember, reason="a new name; the member called")
    assert await case.closed_as() == "no action required"


async def told_to_look(case):
    return any("directory" in warning for warning in (await case.look()).warnings) or None


async def is_refused(case, who, act, **words):
    """The one line of a refusal, of a case that may not come to rest."""
    with pytest.raises(ApplicationError) as refused:
        await case.does(who, act, **words)
    return str(refused.value)
