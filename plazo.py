"""The front door: names every command and where it lives, and imports nothing until it is asked."""

import sys
from typing import Any, NoReturn

COMMANDS = {
    "Run": {
        "up": ("worker.commands:up", "Start the embedded Temporal server, the Web UI and a worker."),
        "worker": ("worker.commands:worker", "Run a worker for a real cluster."),
        "demo": ("worker.commands:demo", "Walk sample cases through their lives."),
        "fast-forward": ("client.clock:fast_forward", "Move one case through time, where time is virtual."),
    },
    "Ask": {
        "required": ("client.rules:required", "Say whether a service needs precertification."),
        "show": ("client.look:show", "Show a case on one page."),
        "explain": ("client.look:explain", "Explain why each due date is what it is."),
        "forecast": ("client.look:forecast", "Say what happens on which day if nobody acts."),
        "timeline": ("client.look:timeline", "Tell what happened to a case."),
        "rates show": ("client.rates:show", "Show what Original Medicare pays for a code."),
        "rates load": ("client.rates:load_table", "Load a rate table of Original Medicare."),
        "policy show": ("client.rules:show", "Print the policy pack."),
        "policy check": ("client.rules:check", "Check a policy pack."),
        "policy diff": ("client.rules:diff", "Compare two policy packs, and rehearse open cases."),
    },
    "Open": {
        "precert check": ("client.precert:check", "Check a request; nothing is created."),
        "precert submit": ("client.precert:submit", "Open a case and print its number."),
        "precert schema": ("client.precert:schema", "Print the JSON Schema of a request."),
    },
    "Work": {
        "worklist": ("client.worklist:worklist", "List what waits, by time left."),
        "next": ("client.worklist:next_", "Take the most urgent piece of work."),
        "claim": ("client.desk:claim", "Take the work of a case."),
        "release": ("client.desk:release", "Put it back."),
        "assign": ("client.desk:assign", "Give it to somebody."),
        "note": ("client.desk:note", "Write a note into a case."),
        "attach": ("client.desk:attach", "Attach a paper that arrived."),
        "request-info": ("client.desk:request_info", "Ask the requester for what is needed."),
        "call": ("client.desk:call", "Record a call that was made."),
        "withdraw": ("client.desk:withdraw", "Take a request back at the requester's word."),
    },
    "Decide": {
        "review": ("client.review:review", "Walk the criteria clause by clause."),
        "approve": ("client.review:approve", "Approve a line."),
        "refer": ("client.review:refer", "Send a line up to a physician."),
        "deny": ("client.review:deny", "Deny a line."),
        "reduce": ("client.review:reduce", "Approve fewer units."),
        "modify": ("client.review:modify", "Approve another service."),
        "emergency": ("client.review:emergency", "Confirm an emergency, or not."),
    },
    "Clock": {
        "clock extend": ("client.clock:extend", "Take more time, once, with notice."),
        "clock correct": ("client.clock:correct", "Correct what was keyed wrong."),
        "expedite": ("client.clock:expedite", "Expedite a case."),
        "downgrade": ("client.clock:downgrade", "Refuse to expedite."),
    },
}

GROUPS = {
    "policy": "The policy pack: what every case lives by.",
    "rates": "Rate tables: what Original Medicare would have paid.",
    "precert": "Precertification: may this service be given?",
    "clock": "The clock of a case, in people's hands.",
}


def application(asked: list[str] | None = None) -> Any:
    """The command line, with every command by name and one sentence.

    The command that is `asked` for brings its own, longer help; None asks for all of them.
    """
    from cyclopts import App, Group, Parameter

    app = App(
        name="plazo",
        help="Health-plan cases on time, for as long as they live.",
        version_flags=["--version"],
        version=_version,
        help_format="plaintext",  # rendering it as markdown would take as long as everything else together
        default_parameter=Parameter(show_default=_worth_saying),
        result_action="return_value",
    )
    groups = {name: App(name=name, help=sentence) for name, sentence in GROUPS.items()}
    for number, (title, commands) in enumerate(COMMANDS.items()):
        heading = Group(title, sort_key=number)
        for words, (where, sentence) in commands.items():
            *path, last = words.split()
            if path and groups[path[0]].group != (heading,):
                groups[path[0]].group = (heading,)
                app.command(groups[path[0]])
            parent = groups[path[0]] if path else app
            is_asked = asked is None or asked[: len(path) + 1] == words.split()
            parent.command(
                where,
                name=last,
                **({} if is_asked else {"help": sentence}),
                **({} if path else {"group": heading}),
            )
    return app


async def invoke(words: list[str]) -> int:
    """Run one command. What cannot be parsed is misuse: one line, exit code 2."""
    from cyclopts import CycloptsError

    from domain.refusals import Misuse

    try:
        result = await application(words).run_async(words, print_error=False, exit_on_error=False)
    except CycloptsError as error:
        raise Misuse(f"{_one_line(str(error))} Try `plazo --help`.") from None
    return result if isinstance(result, int) else 0


def _worth_saying(default: object) -> str | None:
    """A default that tells the reader something: not that a flag is off or a text is empty."""
    return str(default) if default else None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _version() -> str:
    from importlib.metadata import version

    return version("plazo")


def main() -> NoReturn:
    """Leave with the command's exit code: 0 done, 1 refused, 2 misuse, 3 nobody there."""
    from config.leaving import run

    run(invoke(sys.argv[1:]))


if __name__ == "__main__":
    main()
