"""Options that several commands share."""

import argparse
import socket

import pytest

from ccr_desktop.cli.options import add_host


def read(host: str) -> str:
    options = argparse.ArgumentParser()
    add_host(options)
    chosen: str = options.parse_args(["--host", host]).host
    return chosen


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "0.0.0.0"])
def test_an_address_to_listen_on_is_taken(host: str) -> None:
    assert read(host) == host


@pytest.mark.parametrize("host", ["", " ", "nope.invalid", "a..b", "x" * 300])
def test_what_is_no_address_is_refused(
    host: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(SystemExit) as caught:
        read(host)

    assert caught.value.code == 2
    assert "no address to listen on" in capsys.readouterr().err
