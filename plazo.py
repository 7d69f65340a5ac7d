"""The front door: names every command and where it lives, and imports nothing until it is asked."""

import sys
from typing import Any, NoReturn

COMMANDS = {
    "Run": {
        "up": ("worker.commands:up", "Start the embedded Temporal server, the Web UI and a worker."),
        "worker": ("worker.commands:worker", "Run a worker for a real cluster."),
        "demo": ("worker.commands:demo", "Walk sample cases through their lives."),
        "doctor": ("worker.care:doctor", "Compare register, Temporal and authorizations; mend them."),
        "register rebuild": ("worker.care:rebuild", "Fill an empty register from the cases in Temporal."),
        "fast-forward": (
            "client.review.clock_acts:fast_forward",
            "Move one case through time, where time is virtual.",
        ),
    },
    "Ask": {
        "required": ("client.policy.policy:required", "Say whether a service needs precertification."),
        "reasons": (
            "client.policy.reasons:reasons",
            "List the approved words for denying or reducing a service.",
        ),
        "show": ("client.reach.look:show", "Show a case on one page."),
        "explain": ("client.reach.look:explain", "Explain why each due date is what it is."),
        "forecast": ("client.reach.look:forecast", "Say what happens on which day if nobody acts."),
        "timeline": ("client.reach.look:timeline", "Tell what happened to a case."),
        "casefile": ("client.desk.casefile:casefile", "Make one PDF of everything in a case and its story."),
        "rates show": ("client.policy.rates:show", "Show what Original Medicare pays for a code."),
        "rates load": ("client.policy.rates:load_table", "Load a rate table of Original Medicare."),
        "policy show": ("client.policy.policy:show", "Print the policy pack."),
        "policy check": ("client.policy.policy:check", "Check a policy pack."),
        "policy correct": ("client.policy.correction:correct", "Correct a wrong row or day in open cases."),
        "policy diff": ("client.policy.policy:diff", "Compare two policy packs, and rehearse open cases."),
    },
    "Open": {
        "precert check": ("client.review.precert:check", "Check a request; nothing is created."),
        "precert submit": ("client.review.precert:submit", "Open a case and print its number."),
        "precert schema": ("client.review.precert:schema", "Print the JSON Schema of a request."),
    },
    "Work": {
        "worklist": ("client.desk.worklist:worklist", "List what waits, by time left."),
        "next": ("client.desk.worklist:next_", "Take the most urgent piece of work."),
        "claim": ("client.desk.desk:claim", "Take the work of a case."),
        "release": ("client.desk.desk:release", "Put it back."),
        "assign": ("client.desk.desk:assign", "Give it to somebody."),
        "note": ("client.desk.desk:note", "Write a note into a case."),
        "note strike": ("client.desk.desk:strike", "Strike a note through that is wrong."),
        "attach": ("client.desk.desk:attach", "Attach a paper that arrived."),
        "request-info": ("client.desk.desk:request_info", "Ask the requester for what is needed."),
        "notices": ("client.desk.notices:notices", "List its letters, with the proof that each left."),
        "notice delivered": (
            "client.desk.notices:delivered",
            "Record that a letter arrived, as something shows.",
        ),
        "notice returned": ("client.desk.notices:returned", "Record that a letter came back."),
        "notice again": (
            "client.desk.notices:again",
            "Send a letter that is still owed: it came back, or could not go.",
        ),
        "notice stop": ("client.desk.notices:stop", "Stop a letter before it leaves."),
        "notice sent": ("client.desk.dispatch:sent", "Say that a notice did leave of which nobody knew."),
        "notice resend": ("client.desk.dispatch:resend", "Send a notice once more that may not have left."),
        "notice found": ("client.desk.dispatch:found", "Give the number or address that was found."),
        "call": ("client.desk.calls:call", "Record a call that was made, or that came in."),
        "call script": ("client.desk.calls:script", "Print what to say and to ask on a call."),
        "criteria copy": ("client.review.copies:copy", "Send the criteria to whoever asked for them."),
        "translate": ("client.review.copies:translate", "Give the words of an answer in Spanish."),
        "tell-apart": ("client.desk.receipts:tell_apart", "Say that cases that look alike are not the same."),
        "confirm-member": ("client.desk.receipts:confirm_member", "Confirm whose request it is."),
        "withdraw": ("client.desk.desk:withdraw", "Take a request back at the requester's word."),
        "hold": ("client.desk.holds:hold", "Keep back what leaves; the clock runs on."),
        "unhold": ("client.desk.holds:unhold", "Lift a hold."),
        "batch assign": ("client.desk.batch:assign", "Give work of many cases to somebody."),
        "batch note": ("client.desk.batch:note", "Write a note into many cases."),
        "staff list": ("client.desk.staff:list_", "List who is there, who is away, who covers."),
        "staff absent": ("client.desk.staff:absent", "Record that somebody is away."),
        "staff back": ("client.desk.staff:back", "Record that somebody is back."),
    },
    "Decide": {
        "review": ("client.review.decisions:review", "Walk the criteria clause by clause."),
        "approve": ("client.review.decisions:approve", "Approve a line."),
        "refer": ("client.review.decisions:refer", "Send a line up to a physician."),
        "deny": ("client.review.decisions:deny", "Deny a line."),
        "reduce": ("client.review.decisions:reduce", "Approve fewer units."),
        "modify": ("client.review.decisions:modify", "Approve another service."),
        "emergency": ("client.review.decisions:emergency", "Confirm an emergency, or not."),
        "p2p offer": (
            "client.review.peer_to_peer:offer",
            "Offer a conversation before deciding against a line.",
        ),
        "p2p held": ("client.review.peer_to_peer:held", "Record that it was held."),
        "p2p missed": ("client.review.peer_to_peer:missed", "Record that it did not come about."),
        "p2p declined": ("client.review.peer_to_peer:declined", "Record that it is not wanted."),
        "reconsider": (
            "client.review.second_thoughts:reconsider",
            "Take a decision back that nobody was told.",
        ),
        "correct-answer": (
            "client.review.second_thoughts:correct_answer",
            "Correct an answer that was told.",
        ),
        "enter-in-error": (
            "client.review.second_thoughts:enter_in_error",
            "Close a case that should not be.",
        ),
        "recalled": ("client.review.second_thoughts:recalled", "Record that its letters were called back."),
        "reopen": ("client.review.second_thoughts:reopen", "Undo a withdrawal that was a mistake."),
    },
    "Disputes": {
        "dispute read": ("client.dispute.disputes:read", "Read a remittance: claims, adjustments, last day."),
        "dispute check": ("client.dispute.disputes:check", "Check a dispute; nothing is created."),
        "dispute submit": ("client.dispute.disputes:submit", "Open a dispute, or many from a sheet."),
        "dispute schema": ("client.dispute.disputes:schema", "Print the JSON Schema of a dispute."),
        "dispute review": ("client.dispute.acts:review", "Show it line by line beside Medicare's rate."),
        "dispute triage": ("client.dispute.acts:triage", "Say where a line goes."),
        "dispute elsewhere": ("client.dispute.acts:elsewhere", "Say that it is not ours to answer."),
        "dispute good-cause": ("client.dispute.acts:good_cause", "Accept or refuse why it came late."),
        "dispute resolve": ("client.dispute.acts:resolve", "Answer a line at the first level."),
        "dispute dismiss": ("client.dispute.acts:dismiss", "Stop before deciding, with a notice."),
        "dispute correct-remittance": (
            "client.dispute.acts:correct_remittance",
            "Take in a corrected remittance.",
        ),
        "dispute second-level": ("client.dispute.level:second_level", "Record a request to the health plan."),
        "dispute plan-answer": ("client.dispute.level:plan_answer", "Record what the health plan decided."),
    },
    "Referrals": {
        "referral check": ("client.referral.referral:check", "Check a referral; nothing is created."),
        "referral submit": (
            "client.referral.referral:submit",
            "Open a case for services in the United States.",
        ),
        "referral schema": ("client.referral.referral:schema", "Print the JSON Schema of a referral."),
        "referral availability": (
            "client.referral.referral:availability",
            "Record whether Puerto Rico offers it.",
        ),
        "referral providers": ("client.referral.coordination:providers", "List who gives it in that place."),
        "referral place": ("client.referral.coordination:place", "Change the place of the visit."),
        "referral choose": ("client.referral.coordination:choose", "Choose a provider of the network."),
        "referral provider-answer": (
            "client.referral.coordination:provider_answer",
            "Record what the provider says.",
        ),
        "referral dates": ("client.referral.coordination:dates", "Agree on the day, or move it."),
        "referral send": ("client.referral.coordination:send", "Send the pre-authorization."),
        "referral coinsurance": (
            "client.referral.coordination:coinsurance",
            "Tell the member what they pay.",
        ),
        "referral confirm": ("client.referral.coordination:confirm", "Confirm that all is arranged."),
        "referral return": ("client.referral.coordination:return_", "Record the return to local care."),
        "referral recheck": ("client.referral.referral:recheck", "Ask about eligibility once more."),
        "referral end": ("client.referral.referral:end", "End an authorization whose coverage has ended."),
    },
    "Authorizations": {
        "auth show": (
            "client.authorization.authorizations:show",
            "Show its period, what is left, what comes next.",
        ),
        "auth used": ("client.authorization.authorizations:used", "Record units that were used on a day."),
        "auth extend": (
            "client.authorization.authorizations:extend",
            "Ask for more before its end, in a linked case.",
        ),
        "auth cancel": (
            "client.authorization.authorizations:cancel",
            "Take it back at the requester's word.",
        ),
        "auth end": ("client.authorization.authorizations:end", "End it with its coverage or circumstance."),
        "auth void": (
            "client.authorization.authorizations:void",
            "Void it for cause, never for medical necessity.",
        ),
    },
    "Appeals": {
        "appeal open": ("client.appeal.appeals:open_", "Open the appeal of what a case decided."),
        "appeal schema": ("client.appeal.appeals:schema", "Print the JSON Schema of an appeal."),
        "appeal form": ("client.appeal.acts:form", "Record the form that shows who may appeal."),
        "appeal good-cause": ("client.appeal.acts:good_cause", "Record or accept why an appeal is late."),
        "appeal decide": ("client.appeal.acts:decide", "Answer a line: overturned, in part, upheld."),
        "appeal dismiss": ("client.appeal.acts:dismiss", "Stop before deciding, on a listed ground."),
        "appeal vacate": ("client.appeal.acts:vacate", "Undo a dismissal for good cause."),
        "appeal further": ("client.appeal.acts:further", "Record that the next level was asked for."),
        "appeal answer": ("client.appeal.acts:answer", "Record and follow the reviewer's answer."),
        "appeal effect": ("client.appeal.acts:effect", "Record that what was reversed was paid."),
    },
    "Clock": {
        "clock extend": ("client.review.clock_acts:extend", "Take more time, once, with notice."),
        "clock correct": ("client.review.clock_acts:correct", "Correct what was keyed wrong."),
        "expedite": ("client.review.clock_acts:expedite", "Expedite a case."),
        "downgrade": ("client.review.clock_acts:downgrade", "Refuse to expedite."),
        "toll": ("client.desk.tolls:toll", "Hold windows of many cases open under an instrument."),
    },
}

