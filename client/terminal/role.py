"""Which commands are not for whoever acts from here, read at every help: so it loads nothing that is heavy.

A hint and no rule: what somebody may do is decided where it is done.
"""

import json
import os
import time
import tomllib
from base64 import urlsafe_b64decode
from pathlib import Path

from client.terminal.for_roles import FOR_ROLES

POLICY = Path(__file__).parents[2] / "policy"
TOKEN_FILE = "~/.config/plazo/token"  # noqa: S105 - the name of a file; both as in config/settings.py


def commands_of_others() -> frozenset[str]:
    """Commands that none of this person's roles carries; none where nobody is known here."""
    try:
        roles = _roles()
    except (OSError, ValueError, LookupError, TypeError):
        roles = None
    if not roles:
        return frozenset()
    return frozenset(words for words, those in FOR_ROLES.items() if not roles & {*those.split()})


def _roles() -> set[str] | None:
    """The roles of whoever is named, else of whoever has logged in, unverified."""
    if name := os.environ.get("PLAZO_STAFF"):
        policy = Path(os.environ.get("PLAZO_POLICY") or POLICY).expanduser()
        staff = tomllib.loads((policy / "staff.toml").read_text(encoding="utf-8"))["staff"]
        return {role for row in staff if row["id"] == name for role in row["roles"]}
    token = Path(os.environ.get("PLAZO_TOKEN_FILE") or TOKEN_FILE).expanduser().read_text(encoding="ascii")
    claims = json.loads(urlsafe_b64decode(token.split(".")[1] + "=="))
    return {*claims["actor"]["roles"]} if claims["exp"] > time.time() else None
