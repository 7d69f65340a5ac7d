"""What goes on while it is reviewed: a stay, or a course of treatment."""

from datetime import date
from enum import StrEnum

from domain.terms.frozen import Frozen


class Setting(StrEnum):
    """Where it goes on; by that the law says how it may end."""

    HOSPITAL = "hospital"
    REHABILITATION = "rehabilitation_hospital"
    NURSING = "skilled_nursing"
    HOME_HEALTH = "home_health"
    OUTPATIENT_REHABILITATION = "corf"
    COURSE = "course_of_treatment"


class Stay(Frozen):
    """Where, since when, and through which day leave is asked for now."""

    setting: Setting
    since: date
    through: date
