"""Ports on loopback: the given one, or any free one."""

import socket

from domain.terms.refusals import Misuse

LOOPBACK = "127.0.0.1"


def take(port: int | None, purpose: str, option: str) -> socket.socket:
    """A listening socket on `port`; 0 or None picks a free one.

    Raises Misuse that names the port, what it is for, and the command line option that chooses another.
    """
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # as servers do, so that a port whose last connections still fade away counts as free
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((LOOPBACK, port or 0))
        taken.listen()
    except OSError as error:
        taken.close()
        raise Misuse(
            f"Port {port}, meant for {purpose}, cannot be used ({error.strerror}); "
            f"stop what uses it, or choose another with {option}."
        ) from error
    return taken


def number(taken: socket.socket) -> int:
    """The port that a socket listens on."""
    port: int = taken.getsockname()[1]
    return port
