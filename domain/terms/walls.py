"""Walls: what whoever asks the desk may know of.

The register narrows each of its answers to it, so that no question of it has to.
"""

from contextvars import ContextVar

WITHIN: ContextVar[frozenset[str] | None] = ContextVar("within", default=None)
"""The plans that whoever asks is kept within; None for somebody who works for all, and for what works by itself."""

BEYOND: ContextVar[frozenset[str]] = ContextVar("beyond", default=frozenset())
"""The cases beyond them that whoever asks may read for now."""

WITHOUT: ContextVar[frozenset[str]] = ContextVar("without", default=frozenset())
"""The members, by keyed hash, whose cases whoever asks keeps out of: their own, and their family's."""

READER: ContextVar[str | None] = ContextVar("reader", default=None)
"""The id of whoever asks, for what is read by those alone who work on it; None for what works by itself."""
