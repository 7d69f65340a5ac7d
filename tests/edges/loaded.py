"""Everything that a command would load and build, loaded and built: see `fluent.py`."""

import client.absences
import client.appeal_acts
import client.appeals
import client.batch
import client.casefile
import client.clock
import client.coordination
import client.desk
import client.dispute_acts
import client.dispute_level
import client.disputes
import client.hold
import client.look
import client.notices
import client.peer
import client.policy
import client.policy_correction
import client.precert
import client.rates
import client.referral
import client.review
import client.rules
import client.second_thoughts
import client.staff
import client.toll
import client.worklist  # noqa: F401 - all of them are loaded, and that is the point
from config.pack import load
from domain.terms.frozen import Frozen


def build_models() -> None:
    """Every model of the house builds its validator at first use; here, once for all commands."""
    load()
    waiting = [Frozen]
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        model.model_rebuild()


build_models()
