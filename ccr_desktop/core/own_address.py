"""By which address other devices find this computer."""

from __future__ import annotations

import platform
import socket

_ELSEWHERE = ("203.0.113.1", 9)
"""Nobody's; the system is only asked which of its addresses it would use. Nothing is sent."""


def own_address() -> str:
    """That of its network; its name where it has none. Many devices don't find it by its name."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
            asked.connect(_ELSEWHERE)
            found = str(asked.getsockname()[0])
    except OSError:
        return platform.node()
    return platform.node() if found.startswith("127.") else found
