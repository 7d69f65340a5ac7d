"""Tokens of an identity provider, from one that really answers: taken at the login, and exchanged for our own."""

import hashlib
import hmac
import json
import time
import warnings
from base64 import urlsafe_b64encode
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from config.access.identity_provider import IdentityProvider
from config.access.staff_keys import StaffKeys
from config.access.tokens import Verifier
from config.audit import Audit, Trail
from config.sealing.keyring import KeyRing
from domain.terms.people import Role
from domain.terms.refusals import Misuse, Refused, Unreachable
from tests.builders import ROOT
from worker.adapters import doorkeeper
from worker.adapters.doorkeeper import ProviderDoorkeeper

pytestmark = pytest.mark.filterwarnings("ignore")  # of the provider's, who runs in a thread of this process

NURSE = {"groups": ["UM nurses", "Chess club"], "email": "carmen@plan.example"}
KEYS, RING = StaffKeys.generate(), KeyRing.generate()
MAPPING = {"claims": {"id": "sub", "roles": "groups"}, "roles": {"UM nurses": "nurse"}}


@contextmanager
def a_provider(port=0):
    with warnings.catch_warnings(record=True):  # it builds on what its own libraries call old
        from oidc_provider_mock import User, run_server_in_thread  # noqa: PLC0415
    with run_server_in_thread(port, user_claims=[User(sub="rn-rivera", claims=NURSE)]) as server:
        yield server.server_port


def a_token_of(port, who="rn-rivera", program="plazo"):
    """The id token with which somebody comes back from logging in there."""
    there, back = f"http://localhost:{port}/oauth2", "http://localhost/back"
    asked = {"client_id": program, "redirect_uri": back, "response_type": "code", "scope": "openid email"}
    sent = httpx.post(f"{there}/authorize", params=asked, data={"sub": who}).headers["location"]
    code = {"grant_type": "authorization_code", "code": httpx.URL(sent).params["code"], "redirect_uri": back}
    return httpx.post(f"{there}/token", data=code, auth=(program, "any")).json()["id_token"]


def keeping(folder, keys, issuer, **more):
    provider = IdentityProvider.model_validate({"issuer": issuer, "keys": keys} | MAPPING | more)
    return ProviderDoorkeeper(provider, ROOT / "policy", lambda: KEYS, Trail(folder / "audit", RING))


def keeping_of(folder, port, **more):
    there = f"http://localhost:{port}"
    return keeping(folder, f"{there}/jwks", **{"issuer": there} | more)


@pytest.fixture(scope="module")
def port():
    with a_provider() as port:
        yield port


async def test_who_comes_from_the_provider_is_given_a_staff_token_with_the_roles_that_its_groups_mean(
    tmp_path, port
):
    own = await keeping_of(tmp_path, port).exchange(a_token_of(port))

    now = datetime.now(UTC)
    bearer = Verifier(lambda: KEYS).verify(own, now)
    assert (bearer.actor.id, bearer.actor.name, bearer.actor.roles) == (
        "rn-rivera",
        "Carmen Rivera",
        {Role.NURSE},
    )
    assert bearer.exp - now <= timedelta(hours=1), "it ends when the provider's does"
    assert [(row.who, row.did) for row in Audit(tmp_path / "audit", RING).rows()] == [
        ("rn-rivera", "logged in")
    ]


@pytest.mark.parametrize(
    ("token", "more", "why"),
    [
        ({"who": "somebody-else"}, {}, "says too little of who you are"),
        ({"program": "another"}, {}, "for another program"),
        ({}, {"issuer": "https://login.example.org"}, "of another identity provider"),
        ({}, {"roles": {"Directors": "medical_director"}}, "no role that is known here"),
    ],
)
async def test_a_token_that_the_provider_signed_for_other_ends_is_refused(tmp_path, port, token, more, why):
    with pytest.raises(Refused, match=why):
        await keeping_of(tmp_path, port, **more).exchange(a_token_of(port, **token))

    (row,) = Audit(tmp_path / "audit", RING).rows()
    assert row.did == "was refused"


async def test_a_new_key_of_the_provider_is_fetched_when_a_token_needs_it_and_an_old_one_no_longer_counts(
    tmp_path, monkeypatch
):
    with a_provider() as port:
        keeper, before = keeping_of(tmp_path, port), a_token_of(port)
        await keeper.exchange(before)
    await keeper.exchange(before)  # while it is away
    with a_provider(port):
        after = a_token_of(port)
        with pytest.raises(Refused, match="not signed with a key"):
            await keeper.exchange(after)
        monkeypatch.setattr(doorkeeper, "PAUSE", 0.0)
        await keeper.exchange(after)
        with pytest.raises(Refused, match="not signed with a key"):
            await keeper.exchange(before)


