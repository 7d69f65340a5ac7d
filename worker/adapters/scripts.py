"""Call scripts from their approved texts: plain text for whoever makes the call."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.determination.call_scripts import Script
from worker.adapters.post.spool import written_out


class CallScripts:
    """The texts of a folder, filled with the facts of a case."""

    def __init__(self, folder: Path) -> None:
        self.environment = _words_in(folder)

    def words_of(self, script: Script) -> str:
        template = self.environment.get_template(f"{script.kind.value}.{script.language.value}.txt")
        return template.render(script.facts, language=script.language.value)


@lru_cache(maxsize=8)
def _words_in(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - plain text, not HTML
        finalize=_in_one_line,
    )
    environment.filters["day"] = written_out
    return environment


def _in_one_line(value: Any) -> Any:
    """What a fact says never begins a line of its own."""
    return " ".join(value.split()) if isinstance(value, str) and "\n" in value else value
