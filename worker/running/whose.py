"""Whose something is: in whose name it is said, of which plan and case; and whether its bearer may touch it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from activities.desk.glass import Glass
from activities.desk.look_ups import LOOK_UPS
from config.access.tokens import Bearer
from domain.case.authority import require
from domain.case.case import Case
from domain.case.sensitive import CLOSED_TO, SOURCE, LookInto, is_open_to
from domain.desk.calls import TakeCall
from domain.desk.desk import Note, RecordCall
from domain.terms.case_number import parse
from domain.terms.people import Actor
from domain.terms.refusals import PlazoError, Refused


def named_in(arguments: Iterable[Any]) -> Iterator[Actor]:
    """In whose name something is said, asked or begun."""
    for one in arguments:
        taken_up = getattr(one, "taken_up", None)
        for holder in (one, getattr(one, "act", None), getattr(taken_up, "act", None)):
            for field in ("actor", "asker", "keyed_by"):
                if isinstance(actor := getattr(holder, field, None), Actor):
                    yield actor


def plans_in(arguments: Iterable[Any]) -> Iterator[str]:
    """The plans that something asked for is about, where it names them itself."""
    for one in arguments:
        for holder in (one, getattr(one, "request", None), getattr(one, "filing", None)):
            if isinstance(plan := getattr(holder, "plan", None), str):
                yield plan


def cases_in(arguments: Iterable[Any]) -> Iterator[str]:
    """The cases that something asked for is about, by number."""
    for one in arguments:
        named = one if isinstance(one, str) else getattr(one, "case", None)
        if isinstance(named, str):
            with suppress(PlazoError):  # another text
                yield parse(named)


def refuse_unless_asked(bearer: Bearer, look_up: str, arguments: Sequence[Any]) -> None:
    if look_up not in LOOK_UPS:
        raise Refused("identity: nobody asks for that but a case itself")
    require(bearer.actor, LOOK_UPS[look_up])
    if look_up == Glass.break_glass.__name__ and bearer.walls is None:
        raise Refused("glass: whoever works for all plans reads every case as it is")
    refuse_unless_theirs(bearer, named_in(arguments))
    for plan in plans_in(arguments):
        refuse_beyond_plan(bearer, plan)


def refuse_unless_theirs(bearer: Bearer, actors: Iterable[Actor]) -> None:
    """Nobody speaks for another; the system hands on what people said to it."""
    for actor in actors:
        if not bearer.is_system and actor != bearer.actor:
            raise Refused(f"identity: the token is that of {bearer.actor.id}, who may not act as {actor.id}")


def refuse_beyond_walls(bearer: Bearer, case: Case | None, *, reads: bool = False) -> None:
    if case is None:
        return  # nothing is known of it, and it hears nothing
    if case.member in bearer.barred:
        raise Refused(
            f"{bearer.actor.name} keeps out of cases of their own and of their family", "plan policy"
        )
    if not (reads and case.number in bearer.beyond):
        refuse_beyond_plan(bearer, case.policy.plan.id)


def refuse_unless_open(bearer: Bearer, case: Case | None) -> None:
    """What is sensitive is read by those who work on it, and by whoever broke the glass before it."""
    if case is None or bearer.is_system or case.number in bearer.beyond:
        return
    if not is_open_to(case, bearer.actor):
        raise Refused(f"{case.number}: {CLOSED_TO}", SOURCE)


def says_little(acts: Iterable[Any]) -> bool:
    """Is it what anybody may say of any case? By that alone nobody works on it."""
    return any(isinstance(act, Note | TakeCall | RecordCall) for act in acts)


def why_read(acts: Iterable[Any]) -> str:
    """Why somebody reads what is sensitive."""
    return next((act.reason for act in acts if isinstance(act, LookInto)), "")


def refuse_beyond_plan(bearer: Bearer, plan: str) -> None:
    if bearer.walls is not None and plan not in bearer.walls:
        raise Refused(f"{bearer.actor.name} does not work for the plan of this case", "plans are walls")
