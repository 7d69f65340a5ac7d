"""Staff tokens, attacked one by one: what does not count is refused in one line that repeats nothing of it."""

import hashlib
import hmac
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from joserfc import jwt

from config.access import staff
from config.access.staff_keys import StaffKeys
from config.access.token_header import TOKEN, header, said_in
from config.access.tokens import LARGEST, Verifier, bearer_of, claims_of, sign
from config.files import Watched
from domain.terms.refusals import Misuse, Refused
from tests.builders import ROOT

KEYS, OTHERS = StaffKeys.generate(), StaffKeys.generate()
NURSE = bearer_of(staff.row(ROOT / "policy", "rn-rivera"))
SHIFT = timedelta(hours=12)


def a_token(**how):
    return sign(NURSE, KEYS, SHIFT, **how)


def in_parts(token):
    return [json.loads(urlsafe_b64decode(part + "==")) for part in token.split(".")[:2]]


def in_base64(content):
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def with_header(**changed):
    """The token with another header over the same signature."""
    token = a_token()
    header, _ = in_parts(token)
    return ".".join([in_base64(header | changed), *token.split(".")[1:]])


def with_claims(**changed):
    token = a_token()
    _, claims = in_parts(token)
    first, _, last = token.split(".")
    return ".".join([first, in_base64(claims | changed), last])


def signed_with_the_public_key():
    """A public key is known to everybody: taken for the secret of another algorithm it would sign for anybody."""
    _, claims = in_parts(a_token())
    public = KEYS.newest.key.as_pem(private=False)
    said = f"{in_base64({'alg': 'HS256', 'kid': KEYS.newest.id})}.{in_base64(claims)}"
    return f"{said}.{in_base64(hmac.new(public, said.encode(), hashlib.sha256).digest())}"


def unsigned():
    return ".".join([*with_header(alg="none").split(".")[:2], ""])


def as_another():
    return with_claims(actor=NURSE.actor.model_dump(mode="json") | {"roles": ["physician"]})


FORGED = {
    "nothing": (lambda: "", "nobody is logged in"),
    "no token at all": (lambda: "a physician", "no staff token"),
    "unsigned": (unsigned, "not signed in the one way"),
    "another algorithm, keyed with the public key": (signed_with_the_public_key, "not signed in the one way"),
    "a changed claim": (as_another, "was changed"),
    "another plan": (lambda: with_claims(plans=["*"]), "was changed"),
    "longer than it was": (lambda: with_claims(exp=2**33), "was changed"),
    "truncated": (lambda: a_token()[:-12], "was changed"),
    "without a signature": (lambda: a_token().rpartition(".")[0], "was changed"),
    "signed by somebody else": (lambda: sign(NURSE, OTHERS, SHIFT), "a key that is not trusted"),
    "somebody else's signature under our key": (
        lambda: sign(NURSE, OTHERS.model_copy(update={"keys": (under_our_name(),)}), SHIFT),
        "was changed",
    ),
    "a swapped key": (lambda: with_header(kid=OTHERS.newest.id), "a key that is not trusted"),
    "a key id that is no text": (lambda: with_header(kid=[KEYS.newest.id]), "a key that is not trusted"),
    "for another program": (lambda: a_token(audience="elsewhere"), "for another program"),
    "huge": (lambda: a_token() + "x" * LARGEST, "too large"),
    "a signed sentence of another kind": (lambda: signed({"sub": "rn-rivera"}), "does not say"),
}


def under_our_name():
    return OTHERS.newest.model_copy(update={"id": KEYS.newest.id})


def signed(claims):
    header = {"alg": "Ed25519", "kid": KEYS.newest.id}
    return jwt.encode(header, claims, KEYS.newest.key, algorithms=["Ed25519"])


def verified(token, at=None, keys=KEYS):
    return Verifier(lambda: keys).verify(token, at or datetime.now(UTC))


