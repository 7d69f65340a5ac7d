"""`docs/cli.md`: every command with its whole help, as the command line prints it."""

import io
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from rich.console import Console

import plazo

HEAD = """\
# The command line

*Made from the help texts by `python -m docs.generate`; change the help, not this page.*

Text for people, `--json` for programs. Personal data is read from a file or from standard input and never from an
argument. Instants are read on the clock of the case's plan unless they carry an offset.

| Exit code | Meaning |
| --- | --- |
| 0 | Done. |
| 1 | Refused by policy or authority: one line, with the rule's source. |
| 2 | Misuse: the command or its input is malformed; the line names the field and the rule. |
| 3 | The service cannot be reached: no server, or a server without a worker. |
| 70 | A defect of Plazo. The line names its kind and place; `PLAZO_DEBUG=1` shows the traceback. |
| 74 | The answer could not be written (full disk, closed output); what was done stands. |
| 130, 141 | Interrupted by Ctrl-C; whoever read the output went first. |
"""

WIDTH = 100


def cli_page() -> str:
    """The reference, in the order in which `plazo --help` groups the commands."""
    return "\n".join([HEAD, *_contents(), "", *_sections()])


def helps() -> dict[str, str]:
    """What `plazo COMMAND --help` says for each command, at one width and without decoration."""
    application = plazo.application()
    application.help_formatter = "plain"
    return {words: _printed(application, words) for _, _, words, _ in plazo.commands()}


def _printed(application: Any, words: str) -> str:
    page = io.StringIO()
    console = Console(file=page, width=WIDTH, color_system=None, force_terminal=False, legacy_windows=False)
    application.help_print(words.split(), console=console)
    return "\n".join(line.rstrip() for line in page.getvalue().strip().splitlines())


def _contents() -> Iterator[str]:
    yield from ("| To | Command | What it does |", "| --- | --- | --- |")
    for title, _, words, sentence in plazo.commands():
        yield f"| {title} | [`plazo {words}`](#{_anchor(words)}) | {sentence} |"


def _sections() -> Iterator[str]:
    pages = helps()
    for title, named in groupby(plazo.commands(), key=lambda command: command[0]):
        yield f"## {title}\n"
        for _, _, words, _ in named:
            yield f"### plazo {words}\n\n```text\n{pages[words]}\n```\n"


def _anchor(words: str) -> str:
    return f"plazo {words}".replace(" ", "-")
