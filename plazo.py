"""The front door: names every command and where it lives, and imports nothing until it is asked."""

import sys
from collections.abc import Iterator
from typing import Any, Literal, NoReturn

# Who uses them, the module, and each of its commands with one sentence. A function is named by the last word of its
# command.
COMMANDS: dict[str, dict[str, dict[str, str]]] = {
    "Everyone": {
        "client.reach.look": {
            "show": "Show a case on one page.",
            "explain": "Explain why each due date is what it is.",
            "forecast": "Say what happens on which day if nobody acts.",
            "timeline": "Tell what happened to a case.",
        },
        "client.desk.finding": {
            "find": "Find a case by name, contract, NPI, telephone or number.",
        },
        "client.desk.shift": {
            "late": "List what is late, whoever has it.",
            "handover": "Write what whoever comes next has to know.",
        },
        "client.desk.notices": {
            "notices": "List its letters, with the proof that each left.",
        },
        "client.desk.sensitive": {
            "look-into": "Read a sensitive case, and say why.",
        },
        "client.desk.casefile": {
            "casefile": "Make one PDF of everything in a case and its story.",
        },
        "client.policy.policy": {
            "required": "Say whether a service needs precertification.",
        },
        "client.policy.reasons": {
            "reasons": "List the approved words for denying or reducing a service.",
        },
        "client.desk.worklist": {
            "worklist": "List what waits, by time left.",
        },
        "client.review.next": {
            "next": "Take the most urgent piece of work, with its review.",
        },
        "client.staff.login": {
            "login": "Keep your staff token for this shell.",
            "logout": "Forget it.",
            "whoami": "Say who acts from here, and for which plans.",
        },
        "plazo": {
            "completion": "Print what makes a shell complete commands and options.",
        },
    },
    "Intake": {
        "client.intake.intake": {
            "intake": "Key in what came by fax, looked over on one screen.",
        },
        "client.intake.unmatched": {
            "unmatched": "List what came in and belongs to no case yet.",
            "unmatched keep": "Keep a fax that nobody can place yet.",
            "unmatched match": "Attach what was kept to its case.",
            "papers": "List the papers of a case.",
            "misfiled": "Move a paper to the case that it belongs to.",
        },
        "client.review.precert": {
            "precert check": "Check a request; nothing is created.",
            "precert submit": "Open a case and print its number.",
            "precert schema": "Print the JSON Schema of a request.",
        },
        "client.review.retrospective": {
            "retrospective check": "Check a request for what was given; nothing is created.",
            "retrospective submit": "Open a case for a service that was given.",
        },
        "client.desk.receipts": {
            "tell-apart": "Say that cases that look alike are not the same.",
            "confirm-member": "Confirm whose request it is.",
        },
        "client.review.correct": {
            "correct received": "Correct when a request reached us.",
            "correct member": "Correct what is said of the member.",
            "correct provider": "Correct what is said of a provider.",
            "correct code": "Correct a code or units, or add a diagnosis.",
            "correct plan": "Correct the line of business.",
            "correct request": "Correct a request as a whole.",
        },
        "client.desk.desk": {
            "attach": "Attach a paper that arrived.",
            "withdraw": "Take a request back at the requester's word.",
        },
    },
    "Desk": {
        "client.desk.desk": {
            "claim": "Take the work of a case.",
            "release": "Put it back.",
            "note": "Write a note into a case.",
            "note strike": "Strike a note through that is wrong.",
            "request-info": "Ask the requester for what is needed.",
        },
        "client.desk.where": {
            "where": "Answer a caller: how it stands, and what they may hear.",
        },
        "client.desk.calls": {
            "call": "Record a call that was made, or that came in.",
            "call script": "Print what to say and to ask on a call.",
        },
        "client.review.treatment": {
            "concern": "Hand something about the treatment to clinical quality.",
            "concern answer": "Record what came of it, as clinical quality.",
        },
        "client.review.copies": {
            "criteria copy": "Send the criteria to whoever asked for them.",
        },
        "client.desk.notices": {
            "notice delivered": "Record that a letter arrived, as something shows.",
            "notice returned": "Record that a letter came back.",
            "notice again": "Send a letter that is still owed: it came back, or could not go.",
            "notice stop": "Stop a letter before it leaves.",
        },
        "client.desk.dispatch": {
            "notice sent": "Say that a notice did leave of which nobody knew.",
            "notice resend": "Send a notice once more that may not have left.",
            "notice found": "Give the number or address that was found.",
        },
    },
    "Nurses": {
        "client.review.decisions": {
            "review": "Walk the criteria clause by clause.",
            "approve": "Approve a line.",
            "refer": "Send a line up to a physician.",
            "emergency": "Confirm an emergency, or not.",
        },
        "client.review.clock_acts": {
            "expedite": "Expedite a case.",
            "downgrade": "Refuse to expedite.",
            "clock extend": "Take more time, once, with notice.",
        },
        "client.review.copies": {
            "translate": "Give the words of an answer in Spanish.",
        },
    },
    "Physicians": {
        "client.review.decisions": {
            "deny": "Deny a line.",
            "reduce": "Approve fewer units.",
            "modify": "Approve another service.",
        },
        "client.review.second_thoughts": {
            "reconsider": "Take a decision back that nobody was told.",
            "second-look": "Answer a line of the sample once more, blind.",
            "correct-answer": "Correct an answer that was told.",
        },
        "client.review.peer_to_peer": {
            "p2p offer": "Offer a conversation before deciding against a line.",
            "p2p held": "Record that it was held.",
            "p2p missed": "Record that it did not come about.",
            "p2p declined": "Record that it is not wanted.",
        },
    },
    "Coordinators": {
        "client.referral.referral": {
            "referral check": "Check a referral; nothing is created.",
            "referral submit": "Open a case for services in the United States.",
            "referral schema": "Print the JSON Schema of a referral.",
            "referral availability": "Record whether Puerto Rico offers it.",
            "referral recheck": "Ask about eligibility once more.",
            "referral end": "End an authorization whose coverage has ended.",
        },
        "client.referral.coordination": {
            "referral providers": "List who gives it in that place.",
            "referral place": "Change the place of the visit.",
            "referral choose": "Choose a provider of the network.",
            "referral provider-answer": "Record what the provider says.",
            "referral dates": "Agree on the day, or move it.",
            "referral send": "Send the pre-authorization.",
            "referral coinsurance": "Tell the member what they pay.",
            "referral confirm": "Confirm that all is arranged.",
            "referral return": "Record the return to local care.",
        },
    },
    "Standing referrals": {
        "client.standing.standing": {
            "standing check": "Check a standing referral; nothing is created.",
            "standing submit": "Open a case for a standing referral to a specialist.",
            "standing leaves": "Record that the specialist leaves the network.",
            "standing new-primary": "Record another primary care physician.",
            "standing still-needed": "Record that a physician looked again.",
        },
    },
    "Stays": {
        "client.concurrent.concurrent": {
            "concurrent check": "Check the notice of an admission; nothing is created.",
            "concurrent submit": "Open a case for a stay that has begun.",
            "concurrent more": "Record that it is to go on.",
            "concurrent end": "Propose that coverage ends, as a clinician.",
            "concurrent go-on": "Take a proposed end back.",
            "concurrent notice": "Record that a notice was given.",
            "concurrent qio": "Record that the QIO was asked.",
            "concurrent qio-answer": "Record what the QIO decided.",
            "concurrent continue-benefits": "Record that benefits go on meanwhile.",
            "concurrent discharge": "Record that the member left.",
        },
    },
    "Authorizations": {
        "client.authorization.authorizations": {
            "auth show": "Show its period, what is left, what comes next.",
            "auth used": "Record units that were used on a day.",
            "auth extend": "Ask for more before its end, in a linked case.",
            "auth cancel": "Take it back at the requester's word.",
            "auth end": "End it with its coverage or circumstance.",
            "auth void": "Void it for cause, never for medical necessity.",
        },
    },
    "Disputes": {
        "client.dispute.disputes": {
            "dispute read": "Read a remittance: claims, adjustments, last day.",
            "dispute check": "Check a dispute; nothing is created.",
            "dispute submit": "Open a dispute, or many from a sheet.",
            "dispute schema": "Print the JSON Schema of a dispute.",
        },
        "client.dispute.acts": {
            "dispute review": "Show it line by line beside Medicare's rate.",
            "dispute triage": "Say where a line goes.",
            "dispute elsewhere": "Say that it is not ours to answer.",
            "dispute good-cause": "Accept or refuse why it came late.",
            "dispute resolve": "Answer a line at the first level.",
            "dispute dismiss": "Stop before deciding, with a notice.",
        },
        "client.dispute.correcting": {
            "dispute correct-remittance": "Take in a corrected remittance.",
        },
        "client.dispute.level": {
            "dispute second-level": "Record a request to the health plan.",
            "dispute plan-answer": "Record what the health plan decided.",
        },
        "client.policy.rates": {
            "rates show": "Show what Original Medicare pays for a code.",
            "rates load": "Load a rate table of Original Medicare.",
        },
    },
    "Appeals": {
        "client.appeal.appeals": {
            "appeal open": "Open the appeal of what a case decided.",
            "appeal schema": "Print the JSON Schema of an appeal.",
        },
        "client.appeal.acts": {
            "appeal form": "Record the form that shows who may appeal.",
            "appeal good-cause": "Record or accept why an appeal is late.",
            "appeal decide": "Answer a line: overturned, in part, upheld.",
            "appeal dismiss": "Stop before deciding, on a listed ground.",
            "appeal vacate": "Undo a dismissal for good cause.",
            "appeal further": "Record that the next level was asked for.",
            "appeal answer": "Record and follow the reviewer's answer.",
            "appeal effect": "Record that what was reversed was paid.",
        },
    },
    "Coordination of benefits": {
        "client.cob.cob": {
            "cob order": "Say who pays first, and by which clause.",
            "cob explain": "Explain it, clause by clause, with sources.",
            "cob schema": "Print the JSON Schema of somebody's coverages.",
        },
        "client.cob.case": {
            "cob submit": "Open the case of other coverage.",
            "cob facts": "Say how it is, as the member answered.",
            "cob leave": "Leave it unknown who pays first.",
            "cob of": "Say who pays first for the member of a case.",
        },
    },
    "Messages": {
        "client.message.messages": {
            "message take": "Take down a message, or a call that was answered.",
            "message show": "Show what was left, and what to say first.",
            "message call-back": "Record a call back.",
            "message request": "Open the request that a message asks for.",
            "message tie": "Say to which case it belongs.",
            "message give-up": "Nobody can be reached.",
            "message schema": "Print the JSON Schema of a message.",
        },
    },
    "Care management": {
        "client.care.opening": {
            "care refer": "Refer a member to care management.",
            "care suggest": "Tell what the codes of a request suggest.",
            "care schema": "Print the JSON Schema of a referral to it.",
        },
        "client.care.care": {
            "care eligible": "Find that the member qualifies.",
            "care offer": "Record that it was offered.",
            "care consent": "Record that the member said yes.",
            "care assess": "Record that the assessment begins, or is done.",
            "care goal": "Agree on goals, or end one.",
            "care contact": "Record a call to the member or the physician.",
            "care opt-out": "Take the member's word that they want no more of it.",
            "care close": "End it for another reason.",
        },
    },
    "Committees": {
        "client.committee.technology": {
            "technology submit": "Open the case of a new technology.",
            "technology scope": "Say which question is asked.",
            "technology evidence": "Answer the four bases of coverage.",
            "technology opinion": "Give a specialist's opinion.",
            "technology vote": "Record the committee's vote.",
            "technology publish": "Say where it can be read.",
            "technology answer": "Say what it answers one member.",
        },
        "client.committee.guideline": {
            "guideline submit": "Open the case of the draft of a text.",
            "guideline review": "Say on which works it rests.",
            "guideline vote": "Record the committee's vote.",
            "guideline mail": "Write to each of whom the change goes against.",
            "guideline notice": "Say that the notice of the change left.",
        },
        "client.committee.adopting": {
            "policy adopt": "Write a guideline's row into the pack.",
        },
        "client.policy.criteria": {
            "criteria show": "Print the text that is in force for a service.",
        },
    },
    "Grievances": {
        "client.grievance.grievances": {
            "grievance submit": "Open the case of a complaint.",
            "grievance sort": "Say what it is: a grievance, an appeal, both.",
            "grievance answer": "Answer it: what was found, in your words.",
            "grievance schema": "Print the JSON Schema of a complaint.",
        },
    },
    "Supervisors": {
        "client.desk.dashboards": {
            "board": "Show how much waits where, and how late it is.",
            "views": "List the views of cases, and what opens each.",
        },
        "client.desk.schedules": {
            "schedules list": "List what is looked at when, and what is paused.",
            "schedules apply": "Make the schedules as this version has them.",
            "schedules run": "Look at it now.",
            "schedules pause": "Pause one, or let it go on.",
        },
        "client.desk.desk": {
            "assign": "Give it to somebody.",
        },
        "client.staff.glass": {
            "break-glass": "Read a case beyond your plans, for an hour.",
        },
        "client.desk.batch": {
            "batch assign": "Give work of many cases to somebody.",
            "batch note": "Write a note into many cases.",
        },
        "client.staff.staff": {
            "staff list": "List who is there, who is away, who covers.",
            "staff absent": "Record that somebody is away.",
            "staff back": "Record that somebody is back.",
        },
        "client.staff.attestations": {
            "staff attest": "Attest, once a year, that nobody is rewarded for a no.",
            "staff attestations": "List who attested when, and who is to.",
        },
        "client.staff.tokens": {
            "staff key": "Make a key that signs staff tokens, or retire one.",
            "staff add": "Add somebody to the staff.",
            "staff token": "Print a token for a member of staff.",
            "staff revoke": "Let no token of somebody count any more.",
        },
        "client.desk.holds": {
            "hold": "Keep back what leaves; the clock runs on.",
            "unhold": "Lift a hold.",
        },
        "client.desk.tolls": {
            "toll": "Hold windows of many cases open under an instrument.",
        },
        "client.review.second_thoughts": {
            "reopen": "Undo a withdrawal that was a mistake.",
            "enter-in-error": "Close a case that should not be.",
            "recalled": "Record that its letters were called back.",
        },
        "client.policy.policy": {
            "policy show": "Print the policy pack.",
            "policy check": "Check a policy pack.",
            "policy diff": "Compare two policy packs, and rehearse open cases.",
        },
        "client.report.report": {
            "report prior-auth": "Report what is published of prior authorization.",
        },
        "client.report.floor": {
            "report timeliness": "Report which answers were told in time.",
            "report workload": "Report what came in, and what became of the work.",
            "report overturns": "Report what appeals overturned.",
            "report letters": "Report how letters left.",
            "report month": "Show the figures that a month kept.",
        },
        "client.report.audit": {
            "report universe": "Write an audit universe, and say what was late.",
            "report services": "Write the service-level data of a quarter.",
        },
        "client.policy.correction": {
            "policy correct": "Correct a wrong row or day in open cases.",
        },
    },
    "Operators": {
        "worker.commands": {
            "up": "Start the embedded Temporal server, the Web UI and a worker.",
            "worker": "Run a worker for a real cluster.",
            "pages": "Serve the pages before a Web UI that runs elsewhere.",
            "demo": "Walk sample cases through their lives.",
        },
        "client.desk.audit": {
            "audit verify": "Say whether the audit is as it was written.",
            "audit show": "Show who read a case and who acted on it.",
            "audit export": "Write the whole audit for other programs.",
        },
        "worker.keys": {
            "keys new": "Make a key that seals cases from now on.",
            "keys list": "List the keys, with what each sealed.",
            "keys wrap": "Have the key ring wrapped by a PKCS#11 token.",
            "keys retire": "Forget an older key that no case needs.",
        },
        "worker.care": {
            "doctor": "Compare register, Temporal and authorizations; mend them.",
            "register rebuild": "Fill an empty register from the cases in Temporal.",
        },
        "client.review.clock_acts": {
            "fast-forward": "Move one case through time, where time is virtual.",
        },
    },
}

