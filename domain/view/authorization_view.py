"""An authorization as people and programs see it: `plazo auth show` prints this."""

from datetime import date

from pydantic import AwareDatetime, ConfigDict, Field

from domain.authorization.authorization import LiveAuthorization
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.view.view import Coming


class ShownUse(Frozen):
    """Units that were used on a day, and who reported it."""

    on: date
    units: int
    reported_by: str
    under: str | None


class ShownLife(Frozen):
    """Period, units, what ends it, what comes next, and the cases around it."""

    model_config = ConfigDict(populate_by_name=True)

    number: str
    case: str
    line: int
    service: str
    units: int
    units_used: int
    units_left: int
    from_day: date = Field(alias="from")
    through: date | None
    ends_when: str | None
    ended_as: str | None
    ended_at: AwareDatetime | None
    uses: tuple[ShownUse, ...]
    next: tuple[Coming, ...]
    extends: str | None
    extended_by: str | None
    replaces: str | None
    replaced_by: str | None


class LifeSheet(Frozen):
    """The life, and the calendar to read its instants by."""

    life: ShownLife
    standing: str
    calendar: Calendar


def life_sheet(case: LiveAuthorization) -> LifeSheet:
    permit = case.permit
    life = ShownLife(
        number=case.number,
        case=case.parent or "",
        line=case.line,
        service=permit.service,
        units=permit.units,
        units_used=case.units_used,
        units_left=case.units_left,
        from_day=permit.from_day,
        through=permit.through,
        ends_when=case.ends_when,
        ended_as=permit.ended_as.value if permit.ended_as else None,
        ended_at=permit.ended_at,
        uses=tuple(ShownUse(**use.model_dump()) for use in case.used),
        next=tuple(Coming(at=one.at, what=one.words) for one in case.agenda()),
        extends=case.extends,
        extended_by=case.extended_by,
        replaces=case.replaces,
        replaced_by=case.replaced_by,
    )
    return LifeSheet(life=life, standing=case.standing, calendar=case.policy.calendar)
