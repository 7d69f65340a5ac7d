"""Large things on their way, packed: Temporal carries two megabytes at most, and much of a case repeats itself."""

import zlib
from typing import TypeVar

from pydantic import BaseModel

M = TypeVar("M", bound=BaseModel)

QUICKLY = 1  # the level of compression: most of what can be won, in a tenth of the time


def packed(model: BaseModel) -> bytes:
    return pack(model.model_dump_json())


def unpacked(kind: type[M], content: bytes) -> M:
    return kind.model_validate_json(unpack(content))


def pack(text: str) -> bytes:
    return zlib.compress(text.encode(), QUICKLY)


def unpack(content: bytes) -> str:
    return zlib.decompress(content).decode()