GROUPS = {
    "policy": "The policy pack: what every case lives by.",
    "audit": "The audit: who read, who acted, who was refused.",
    "keys": "The keys that seal cases.",
    "register": "The register: what outlives the cases.",
    "rates": "Rate tables: what Original Medicare would have paid.",
    "precert": "Precertification: may this service be given?",
    "standing": "Standing referrals: one specialist, seen for long.",
    "concurrent": "Concurrent review: a stay, looked at while it runs.",
    "retrospective": "Retrospective review: it was given, and nobody had asked.",
    "p2p": "Peer-to-peer: a conversation before a decision against a line.",
    "referral": "Services in the United States that Puerto Rico does not offer.",
    "dispute": "Payment disputes: was less paid than Original Medicare would have?",
    "auth": "Authorizations: what was approved, from its issue to its end.",
    "appeal": "Appeals: what was decided against somebody, looked at again.",
    "care": "Care management: members who are ill for long, followed by telephone.",
    "cob": "Coordination of benefits: who pays first, where more than one does.",
    "message": "Messages: who reached us while nobody was there is called back.",
    "technology": "New technology: what the plan may come to cover.",
    "guideline": "Guidelines: the texts by which requests are decided.",
    "grievance": "Grievances: a member is not content with us, and is answered.",
    "note": "Write a note into a case.",
    "concern": "Hand something about the treatment to clinical quality.",
    "call": "Record a call that was made, or that came in.",
    "criteria": "The criteria that cases are decided by.",
    "notice": "Letters: stop one, send one again, say what became of one.",
    "unmatched": "List what came in and belongs to no case yet.",
    "correct": "Correct what was keyed wrong, by what is wrong.",
    "clock": "The clock of a case, in people's hands.",
    "batch": "The same act on many cases, found by plain filters.",
    "schedules": "Schedules: what is looked at by itself. Alone it lists them.",
    "report": "Figures: what is published, and what the floor looks at.",
    "staff": "Who is there, who is away, who covers. Alone it lists them.",
}

