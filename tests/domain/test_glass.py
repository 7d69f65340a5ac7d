"""Glass that was broken: what the privacy officer reads in the morning."""

from datetime import timedelta

from domain.desk.glass import BrokenGlass, GlassReason, told_to_privacy
from tests.builders import at


def test_what_was_read_beyond_somebodys_plans_is_told_and_nothing_where_no_glass_was_broken():
    now = at("2037-03-02 10:00 AST")
    broken = BrokenGlass(
        case="PRE-1", who="rn-rivera", at=now, until=now + timedelta(hours=1), reason=GlassReason("complaint")
    )

    told = told_to_privacy([broken], 7)

    assert told[:2] == [
        "Read beyond the plans of whoever read it, in the last 7 days:",
        "2037-03-02 14:00 UTC, rn-rivera, PRE-1: a complaint about it is looked into",
    ]
    assert told_to_privacy([], 7) == []
