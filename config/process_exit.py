"""The outermost exit: how every command leaves, and with which code. Nothing else ends a process of ours.

Leaving is `os._exit`, after the streams are flushed. A process that used the Temporal client can hang or crash
while Python tears itself down (temporalio/sdk-python issue 300), and a command that did its work must not exit
134. So nothing may count on `atexit`: whoever holds something worth closing closes it in a `finally` of its own.
"""

import asyncio
import codecs
import ctypes
import errno
import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from domain.terms.refusals import PlazoError
from domain.terms.text import standing

DEFECT = 70  # as sysexits.h has it: an internal software error
UNWRITTEN = 74  # as sysexits.h has it: an error on some file; what the command did stands
INTERRUPTED = 128 + signal.SIGINT
READER_GONE = 128 + signal.SIGPIPE

_NOT_WRITTEN = {
    errno.ENOSPC: "No space is left where this writes to",
    errno.EDQUOT: "No space is left to you where this writes to",
    errno.EFBIG: "What this writes to takes no more",
    errno.EIO: "What this writes to does not work",
    errno.EBADF: "There is no standard output to write to",
}
_SET_DUMPABLE = 4  # of prctl(2)
_ESCAPED = "escaped as in JSON"
_GRACE_SECONDS = 1.0  # what an interrupted command may use to put things back


def run(main: Coroutine[Any, Any, int], *, quick: bool = False) -> NoReturn:
    """Run a command to its exit code and leave with it; `quick` takes a loop that pays off for what stays.

    Ctrl-C ends a command at once, even one that waits for input; one that must close things first handles the
    signal itself while it runs, with `loop.add_signal_handler`.
    """
    # Not asyncio's own handler: its first Ctrl-C only cancels, which never reaches a command that waits in input().
    signal.signal(signal.SIGINT, _interrupt)
    settle_streams()
    loop = _quick_loop() if quick else asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    task = loop.create_task(main)
    try:
        code = loop.run_until_complete(task)
    except BaseException as error:  # noqa: BLE001 - the last place that can say anything about it
        try:
            task.cancel()
            loop.run_until_complete(asyncio.wait({task}, timeout=_GRACE_SECONDS))
        except KeyboardInterrupt:
            pass  # asked twice
        code = told(error)
    leave(code)


def _quick_loop() -> asyncio.AbstractEventLoop:
    import uvloop  # noqa: PLC0415 - a command that is over at once would only wait for it

    return uvloop.new_event_loop()


def leave_no_core() -> None:
    """A process that breaks down leaves no picture of its memory, in which keys and cases stand readable.

    The limit holds for the server that `plazo up` starts, too. Where the kernel hands pictures to a program, it
    heeds no limit, but whether the process may be pictured at all.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, AttributeError):  # only Linux has it
        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0)


def settle_streams() -> None:
    """See that there is something at the three standard streams, and that they take every sign.

    What was closed would otherwise be None here, and its number would go to the next file or socket: now reading
    finds nothing, and writing fails as it should. A sign that a locale lacks is escaped as JSON does it.
    """
    codecs.register_error(_ESCAPED, _escaped)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            os.dup2(os.open(os.devnull, os.O_RDONLY), number)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors=_ESCAPED)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


def told(error: BaseException) -> int:
    """Say on standard error, in one line, why a command ends early. Returns its exit code."""
    match error:
        case KeyboardInterrupt():
            return INTERRUPTED
        case (
            BrokenPipeError() | SystemExit(__context__=BrokenPipeError())
        ):  # rich makes the second of the first
            return READER_GONE
        case SystemExit(code=int(code)):
            return code
        case SystemExit(code=None):
            return 0
        case OSError(errno=number) if number in _NOT_WRITTEN:
            line, code = f"{_NOT_WRITTEN[number]}; what was done stands.", UNWRITTEN
        case PlazoError():
            line, code = " ".join(standing(str(error)).split()), error.exit_code
        case _:
            line, code = f"a defect: {_whereabouts(error)}; set PLAZO_DEBUG=1 for the traceback", DEFECT
    try:
        if os.environ.get("PLAZO_DEBUG"):
            traceback.print_exception(error)
        sys.stderr.write(f"plazo: {line}\n")
    except OSError:
        pass  # nobody listens any more; the code still tells
    return code


def leave(code: int) -> NoReturn:
    """Flush what was printed and go; a reader that went first (`plazo worklist | head`) is no error of ours."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            code = code or told(error)
    os._exit(code)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _whereabouts(error: BaseException) -> str:
    """Kind and place of a defect, never its message: that may quote what somebody wrote about a member."""
    kind = type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    return f"{kind} at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else kind
