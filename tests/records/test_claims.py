"""A case number is taken once, and the case that takes it is told which others are like it."""

import asyncio

import pytest

from domain.parts.alike import Alike
from tests.records.pages import NUMBER, a_case_in_review, a_claim, a_page, a_page_of, approved, closed, ended

OTHER = "PRE-3333-3333-3333"


async def alike_of(register, claim):
    """The cases that are like the one that claims."""
    return (await register.claim(claim)).alike


async def test_the_first_of_its_kind_is_like_no_other(register):
    assert await alike_of(register, a_claim(reference="A-1")) == ()


async def test_a_case_that_claims_again_is_not_like_itself(register):
    await register.claim(a_claim(reference="A-1"))

    assert await alike_of(register, a_claim(reference="A-1")) == ()


@pytest.mark.parametrize(
    ("other", "same_reference", "same_content"),
    [
        ({"reference": "A-1", "fingerprint": "another"}, True, False),
        ({"reference": "A-2", "fingerprint": "the same"}, False, True),
        ({"reference": None, "fingerprint": "the same"}, False, True),
        ({"reference": "A-1", "fingerprint": "the same"}, True, True),
    ],
)
async def test_cases_are_alike_by_the_reference_or_by_what_is_asked(
    register, other, same_reference, same_content
):
    await register.claim(a_claim(OTHER, **other))

    alike = await alike_of(register, a_claim(reference="A-1", fingerprint="the same"))

    assert alike == (
        Alike(case=OTHER, same_reference=same_reference, same_content=same_content, is_closed=False),
    )


@pytest.mark.parametrize("nothing", [None, ""])
async def test_two_cases_without_a_reference_do_not_share_one(register, nothing):
    await register.claim(a_claim(OTHER, reference=nothing, fingerprint="another"))

    assert await alike_of(register, a_claim(reference=nothing)) == ()


async def test_two_cases_without_a_fingerprint_do_not_share_one(register):
    await register.claim(a_claim(OTHER, fingerprint=""))

    assert await alike_of(register, a_claim(fingerprint="")) == ()


async def test_another_plan_has_references_of_its_own(register):
    await register.claim(a_claim(OTHER, plan="mcs-commercial", reference="A-1", fingerprint="the same"))

    assert await alike_of(register, a_claim(reference="A-1", fingerprint="the same")) == ()


async def test_a_closed_case_is_still_found(register):
    await register.claim(a_claim(OTHER, reference="A-1"))
    await register.write(closed(a_page_of(OTHER)))

    (alike,) = await alike_of(register, a_claim(reference="A-1"))

    assert (alike.case, alike.is_closed) == (OTHER, True)


async def test_a_claim_that_comes_again_late_changes_nothing_of_the_case(register):
    await register.claim(a_claim())
    page = a_page_of()
    await register.write(page)

    await register.claim(a_claim(reference="A-1", member="somebody else"))

    assert (await register.remembered(NUMBER)).sheet == page.sheet
    assert await alike_of(register, a_claim(OTHER, reference="A-1")) == ()


async def test_of_cases_claimed_at_the_same_moment_at_most_one_hears_of_no_other(register):
    numbers = [f"PRE-2222-2222-222{place}" for place in range(8)]

    told = await asyncio.gather(*(register.claim(a_claim(number, reference="A-1")) for number in numbers))

    assert sum(not alike for alike in told) <= 1


async def test_a_number_is_taken_once_a_page_of_it_was_written_by_a_case_that_began_with_another_run(
    register,
):
    await register.claim(a_claim(first_run="lost before it wrote anything"))
    assert not (await register.claim(a_claim(first_run="first"))).taken, "a claim without a page binds nobody"
    page = a_page_of()
    await register.write(
        page.model_copy(update={"position": page.position.model_copy(update={"first_run": "first"})})
    )

    assert not (await register.claim(a_claim(first_run="first"))).taken, "it is its own page"
    assert (await register.claim(a_claim(first_run="another"))).taken


def an_mri(from_day, through="2037-06-30", **changes):
    """What a claim says of one line."""
    return {"line": 1, "service": "72148", "from_day": from_day, "through": through} | changes


@pytest.mark.parametrize(
    ("first", "second", "is_near"),
    [
        (an_mri("2037-04-01"), an_mri("2037-06-30", "2037-09-30"), True),
        (an_mri("2037-04-01"), an_mri("2037-07-01", "2037-09-30"), False),
        (an_mri("2037-04-01", None), an_mri("2038-07-01", None), True),  # as long as a circumstance lasts
        (an_mri("2037-07-01", None), an_mri("2037-04-01", "2037-06-30"), False),
        (an_mri("2037-04-01"), an_mri("2037-04-01", service="71260"), False),
    ],
)
async def test_the_same_service_for_the_same_member_is_near_where_the_days_overlap(
    register, first, second, is_near
):
    await register.claim(a_claim(OTHER, lines=[first], reference="A-1"))

    found = await register.claim(a_claim(lines=[second], reference="A-2"))

    assert [(one.case, one.same_services, one.same_content) for one in found.alike] == (
        [(OTHER, ("72148",), False)] if is_near else []
    )


async def test_a_claim_of_999_lines_finds_its_like(register):
    lines = [an_mri("2037-04-01", line=number, service=f"{10000 + number}") for number in range(1, 1000)]
    await register.claim(a_claim(OTHER, lines=lines[-1:], reference="A-1"))

    [found] = (await register.claim(a_claim(lines=lines, reference="A-2"))).alike

    assert (found.case, found.same_services) == (OTHER, ("10999",))


@pytest.mark.parametrize("changes", [{"member": "another"}, {"kind": "dispute"}])
async def test_another_member_and_a_payment_of_the_same_service_are_not_near(register, changes):
    await register.claim(a_claim(OTHER, lines=[an_mri("2037-04-01")]))

    assert (await register.claim(a_claim(lines=[an_mri("2037-04-01")], **changes))).alike == ()


async def test_asking_takes_nothing(register):
    await register.claim(a_claim(OTHER, reference="A-1"))

    [found] = await register.alike(a_claim(reference="A-1"))

    assert found.case == OTHER
    assert await register.alike(a_claim(OTHER, reference="A-1")) == (), "the question left no case behind"


async def test_a_closed_case_lives_on_in_its_authorization_until_that_is_closed(register):
    await register.claim(a_claim(OTHER, reference="A-1"))
    page = a_page(ended(approved(a_case_in_review(OTHER))))
    await register.write(page)
    [permit] = page.permits

    [found] = await register.alike(a_claim(reference="A-1"))
    assert (found.is_closed, found.authorizations) == (True, (permit.authorization.number,))

    await register.write(closed(a_page_of(permit.authorization.number)))
    [found] = await register.alike(a_claim(reference="A-1"))
    assert (found.authorizations, found.lives) == ((), False)


async def test_what_was_received_again_is_known_by_the_number_that_it_would_have_had(register):
    page = a_page_of(OTHER).model_copy(update={"receipts": (NUMBER,)})

    await register.write(page)
    await register.write(page)

    assert (await register.case_of(NUMBER), await register.case_of(OTHER)) == (OTHER, None)
