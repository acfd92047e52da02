"""Ports that a test can listen on a moment later."""

import itertools
import os
import random
import re
import socket

_FIRST, _EACH, _WORKERS = 12_000, 2_000, 10
"""Below those that systems give to connections and to listeners that name none, which would take
a port between the look and the use; and each worker of pytest has its own."""


def _own_ports() -> list[int]:
    worker = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or 0) % _WORKERS
    ports = [*range(_FIRST + worker * _EACH, _FIRST + (worker + 1) * _EACH)]
    random.SystemRandom().shuffle(ports)  # another run of the tests may be under way
    return ports


_ports = itertools.cycle(_own_ports())


def free_port() -> int:
    """A loopback port that nobody listens on, and that no other test is given."""
    return next(port for port in _ports if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
