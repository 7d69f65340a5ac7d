"""Logs for operators: one line an event, case numbers only.

Exceptions are logged by kind and place. Their messages, and anything after the first line of a foreign record, are
dropped: pydantic repeats its input there, databases their parameters, and both may be about a member's health.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from typing import Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger


def configure(form: Literal["auto", "json", "console"] = "auto", level: int | str = logging.INFO) -> None:
    """Send logs to standard error: those of `plazo` from `level` up, those of libraries from warnings up.

    `auto` is console on a terminal, else JSON.
    """
    json = form == "json" or (form == "auto" and not sys.stderr.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        exceptions_by_kind_and_place,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[first_line, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            keep_exc_info=False,
        )
    )
    logging.raiseExceptions = False  # a record that cannot be formatted would be printed with its arguments
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("plazo").setLevel(level)


def first_line(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Cut a foreign message where it starts to quote: asyncio, for one, appends the exception's own words."""
    event["event"] = str(event["event"]).partition("\n")[0]
    return event


def exceptions_by_kind_and_place(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace an exception by its kinds and places, innermost cause last."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_places(error))
    return event


def _places(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
