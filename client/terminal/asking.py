"""Asking and telling at the prompt.

It asks on standard error, so that an answer can be piped; a program gives its answers on standard input.
"""

import sys
from collections.abc import Sequence

from client.terminal.reading import read_text
from config.tongue import is_spanish, spoken
from domain.terms.refusals import Misuse


def is_there_somebody() -> bool:
    """Does a person type here, and read what is asked?"""
    return sys.stdin.isatty() and sys.stderr.isatty()


def tell(english: object) -> None:
    """Say what the house says by itself, in the language of whoever reads it."""
    print(spoken(str(english)))


def ask(question: str) -> str:
    """One line of a person."""
    print(question, end=" ", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    if not answer:
        print(file=sys.stderr)
        raise Misuse("nothing was answered, and nothing was done.")
    return answer.strip()


def needed(field: str, english: str, spanish: str) -> str:
    """What a person types where an option was left out; raises Misuse where nobody is there to."""
    if not is_there_somebody():
        raise Misuse(f"{field}: say it with --{field}.")
    return ask(in_tongue(english, spanish))


def chosen(options: Sequence[str], english: str, spanish: str) -> int:
    """Which of these somebody means, by its number; they are listed. Raises Misuse for none."""
    for number, option in enumerate(options, start=1):
        print(f"  {number}  {option}", file=sys.stderr)
    said = ask(in_tongue(english, spanish))
    if not (said.isdecimal() and 1 <= int(said) <= len(options)):
        raise Misuse(f"a number from 1 to {len(options)} was needed; nothing was done.")
    return int(said) - 1


def lines(question: str) -> list[str]:
    """The lines that say something: one that a person types, or all of standard input."""
    given = [ask(question)] if is_there_somebody() else read_text("-").splitlines()
    return [line.strip() for line in given if line.strip()]


def in_tongue(english: str, spanish: str) -> str:
    """What is asked, in the language of whoever types: Spanish with PLAZO_LANG=es."""
    return spanish if is_spanish() else english
