"""Reading what people give: request files, instants, case numbers. A fault names the field and the rule."""

import errno
import json
import os
import re
import stat
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError

from client.terminal.foreign import why_not_object, why_not_text
from client.terminal.sense import nonsense
from config.wording import faults, place, together
from domain.policy.pack import Pack
from domain.terms.calendar import whole_seconds
from domain.terms.refusals import Misuse

LARGEST_REQUEST = 5_000_000  # bytes, with all the space that a file may have between its words
LARGEST_MODEL = 2_000_000  # bytes, without it: Temporal takes no payload of more than 2 MiB
STREAMS = re.compile(r"/dev/stdin|(/dev|/proc/self)/fd/\d+")
"""What a shell hands over as a file: standard input, and `<(...)`. It was opened already, so it ends."""

LINES = re.compile(
    r"\s*(\d{1,3})\s*(?:-\s*(\d{1,3})\s*)?", re.ASCII
)  # one, or from one to another, of up to 999

M = TypeVar("M", bound=BaseModel)


def read_json(file: str) -> dict[str, Any]:
    """The object in a JSON file, `-` for standard input."""
    text = read_text(file)
    try:
        found = json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        where = f"it is not JSON (line {error.lineno}, column {error.colno})"
        raise Misuse(f"{_name(file)}: {why_not_text(text) or where}.") from None
    except RecursionError:
        raise Misuse(f"{_name(file)}: it is nested too deeply.") from None
    except ValueError:
        raise Misuse(f"{_name(file)}: it holds a number that is too long.") from None
    if not isinstance(found, dict):
        raise Misuse(f"{_name(file)}: a JSON object is needed.")
    if because := why_not_object(found):
        raise Misuse(f"{_name(file)}: {because}.")
    return found


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of two fields of one name nobody knows which was meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs) - Counter(list(found))
        raise Misuse(together({place([name]): "it is given twice in one place" for name in twice}))
    return found


def _no_number(_: str) -> NoReturn:
    raise Misuse("a number: NaN and Infinity are none.")


def read_text(file: str) -> str:
    """What a small text file says, `-` for standard input."""
    try:
        return read_bytes(file, LARGEST_REQUEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Misuse(f"{_name(file)}: it is not text in UTF-8.") from None


def read_bytes(file: str, largest: int, *, is_paper: bool = False) -> bytes:
    """What a person named, `-` for standard input: at most so many bytes, since a pipe does not say how long it is.

    Whatever else is no regular file is refused and not waited for: nobody may ever write into a named pipe, and a
    device has no end. A paper is the file itself, and neither a link to one nor a stream.
    """
    try:
        with _opened(file, is_paper=is_paper) as opened:
            raw = opened.read(largest + 1)
    except OSError as error:
        raise Misuse(f"{_name(file)}: cannot be read ({error.strerror}).") from None
    except ValueError:
        raise Misuse(f"{_name(file)!r}: no file can have this name.") from None
    if len(raw) > largest:
        raise Misuse(f"{_name(file)}: larger than {largest // 1_000_000} MB.")
    return raw


def _opened(file: str, *, is_paper: bool) -> BinaryIO:
    if not is_paper and file == "-":
        return sys.stdin.buffer
    if not is_paper and STREAMS.fullmatch(file):
        return Path(file).open("rb")
    if is_paper and Path(file).is_symlink():
        raise OSError(errno.ELOOP, "it is a link, and a paper is the file itself")
    # Without waiting for whoever may write into a pipe; and what became a link just now is not followed.
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | (os.O_NOFOLLOW if is_paper else 0))
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "Is a directory" if stat.S_ISDIR(mode) else "it is not a regular file")
    return os.fdopen(descriptor, "rb")


def _name(file: str) -> str:
    return "standard input" if file == "-" else Path(file).name or file


def build(model: type[M], fields: dict[str, Any]) -> M:
    """A model of these fields; every fault of their form in one line, without repeating what was given."""
    beyond = dict(nonsense(model, fields))
    try:
        made = model.model_validate(fields)
    except ValidationError as error:
        raise Misuse(together(faults(error) | beyond)) from None
    if beyond:
        raise Misuse(together(beyond))
    _refuse_what_is_too_large(made)
    return made


def _refuse_what_is_too_large(made: BaseModel) -> None:
    """No case could be opened with it, or hear of it: said before anything is begun."""
    if (size := len(made.model_dump_json())) > LARGEST_MODEL:
        sizes = {name: len(made.model_dump_json(include={name})) for name in type(made).model_fields}
        longest = max(sizes, key=lambda name: sizes[name])
        raise Misuse(
            f"{longest}: together {size / 1e6:.1f} MB of text, and a case takes {LARGEST_MODEL // 10**6} MB "
            "(papers go beside a request, not into it)."
        )


def instant(text: str, zone: str, field: str = "at") -> datetime:
    """`2026-07-25 16:20` on the plan's wall clock, or an instant with an offset; a day alone is its beginning.

    Of two instants with one reading (the autumn hour that comes twice) it is the first, and says so: what reached
    us counts from then. A limit ends with the later one (`Calendar.at`). The hour that spring skips is asked again.
    """
    try:
        read = datetime.fromisoformat(text)
        return whole_seconds(read if read.tzinfo else _on_the_wall(read, ZoneInfo(zone), field))
    except (ValueError, OverflowError):
        raise Misuse(f"{field}: an instant looks like 2026-07-25 16:20 or 2026-07-25T16:20-04:00.") from None


def _on_the_wall(read: datetime, zone: ZoneInfo, field: str) -> datetime:
    """The instant of a reading; where a clock was changed, there are two that may be meant."""
    first, second = (read.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    earlier, later = (f"{one.astimezone(zone):%H:%M %Z}" for one in sorted((first, second)))
    typed = f"{field}: {read:%Y-%m-%d %H:%M}"
    if first > second:
        raise Misuse(f"{typed} never was: the clock went forward; is {earlier} or {later} meant?")
    print(f"{typed} came twice; the first, {earlier}, is taken.", file=sys.stderr)
    return first


def numbers(text: str, field: str = "line") -> list[int]:
    """The lines that are typed as `3`, `1-40` or `3,5,7-9`, in their order, each once."""
    found: list[int] = []
    for part in text.split(","):
        match = LINES.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not 1 <= first <= last:
            raise Misuse(f"{field}: name them by their numbers, for example 3 or 1-40 or 3,5,7-9.")
        found += range(first, last + 1)
    return list(dict.fromkeys(found))


def day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Misuse(f"{field}: a day looks like 2026-07-25.") from None


def content(path: Path, pack: Pack) -> bytes:
    """A paper as it was scanned, of at most the size that the pack's row allows."""
    paper = read_bytes(str(path), pack.largest_document, is_paper=True)
    if not paper:
        raise Misuse(f"{path.name}: it is empty, and a paper has something on it.")
    return paper