def test_a_token_says_who_holds_it_as_the_staff_file_does():
    bearer = verified(a_token())
    assert (bearer.actor, bearer.plans) == (NURSE.actor, NURSE.plans)
    assert claims_of(a_token()).actor == NURSE.actor


@pytest.mark.parametrize("how", FORGED)
def test_a_token_that_was_tampered_with_is_refused_in_one_line(how):
    forge, said = FORGED[how]
    token = forge()
    with pytest.raises(Refused) as refused:
        verified(token)
    line = str(refused.value)
    assert said in line
    assert "\n" not in line
    assert not token or token not in line


@pytest.mark.parametrize(
    ("seconds", "counts"), [(-300, False), (-20, True), (0, True), (43_200 + 20, True), (43_200 + 300, False)]
)
def test_a_token_counts_from_its_first_second_to_its_last_give_or_take_two_clocks(seconds, counts):
    begins_at = datetime.now(UTC).replace(microsecond=0)
    token = a_token(begins_at=begins_at)
    verify = Verifier(lambda: KEYS).verify
    verify(token, begins_at)  # that it was verified before changes nothing
    if counts:
        assert verify(token, begins_at + timedelta(seconds=seconds)).actor == NURSE.actor
    else:
        with pytest.raises(Refused, match="expired" if seconds > 0 else "yet"):
            verify(token, begins_at + timedelta(seconds=seconds))


def test_what_was_revoked_is_not_heard_again_and_a_new_token_is(tmp_path):
    path = tmp_path / "staff-keys.json"
    StaffKeys.load_or_generate(path, of_one_user=False)
    on_disk = Watched(path, StaffKeys.load)
    verify = Verifier(on_disk.read).verify
    token, now = sign(NURSE, on_disk.read(), SHIFT), datetime.now(UTC)
    verify(token, now)
    on_disk.read().revoking("md-ortiz", now).save(path)
    verify(token, now)
    on_disk.read().revoking("rn-rivera", now).save(path)
    with pytest.raises(Refused, match="revoked"):
        verify(token, now)
    on_disk.read().revoking("rn-rivera", now - timedelta(minutes=1)).save(path)
    verify(sign(NURSE, on_disk.read(), SHIFT), now)


def test_keys_rotate_and_what_a_retired_key_signed_counts_no_longer():
    before = StaffKeys.generate()
    between = before.with_new_key()
    after = between.without(before.newest.id)
    held = {"keys": before}
    verify = Verifier(lambda: held["keys"]).verify
    old, new = sign(NURSE, before, SHIFT), sign(NURSE, between, SHIFT)
    now = datetime.now(UTC)
    verify(old, now)
    held["keys"] = between
    verify(old, now), verify(new, now)
    held["keys"] = after
    verify(new, now)
    with pytest.raises(Refused, match="not any more"):
        verify(old, now)
    with pytest.raises(Misuse, match="only key"):
        after.without(after.newest.id)


def test_keys_that_others_may_read_sign_nothing(tmp_path):
    path = tmp_path / "staff-keys.json"
    StaffKeys.load_or_generate(path, of_one_user=False)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(Misuse, match="chmod 600"):
        StaffKeys.load(path)
    path.chmod(0o600)
    path.write_text('{"keys": []}')
    with pytest.raises(Misuse, match="damaged"):
        StaffKeys.load(path)


@pytest.mark.parametrize("text", [*FORGED, "a word", "a.b.c", "....", "\N{SNOWMAN}", "a.b\n\n.c"])
def test_whatever_is_put_into_a_header_comes_out_as_it_was(text):
    said = FORGED[text][0]() if text in FORGED else text
    assert said_in(header(TOKEN, said), TOKEN) == said


def test_a_token_takes_a_third_of_its_room_in_a_header_and_a_header_that_swells_is_none():
    token = a_token()
    [packed] = header(TOKEN, token).values()
    assert len(packed.data) < len(token) / 2
    packed.data = zlib.compress(b"x" * 10**6, wbits=-15)
    assert len(said_in({TOKEN: packed}, TOKEN)) < 2 * LARGEST
