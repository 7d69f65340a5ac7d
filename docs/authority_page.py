"""`docs/authority.md`: who may do what, on which condition, and which acts ask which row."""

from collections.abc import Iterator

from activities.desk.look_ups import LOOK_UPS
from domain.case.authority import TABLE, Permission
from domain.terms.people import Role
from domain.view.kinds import CASES
from workflows.acts.updates import updates_of

HEAD = """\
# Who may do what

*Made from `domain/case/authority.py` and `activities/desk/look_ups.py` by
`python -m docs.generate`; change the code, not this page.*

A refusal names the person, what they may not do, who may, and the source; it leaves no trace in a case's history.
Beside the table these hold for everything:

- **Whoever speaks shows a token** that the worker verifies, and speaks for nobody else
  ([operating](operating.md#who-may-speak-to-it)).
- **Plans are walls**: a token for some plans acts on, sees, finds and counts no case of another. Board, views and
  codec show what is theirs; the Temporal UI, where that cannot be told, is closed to them.
- **Broken glass** (`plazo break-glass`): a supervisor reads one case beyond that wall, for an hour and a listed
  reason; the audit says what was read, and the privacy officer is told. Acts stay refused.
- **Nobody touches or finds a case of their own or of their family**, as far as their row of the staff file names
  its member.
- **What is sensitive is read by those who work on it**, and by a supervisor or a physician who says why
  ([standing referrals](standing.md#what-is-sensitive)).
- What turns late into timely, and money above the plan's limit, takes **a second person**, with their own token.
"""


def authority_page() -> str:
    return "\n".join([HEAD, *_table(), "", *_acts(), "", *_look_ups(), ""])


def _table() -> Iterator[str]:
    yield "| To | May | On condition | Source |"
    yield "| --- | --- | --- | --- |"
    for name, row in TABLE.items():
        yield f"| {name} | {_roles(row)} | {row.condition or '-'} | {row.source} |"


def _roles(row: Permission) -> str:
    people = [role for role in Role if role in row.roles and role is not Role.SYSTEM]
    everybody = len(people) == len(Role) - 1
    return "everybody" if everybody else ", ".join(role.value.replace("_", " ") for role in people)


def _acts() -> Iterator[str]:
    yield "## Acts, by what they ask"
    yield ""
    yield "| To | Acts, by case kind |"
    yield "| --- | --- |"
    asked: dict[str, dict[str, list[str]]] = {}
    for kind, row in CASES.items():
        for act, update in updates_of(kind).items():
            for name in act.one_of or (row.case.act_names.get(act.act_name, act.act_name),):
                asked.setdefault(name, {}).setdefault(update.__name__, []).append(kind)
    for name in TABLE:
        acts = asked.get(name, {})
        if acts:
            told = ", ".join(f"`{act}`{_kinds(acts[act])}" for act in sorted(acts))
            yield f"| {name} | {told} |"


def _kinds(kinds: list[str]) -> str:
    return "" if len(kinds) == len(CASES) else f" ({', '.join(kinds)})"


def _look_ups() -> Iterator[str]:
    yield "## What is asked of the desk"
    yield ""
    yield "| To | Look-ups |"
    yield "| --- | --- |"
    for name in dict.fromkeys(LOOK_UPS.values()):
        yield f"| {name} | {', '.join(f'`{one}`' for one, takes in LOOK_UPS.items() if takes == name)} |"
