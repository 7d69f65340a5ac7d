"""What is printed: words of people are words. No sign in them acts on the terminal, and none is markup."""

import sys
from collections.abc import Iterable
from typing import Any, TextIO

from domain.terms.text import standing


class PagedOutput:
    """A stream that takes only signs that stand. Rich writes past it, with its own controls."""

    def __init__(self, stream: TextIO) -> None:
        self.rich_proxied_file = stream  # as rich looks for it

    def write(self, text: str) -> int:
        self.rich_proxied_file.write(standing(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.rich_proxied_file, name)


def only_words() -> None:
    """From here on whatever this process prints, however it prints it, goes through a page.

    Not standard error: progress moves about there, and the one line of a refusal is cleared where it is written.
    """
    if sys.stdout is not None:  # it may have been closed before we began
        sys.stdout = PagedOutput(sys.stdout)
