"""The address that other devices are told."""

import platform
import socket
from typing import Any

import pytest

from ccr_desktop.core.own_address import own_address


class _Socket(socket.socket):
    """As in a network that gave this computer `OWN`, or in none."""

    OWN = ""

    def connect(self, _: Any) -> None:
        if not self.OWN:
            raise OSError("Network is unreachable")

    def getsockname(self) -> tuple[str, int]:
        return self.OWN, 0


@pytest.mark.parametrize(
    ("own", "told"), [("192.168.7.5", "192.168.7.5"), ("127.0.0.1", "box"), ("", "box")]
)
def test_the_name_is_told_where_there_is_no_address_in_a_network(
    own: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Socket, "OWN", own)
    monkeypatch.setattr(socket, "socket", _Socket)
    monkeypatch.setattr(platform, "node", lambda: "box")

    assert own_address() == told
