"""Every command leaves with its true exit code, however often it is asked (temporalio/sdk-python issue 300)."""

import asyncio
from collections import Counter

import pytest

from tests.sampling import PROVE

pytestmark = pytest.mark.slow

RUNS = 500 if PROVE else 4
ABREAST = 2


@pytest.mark.timeout(7200 if PROVE else 180)
async def test_commands_that_talk_to_the_server_leave_with_their_true_code(installation):
    case = await installation.opened("02", reference="EXITS")
    talks = [  # a query, a desk activity, an update, and an update that is refused
        (("show", case), 0),
        (("worklist",), 0),
        (("note", case, "hello"), 0),
        (("approve", case, "--line", "9"), 1),
    ]
    gate = asyncio.Semaphore(ABREAST)

    async def leaves(number):
        words, code = talks[number % len(talks)]
        async with gate:
            answer = await installation.types(*words, as_="rn-rivera")
        return words[0], answer.code, code, answer.err if answer.code != code else ""

    left = Counter(await asyncio.gather(*[leaves(number) for number in range(RUNS)]))

    assert all(code == true for _, code, true, _ in left), left