async def test_whoever_knocks_with_what_nobody_signed_does_not_make_us_ask_the_provider_each_time(
    tmp_path, port, monkeypatch
):
    fetched, ask = [], doorkeeper.ProviderKeys._fetched
    monkeypatch.setattr(doorkeeper.ProviderKeys, "_fetched", lambda keys: fetched.append(keys) or ask(keys))
    keeper = keeping_of(tmp_path, port)
    for number in range(20):
        with pytest.raises(Refused):
            await keeper.exchange(f"a.b.{number}")
    assert len(fetched) == 1


async def test_a_provider_that_was_never_reached_is_no_reason_to_refuse_anybody(tmp_path):
    with a_provider() as port:
        token = a_token_of(port)
    with pytest.raises(Unreachable, match="cannot be had"):
        await keeping_of(tmp_path, port).exchange(token)


THEIRS, OTHER = RSAKey.generate_key(2048), RSAKey.generate_key(2048)
ISSUER = "https://login.example.org"


def signed(key=THEIRS, algorithm="RS256", **changed):
    claims = {"iss": ISSUER, "aud": ["plazo", "more"], "exp": int(time.time()) + 600, "sub": "rn-rivera"}
    claims |= {"groups": "UM\tnurses nurse"}
    said = {name: value for name, value in (claims | changed).items() if value is not None}
    return jwt.encode({"alg": algorithm}, said, key, algorithms=[algorithm])


def by_the_public_key():
    _, claims, _ = signed().split(".")
    header = in_base64(b'{"alg":"HS256"}')
    said = f"{header}.{claims}"
    made = hmac.new(THEIRS.as_pem(private=False), said.encode(), hashlib.sha256).digest()
    return f"{said}.{in_base64(made)}"


def in_base64(content):
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def unsigned():
    return f"{signed().rpartition('.')[0]}."


@pytest.fixture
def keeper(tmp_path):
    """By a key set in a file."""
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps({"keys": [THEIRS.as_dict(private=False)]}))
    return keeping(tmp_path, str(path), ISSUER, roles={"nurse": "nurse"})


async def test_a_key_set_may_be_a_file_and_groups_one_text(keeper):
    bearer = Verifier(lambda: KEYS).verify(await keeper.exchange(signed()), datetime.now(UTC))

    assert bearer.actor.roles == {Role.NURSE}


@pytest.mark.parametrize(
    ("attack", "why"),
    {
        "another key": (lambda: signed(OTHER), "not signed with a key"),
        "the public key as a secret": (by_the_public_key, "not signed with a key"),
        "no signature": (unsigned, "not signed with a key"),
        "another algorithm": (lambda: signed(algorithm="RS512"), "not signed with a key"),
        "expired": (lambda: signed(exp=int(time.time()) - 1), "has expired"),
        "not yet": (lambda: signed(nbf=time.time() + 600), "does not count yet"),
        "without an end": (lambda: signed(exp=None), "until when it counts"),
        "for others": (lambda: signed(aud="another"), "for another program"),
        "the system": (lambda: signed(sub="plazo"), "says too little"),
        "a number for a name": (lambda: signed(sub=7), "says too little"),
        "huge": (lambda: "a." * 5000, "too large"),
    }.values(),
)
async def test_what_the_provider_did_not_say_is_refused_in_one_line(keeper, attack, why):
    token = attack()
    with pytest.raises(Refused, match=why) as refused:
        await keeper.exchange(token)

    assert "\n" not in str(refused.value)
    assert token[:20] not in str(refused.value)


async def test_without_a_provider_nobody_is_let_in(tmp_path):
    keeper = ProviderDoorkeeper(None, ROOT / "policy", lambda: KEYS, Trail(tmp_path / "audit", RING))
    with pytest.raises(Refused, match="no identity provider is named"):
        await keeper.exchange(signed())


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"algorithms": '["HS256"]'}, "algorithms"),
        ({"keys": '"http://login.example.org/jwks"'}, "use https"),
        ({"claims": '{ name = "name" }'}, "`id` names the claim"),
        ({"claims": '{ id = "sub", roles = "groups" }'}, "come together"),
        ({"claims": '{ id = "sub", roles = "r" }', "roles": '{ All = "system" }'}, "nobody is the system"),
        ({"issuer": ""}, "cannot be read as TOML"),
    ],
)
def test_a_file_with_a_fault_is_refused_with_what_is_wrong(tmp_path, changed, why):
    path = tmp_path / "provider.toml"
    right = {"issuer": f'"{ISSUER}"', "keys": '"https://login.example.org/jwks"', "claims": '{ id = "sub" }'}
    path.write_text("\n".join(f"{name} = {value}" for name, value in (right | changed).items()))
    with pytest.raises(Misuse, match=why):
        IdentityProvider.load(path)
