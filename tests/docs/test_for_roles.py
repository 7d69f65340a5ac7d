"""What stands apart in a help, because it is not with the role of whoever asks."""

import io
from datetime import date, timedelta
from itertools import product

import pytest
from rich.console import Console

import plazo
from client.terminal.for_roles import FOR_ROLES
from client.terminal.role import POLICY, TOKEN_FILE, commands_of_others
from config.access.staff import row
from config.access.staff_keys import StaffKeys
from config.access.tokens import bearer_of, sign
from config.settings import Settings
from docs.for_roles import may_say
from domain.case.authority import require_to_decide_adversely
from domain.determination.decisions import Deny
from domain.request.determination import ReasonClass
from domain.terms.people import Role
from domain.terms.refusals import Refused
from tests.builders import staff

APART = "Not with your role"


@pytest.fixture(autouse=True)
def nobody(monkeypatch, tmp_path):
    monkeypatch.delenv("PLAZO_STAFF", raising=False)
    monkeypatch.setenv("PLAZO_TOKEN_FILE", str(tmp_path / "token"))
    return tmp_path / "token"


def helped(*words) -> tuple[str, str]:
    """What a help says, and what it says stands apart."""
    page = io.StringIO()
    asked = [*words, "--help"]
    plazo.application(asked).help_print([*words], console=Console(file=page, width=100))
    usual, _, apart = page.getvalue().partition(APART)
    return usual, apart


def test_without_a_login_nothing_stands_apart():
    usual, apart = helped()

    assert " deny " in usual
    assert apart == ""


def test_what_a_nurse_cannot_do_stands_apart_and_a_group_only_when_none_of_it_is_hers(monkeypatch):
    monkeypatch.setenv("PLAZO_STAFF", "rn-rivera")

    (usual, apart), (of_p2p, not_hers) = helped(), helped("p2p")

    assert all(f" {hers} " in usual for hers in ("approve", "refer", "batch", "p2p", "referral"))
    assert all(f" {others} " in apart for others in ("deny", "hold", "assign", "correct"))
    assert " held " in of_p2p
    assert " offer " in not_hers


@pytest.mark.parametrize(("lasts", "is_apart"), [(timedelta(hours=1), True), (-timedelta(hours=1), False)])
def test_who_has_logged_in_is_known_until_the_token_ends(nobody, lasts, is_apart):
    clerk = bearer_of(row(POLICY, "ic-santos"))
    nobody.write_text(sign(clerk, StaffKeys.generate(), lasts), encoding="ascii")

    assert ("approve" in commands_of_others()) is is_apart
    assert "correct code" not in commands_of_others()


def test_what_says_nobody_says_nothing(nobody, monkeypatch):
    nobody.write_text("no token", encoding="ascii")
    assert commands_of_others() == frozenset()

    monkeypatch.setenv("PLAZO_STAFF", "nobody")
    assert commands_of_others() == frozenset()


def test_it_looks_where_the_settings_look():
    fields = Settings.model_fields
    assert (str(fields["policy"].default), str(fields["token_file"].default)) == (str(POLICY), TOKEN_FILE)


def test_whoever_stands_apart_from_denying_is_refused_on_every_ground():
    md, ours = staff("md-vega"), may_say(Deny)
    for role, ground in product(frozenset(Role) - ours, ReasonClass):
        with pytest.raises(Refused):
            require_to_decide_adversely(
                md.model_copy(update={"roles": frozenset({role})}), ground, date(2026, 11, 28)
            )

    assert FOR_ROLES["deny"].split() == sorted(ours)
