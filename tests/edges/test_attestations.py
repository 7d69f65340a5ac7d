"""Attestations at the prompt, and told in the morning to whoever is to attest, and to supervisors."""

from datetime import timedelta

import pytest
from temporalio.testing import ActivityEnvironment

from activities.desk.supervision import Occasion, Oversight
from config.calendars import calendar_for_case
from domain.desk.attestation import Attested
from domain.view.board import Board
from tests.builders import at, pack
from tests.edges.fluent import refused_in_one_line
from tests.fakes import FakeRegister

NOW = at("2037-03-02 06:30 AST")


class OneNurse:
    def pack(self):
        kept = {"rn-rivera", "sup-diaz"}
        return pack().model_copy(update={"staff": tuple(one for one in pack().staff if one.id in kept)})

    def calendar(self, plan, received):
        return calendar_for_case(plan, received)


class Register(FakeRegister):
    async def board(self, days, now):
        return Board(queues=(), ages=(0,), hours=(0,), breaches=())


class Agreement:
    async def differences(self):
        return ()


class Desks:
    def __init__(self):
        self.given = {}

    async def give(self, memo):
        return self.given.setdefault(memo.key, memo).key


async def morning(register, desks, now):
    oversight = Oversight(register, OneNurse(), Agreement(), desks, None)
    await ActivityEnvironment().run(oversight.digest, Occasion(scheduled_at=now, now=now))


async def test_the_nurse_is_asked_once_and_again_when_it_is_late_and_the_supervisor_reads_of_it_each_morning():
    register, desks = Register(), Desks()
    register.attestations.append(Attested(who="rn-rivera", row="no-reward", on=NOW.date(), at=NOW))
    for days in (0, 334, 336, 365, 366, 370):
        await morning(register, desks, NOW + timedelta(days=days))

    theirs = [key for key in desks.given if key.startswith("attest")]
    told = [memo.words for key, memo in desks.given.items() if key.startswith("digest")]
    assert theirs == [
        "attest-no-reward-asked-2038-03-02-rn-rivera",
        "attest-no-reward-late-2038-03-02-rn-rivera",
    ]
    assert ["To attest:" in words for words in told] == [False, False, True, True, True, True]
    assert "Carmen Rivera (rn-rivera), no-reward: late, by 2038-03-02" in told[-1]


@pytest.mark.slow
async def test_a_nurse_attests_in_her_own_name_and_a_supervisor_sees_who_did(installation):
    read = await installation.answer("staff", "attest", as_="rn-rivera")
    assert "no monetary reward" in read
    signing = ("staff", "attest", "--signed")
    refused_in_one_line(await installation.plazo(*signing, as_="ic-santos"), 1, "nobody asks ic-santos")
    refused_in_one_line(
        await installation.plazo("staff", "attest", "honesty", as_="rn-rivera"), 2, "known are"
    )

    assert "attested to no-reward" in await installation.answer(*signing, as_="rn-rivera")
    refused_in_one_line(await installation.plazo(*signing, as_="rn-rivera"), 1, "the next is due by")

    [own] = await installation.json("staff", "attestations", as_="rn-rivera")
    all_of_them = await installation.json("staff", "attestations", as_="sup-diaz")
    assert own["standing"] == "attested"
    assert {one["who"]: one["standing"] for one in all_of_them}["rn-colon"] == "never attested"
    board = await installation.json("board", as_="sup-diaz")
    assert any("rn-colon" in one for one in board["to_attest"])
    assert not any("rn-rivera" in one for one in board["to_attest"])