TAKEN = {"next", "list", "load", "open", "return"}  # words of Python's own, or of what a module imports

ALONE = {"staff": "list", "schedules": "list"}
"""What a group means that is asked for without one of its commands."""


def commands() -> Iterator[tuple[str, str, str, str]]:
    """Every command: its heading, its module, its words, and what it does in one sentence."""
    for title, modules in COMMANDS.items():
        for module, named in modules.items():
            for words, sentence in named.items():
                yield title, module, words, sentence


def application(asked: list[str] | None = None) -> Any:
    """The command line, with every command by name and one sentence.

    The command that is `asked` for brings its own, longer help; None asks for all of them. Beside it stand only
    those that begin with the same word, where some do: to lay out all takes longer than most commands.
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
    first = asked[0] if asked else ""
    beside = [row for row in commands() if row[2].split()[0] == first]
    groups = {
        name: App(name=name, help=sentence)
        for name, sentence in GROUPS.items()
        if not beside or name == first
    }
    headings = {title: Group(title, sort_key=number) for number, title in enumerate(COMMANDS)}
    others = _commands_of_others(asked)
    of_others = Group("Not with your role", sort_key=len(headings))
    for title, module, words, sentence in beside or commands():
        *path, last = words.split()
        named = path[0] if path else last
        if named in groups and not groups[named].group:
            groups[named].group = (of_others if _within(named) <= others else headings[title],)
            app.command(groups[named])
        is_asked = asked is None or asked[: len(path) + 1] == words.split()
        where = f"{module}:{function_of(last)}"
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
            **({"group": of_others} if words in others else {} if path else {"group": headings[title]}),
        )
    return app


def _commands_of_others(asked: list[str] | None) -> frozenset[str]:
    """What stands apart in a help, because no role of whoever asks carries it."""
    if asked is None or (asked and not {"--help", "-h"} & set(asked)):
        return frozenset()
    from client.terminal.role import commands_of_others

    return commands_of_others()


def _within(group: str) -> set[str]:
    return {words for _, _, words, _ in commands() if words.split()[0] == group}


def completion(shell: Literal["bash", "zsh", "fish"], /) -> int:
    """Print what makes a shell complete commands and options; it takes a few seconds, once.

    For example:
        plazo completion bash > ~/.local/share/bash-completion/completions/plazo

    Parameters
    ----------
    shell
        Which shell.
    """
    sys.stdout.write(str(application().generate_completion(shell=shell)))
    return 0


async def invoke(words: list[str]) -> int:
    """Run one command. A refusal is said in the language of whoever reads it."""
    from domain.terms.refusals import PlazoError

    try:
        return await _run(words)
    except PlazoError as refusal:
        from config.tongue import spoken

        raise type(refusal)(spoken(str(refusal))) from refusal


async def _run(words: list[str]) -> int:
    """Run one command. What cannot be parsed is misuse: one line, exit code 2."""
    if words[:1] == ["__complete"]:
        return _complete(words[1:])

    from cyclopts import CycloptsError

    from domain.terms.refusals import Misuse

    words = _with_what_it_means_alone(words)
    try:
        result = await application(words).run_async(words, print_error=False, exit_on_error=False)
    except CycloptsError as error:
        raise Misuse(f"{_one_line(str(error))} Try `plazo --help`.") from None
    return result if isinstance(result, int) else 0


def _complete(words: list[str]) -> int:
    """Answer the script of a shell, in the way in which it asks."""
    from client.terminal.completing import completions

    sys.stdout.writelines(f"{one}\n" for one in completions(words))
    return 0


def _with_what_it_means_alone(words: list[str]) -> list[str]:
    """`plazo staff --json` is `plazo staff list --json`; asked for help, a group tells its commands."""
    group, rest = words[:1], words[1:]
    is_alone = bool(group) and group[0] in ALONE and (not rest or rest[0].startswith("-"))
    if is_alone and not {"--help", "-h"} & set(rest):
        return [*group, ALONE[group[0]], *rest]
    return words


def function_of(word: str) -> str:
    """The function that a command's last word names: one that Python keeps for itself has a line after it."""
    name = word.replace("-", "_")
    return f"{name}_" if name in TAKEN else name


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
    from config.process_exit import leave_no_core, run
    from config.terminal import only_words

    leave_no_core()
    only_words()
    words = sys.argv[1:]
    run(invoke(words), quick=words[:1] in (["up"], ["worker"]))


if __name__ == "__main__":
    main()
