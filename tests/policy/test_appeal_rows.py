"""The rows of appeals: each appeal is timed once, and what follows its answer as the answer itself was."""

import shutil
from itertools import product
from pathlib import Path

import pytest

from config import pack as packs
from config.calendars import calendar_of
from domain.clock.duty import Duty
from domain.clock.timeframe import Regime, Services, Urgency
from domain.policy.appeals import AppealBy, Form
from tests.builders import pack

LAW = [regime for regime in Regime if regime is not Regime.NCQA]
BEFORE_SERVICE = (Services.LISTED, Services.UNLISTED, Services.PART_B_DRUG)


def rows(regime, duty, urgency, kind):
    return [
        row
        for row in pack().timeframe
        if (row.regime, row.times) == (regime, duty)
        and row.urgency in {None, urgency}
        and row.services.takes(kind)
    ]


@pytest.mark.parametrize(("regime", "urgency", "kind"), list(product(LAW, Urgency, BEFORE_SERVICE)))
def test_each_appeal_has_exactly_one_decision_row_in_each_regime(regime, urgency, kind):
    assert len(rows(regime, Duty.APPEAL_DECISION, urgency, kind)) == 1


@pytest.mark.parametrize("kind", [*BEFORE_SERVICE, Services.POST_SERVICE])
def test_forwarding_and_effect_take_as_long_as_the_standard_decision_in_medicare_advantage(kind):
    regime, standard = Regime.MEDICARE_ADVANTAGE, Urgency.STANDARD

    [decision] = rows(regime, Duty.APPEAL_DECISION, standard, kind)
    [forwarding] = rows(regime, Duty.FORWARDING, standard, kind)
    [effect] = rows(regime, Duty.EFFECTUATION, standard, kind)

    assert decision.span == forwarding.span == effect.span
    extensions = [row.extension and row.extension.span for row in (decision, forwarding, effect)]
    assert len(set(map(str, extensions))) == 1


@pytest.mark.parametrize("regime", LAW)
def test_each_regime_knows_the_next_level_the_grounds_and_the_form_of_a_representative(regime):
    terms = next(
        pack().for_case(plan, calendar_of(plan, 2025, 2028), (), "appeal").appeal
        for plan in pack().plan
        if plan.regimes[0] is regime
    )

    assert terms.next.regime is regime
    assert terms.form_of(AppealBy.REPRESENTATIVE).form is Form.APPOINTMENT
    assert terms.form_of(AppealBy.MEMBER) is None
    assert {row.id for row in terms.dismissal} == {
        *("no_standing", "no_valid_request", "member_died", "untimely"),
    }


def test_peers_of_a_service_that_is_on_no_list_are_a_fault(tmp_path):
    copy = Path(shutil.copytree(packs.SHIPPED, tmp_path / "policy"))
    file = copy / "appeals.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('services = ["mri",', 'services = ["mrj",'), encoding="utf-8"
    )

    assert packs.check(copy) == ["appeals.toml, imaging, services: no service has this id"]