GROUPS = {
    "policy": "The policy pack: what every case lives by.",
    "register": "The register: what outlives the cases.",
    "rates": "Rate tables: what Original Medicare would have paid.",
    "precert": "Precertification: may this service be given?",
    "p2p": "Peer-to-peer: a conversation before a decision against a line.",
    "referral": "Services in the United States that Puerto Rico does not offer.",
    "dispute": "Payment disputes: was less paid than Original Medicare would have?",
    "auth": "Authorizations: what was approved, from its issue to its end.",
    "appeal": "Appeals: what was decided against somebody, looked at again.",
    "note": "Write a note into a case.",
    "call": "Record a call that was made, or that came in.",
    "criteria": "The criteria that cases are decided by.",
    "notice": "Letters: stop one, send one again, say what became of one.",
    "clock": "The clock of a case, in people's hands.",
    "batch": "The same act on many cases, found by plain filters.",
    "staff": "Who is there, who is away, who covers. Alone it lists them.",
}

ALONE = {"staff": "list"}
"""What a group means that is asked for without one of its commands."""


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
            named = path[0] if path else last
            if named in groups and groups[named].group != (heading,):
                groups[named].group = (heading,)
                app.command(groups[named])
            is_asked = asked is None or asked[: len(path) + 1] == words.split()
            if words in groups:  # a command that has others beside it
                if is_asked:
                    groups[words].help = None
                    groups[words].default(_found(where))
                continue
            parent = groups[named] if path else app
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

    from domain.terms.refusals import Misuse

    words = _with_what_it_means_alone(words)
    try:
        result = await application(words).run_async(words, print_error=False, exit_on_error=False)
    except CycloptsError as error:
        raise Misuse(f"{_one_line(str(error))} Try `plazo --help`.") from None
    return result if isinstance(result, int) else 0


def _with_what_it_means_alone(words: list[str]) -> list[str]:
    """`plazo staff --json` is `plazo staff list --json`; asked for help, a group tells its commands."""
    group, rest = words[:1], words[1:]
    is_alone = bool(group) and group[0] in ALONE and (not rest or rest[0].startswith("-"))
    if is_alone and not {"--help", "-h"} & set(rest):
        return [*group, ALONE[group[0]], *rest]
    return words


def _found(where: str) -> Any:
    """The function that a command names, which stands in `module:function`."""
    from importlib import import_module

    module, _, name = where.partition(":")
    return getattr(import_module(module), name)


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
    from config.terminal import only_words

    only_words()
    run(invoke(sys.argv[1:]))


if __name__ == "__main__":
    main()
