"""The codec, and the endpoint that opens payloads for the Web UI."""

import asyncio
import json
import urllib.error
import urllib.request
from dataclasses import dataclass

import httpx
import pytest
import pytest_asyncio
from google.protobuf import json_format
from pydantic import BaseModel
from temporalio.api.common.v1 import Payload, Payloads
from temporalio.api.failure.v1 import Failure
from temporalio.client import Client
from temporalio.converter import WorkflowSerializationContext
from temporalio.exceptions import ApplicationError

from config.access.login_link import login_link
from config.access.staff_keys import StaffKeys
from config.home import Home
from config.sealing.codec import ENCODING, SealedPayloads, data_converter
from config.sealing.keyring import KeyRing
from config.settings import Settings
from domain.terms.refusals import PlazoError
from worker import ports
from worker.pages.application import Site, serving

RING = KeyRing.generate()


class Order(BaseModel):
    diagnosis: str


ORDER = Order(diagnosis="M54.16")


# What Temporal gets to see


def test_payloads_are_the_same_in_every_context_so_nobody_asks_a_case_for_its_context():
    context = WorkflowSerializationContext(namespace="default", workflow_id="PRE-2222-2222-2222")
    ours = data_converter(RING)
    theirs = ours.with_context(context)

    assert (theirs.payload_codec, theirs.external_storage) == (ours.payload_codec, None)
    assert theirs.payload_converter is ours.payload_converter
    assert theirs.failure_converter is ours.failure_converter


async def test_a_payload_shows_nothing_but_its_key():
    [sealed] = await data_converter(RING).encode([ORDER])

    assert sealed.metadata["encoding"] == ENCODING
    assert sealed.metadata["encryption-key-id"] == RING.sealing.id.encode()
    assert set(sealed.metadata) == {"encoding", "encryption-key-id"}
    assert b"M54.16" not in sealed.SerializeToString()


async def test_a_payload_opens_as_the_model_that_was_sent():
    converter = data_converter(RING)

    assert await converter.decode(await converter.encode([ORDER]), [Order]) == [ORDER]


async def test_a_payload_sealed_before_a_new_key_still_opens():
    sealed = await data_converter(RING).encode([ORDER])

    assert await data_converter(RING.with_new_key()).decode(sealed, [Order]) == [ORDER]


async def test_a_large_payload_takes_little_room_and_opens_as_what_was_sent_pressed_or_not():
    orders = [Order(diagnosis=f"M54.{number % 100}") for number in range(10_000)]
    converter = data_converter(RING)

    [sealed] = await converter.encode([orders])
    whole = RING.seal(converter.payload_converter.to_payload(orders).SerializeToString(), b"temporal payload")

    assert sealed.ByteSize() < len(whole) / 8
    for payload in (sealed, Payload(metadata=sealed.metadata, data=whole)):
        assert await converter.decode([payload], [list[Order]]) == [orders]


async def test_plain_payloads_from_the_web_ui_pass_as_they_are():
    plain = await data_converter(None).encode([ORDER])

    assert await data_converter(RING).decode(plain, [Order]) == [ORDER]


async def test_a_failure_does_not_show_its_message():
    failure = Failure()
    await data_converter(RING).encode_failure(ApplicationError("the order names M54.16"), failure)

    assert failure.message == "Encoded failure"
    assert b"M54.16" not in failure.SerializeToString()
    assert "M54.16" in str(await data_converter(RING).decode_failure(failure))


async def test_a_payload_of_another_home_names_the_key_that_is_missing():
    sealed = await SealedPayloads(RING).encode([Payload(data=b"{}")])

    with pytest.raises(PlazoError, match=RING.sealing.id):
        await SealedPayloads(KeyRing.generate()).decode(sealed)


# What the Web UI gets to see


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: str

    def payloads(self):
        return json_format.Parse(self.body, Payloads()).payloads


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def endpoint(tmp_path_factory):
    """Calls the endpoint as a browser would, from a page of its own origin."""
    home = Home(tmp_path_factory.mktemp("home"))
    StaffKeys.load_or_generate(home.staff_keys, of_one_user=True)
    site = Site(
        web_ui="http://127.0.0.1:1",
        client=await Client.connect("127.0.0.1:1", lazy=True),
        ring=RING,
        settings=Settings(home=home.folder),
    )
    with ports.take(0, "the pages", "--ui-port") as listening:
        origin = f"http://127.0.0.1:{ports.number(listening)}"

        async def call(path, body=b"", method="POST", **headers):
            headers = {"Origin": origin, "Cookie": cookie} | {
                name.replace("_", "-"): value for name, value in headers.items()
            }
            request = urllib.request.Request(f"{origin}/codec{path}", body, headers, method=method)
            return await asyncio.to_thread(answer_to, request)

        async with serving(site, listening), httpx.AsyncClient(trust_env=False) as browser:
            known = await browser.get(login_link(origin, RING))
            cookie = known.headers["set-cookie"].partition(";")[0]
            yield call


def answer_to(request):
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return Answer(answer.status, dict(answer.headers), answer.read().decode())
    except urllib.error.HTTPError as refusal:
        with refusal:
            return Answer(refusal.code, dict(refusal.headers), refusal.read().decode())


async def sealed_body(ring=RING):
    return json_format.MessageToJson(Payloads(payloads=await data_converter(ring).encode([ORDER]))).encode()


async def test_the_endpoint_opens_what_the_web_ui_asks_for(endpoint):
    answer = await endpoint("/decode?preserveStorageRefs=true", await sealed_body())

    assert answer.status == 200
    assert json.loads(answer.payloads()[0].data) == {"diagnosis": "M54.16"}
    assert "access-control-allow-origin" not in answer.headers  # a page elsewhere could not even read it


async def test_the_endpoint_seals_what_the_web_ui_sends(endpoint):
    plain = json_format.MessageToJson(Payloads(payloads=await data_converter(None).encode([ORDER])))

    answer = await endpoint("/encode", plain.encode())

    assert answer.status == 200
    assert await data_converter(RING).decode(answer.payloads(), [Order]) == [ORDER]


@pytest.mark.parametrize("origin", ["https://example.com", "http://127.0.0.1:8233", "null"])
async def test_a_page_of_another_site_may_not_ask(endpoint, origin):
    answer = await endpoint("/decode", await sealed_body(), Origin=origin)

    assert answer.status == 403
    assert "M54.16" not in answer.body


async def test_a_name_that_somebody_else_points_here_is_refused(endpoint):
    answer = await endpoint("/decode", await sealed_body(), Host="cases.example.com")

    assert answer.status == 400
    assert "M54.16" not in answer.body


@pytest.mark.parametrize("path", ["/decode", "/encode"])
@pytest.mark.parametrize("body", [b"", b"not JSON", b'{"payloads": 7}', b"\xff\xfe"])
async def test_a_body_without_payloads_is_refused_in_one_line(endpoint, path, body):
    answer = await endpoint(path, body)

    assert (answer.status, answer.body) == (400, "The body is not a list of Temporal payloads.")


async def test_a_payload_of_another_home_is_refused_in_one_line(endpoint):
    answer = await endpoint("/decode", await sealed_body(KeyRing.generate()))

    assert answer.status == 400
    assert "which the key ring of this home does not hold" in answer.body
