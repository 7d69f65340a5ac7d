"""Everything that Temporal keeps or shows is sealed: payloads, summaries, details, headers, failures."""

import zlib
from collections.abc import Sequence
from dataclasses import replace

from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter, PydanticPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
)

from config.refusing import Answers
from config.sealing.keyring import KeyRing, key_of

ENCODING = b"binary/encrypted"
SEALED_BY = "encryption-key-id"
PRESSED = b"binary/zlib"  # inside the seal
LARGE = 4096  # bytes; below, nothing is gained
_CONTEXT = b"temporal payload"
_CONVERTERS = {
    encoding: Answers() if isinstance(one, PydanticJSONPlainPayloadConverter) else one
    for encoding, one in PydanticPayloadConverter().converters.items()
}


class SharedConverter(CompositePayloadConverter):
    """Pydantic models as JSON. Each workflow has a converter of its own, and would build every schema anew."""

    def __init__(self) -> None:
        self.converters = _CONVERTERS


class SealedPayloads(PayloadCodec):
    """Temporal sees sealed bytes and, in plain text, the id of the key that opens them."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        sealed = (self._ring.seal(_pressed(one).SerializeToString(), _CONTEXT) for one in payloads)
        return [
            Payload(metadata={"encoding": ENCODING, SEALED_BY: key_of(one).encode()}, data=one)
            for one in sealed
        ]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open what is sealed; what never was (the Web UI and the CLI send plain JSON) passes as it is."""
        return [
            _unpressed(Payload.FromString(self._ring.open(payload.data, _CONTEXT)))
            if payload.metadata.get("encoding") == ENCODING
            else payload
            for payload in payloads
        ]


def _pressed(payload: Payload) -> Payload:
    """A large payload takes a fifth of its room: a case of a thousand lines stays below Temporal's limits."""
    if payload.ByteSize() < LARGE:
        return payload
    return Payload(metadata={"encoding": PRESSED}, data=zlib.compress(payload.SerializeToString(), level=5))


def _unpressed(payload: Payload) -> Payload:
    is_pressed = payload.metadata.get("encoding") == PRESSED
    return Payload.FromString(zlib.decompress(payload.data)) if is_pressed else payload


def data_converter(ring: KeyRing | None) -> DataConverter:
    """Pydantic models as JSON, sealed; without a ring, in plain text."""
    plain = DataConverter(payload_converter_class=SharedConverter)
    if ring is None:
        return plain
    return replace(
        plain,
        payload_codec=SealedPayloads(ring),
        # a failure's message and traceback may quote what a person wrote
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )
