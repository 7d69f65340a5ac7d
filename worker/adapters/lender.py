"""The lender signs a token for whoever breaks the glass: their own once more, with one case beside, for an hour."""

from collections.abc import Callable
from datetime import UTC, datetime

from activities.desk.glass import Lent
from config.access.staff_keys import StaffKeys
from config.access.tokens import ASKING, Bearer, Claims, sign
from domain.desk.glass import LASTS, BrokenGlass, GlassReason


class GlassLender:
    def __init__(self, keys: Callable[[], StaffKeys]) -> None:
        self._keys = keys

    def lend(self, case: str, reason: GlassReason) -> Lent:
        asker, now = ASKING.get(), datetime.now(UTC)
        assert asker is not None  # the guard let them in
        until = min(now + LASTS, asker.exp) if isinstance(asker, Claims) else now + LASTS
        bearer = Bearer.model_validate(asker.model_dump(include=set(Bearer.model_fields)))
        opened = bearer.model_copy(update={"beyond": {case: reason.value}})
        return Lent(
            token=sign(opened, self._keys(), until - now),
            glass=BrokenGlass(case=case, who=asker.actor.id, at=now, until=until, reason=reason),
        )
