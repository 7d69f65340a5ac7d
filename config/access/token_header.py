"""Tokens in the headers of Temporal, a third of their size: every act keeps its own in its history."""

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from functools import lru_cache

from temporalio.api.common.v1 import Payload

from config.access.tokens import LARGEST

TOKEN, SECOND = "plazo-token", "plazo-second-token"
_PLAIN, _PACKED = b"binary/plain", b"binary/packed-token"
_BETWEEN = b"\n\n"
_REMEMBERED = 64
_KNOWN = (
    b'"physician"supervisor"nurse"Utilization Management{"typ":"JWT","alg":"Ed25519","kid":"{"actor":'
    b'{"id":"","name":"","title":"","title_es":"","organisation":"","roles":[""],"licence":{"state":"PR","number":"MD-","status":'
    b'"unrestricted","expires_on":"20-12-31"},"specialty":""},"plans":["*"],"barred":[""],"aud":"plazo","iat":17,'
    b'"nbf":17,"exp":17,"jti":"'
)
"""What most tokens say; whoever reads them has to know the same, so it stays as it is."""


def header(name: str, text: str) -> dict[str, Payload]:
    """A header of this name; without a text there is none."""
    if not text:
        return {}
    encoding, data = _packed(text)
    return {name: Payload(metadata={"encoding": encoding}, data=data)}


def is_header(payload: Payload) -> bool:
    """Could it be one of these, and so a token by which others act?"""
    return payload.metadata.get("encoding") in {_PACKED, _PLAIN}


def said_in(headers: Mapping[str, Payload], name: str) -> str:
    """The text in a header; where there is none, or none that can be read, it is empty."""
    found = headers.get(name)
    if found is None:
        return ""
    if found.metadata.get("encoding") != _PACKED:
        return found.data.decode("utf-8", "replace")
    return _unpacked(found.data)


@lru_cache(_REMEMBERED)
def _unpacked(data: bytes) -> str:
    try:
        packed = zlib.decompressobj(-zlib.MAX_WBITS, zdict=_KNOWN).decompress(data, LARGEST)
        *said, signature = packed.split(_BETWEEN, 2)
    except (zlib.error, ValueError):
        return ""
    return ".".join(urlsafe_b64encode(part).rstrip(b"=").decode() for part in (*said, signature))


@lru_cache(_REMEMBERED)
def _packed(text: str) -> tuple[bytes, bytes]:
    """A token out of its base64, which compresses badly; what would not come back as it was stays as it is."""
    try:
        parts = [urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in text.split(".", 2)]
    except ValueError:
        parts = []
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=_KNOWN)
    data = packing.compress(_BETWEEN.join(parts)) + packing.flush()
    return (_PACKED, data) if _unpacked(data) == text else (_PLAIN, text.encode())
