"""Finding a service: what answers on the port is asked, no file is believed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ccr_desktop import runfile
from ccr_desktop.cli import local_service
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.server.port import address
from ccr_desktop.errors import ServiceError
from tests.support.ports import free_port


@contextmanager
def answering(*answers: bytes) -> Iterator[int]:
    """A port where each connection gets the next of these answers, and is closed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for answer in answers:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(timeout=60)


def http(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def test_nobody_there_means_not_running() -> None:
    assert not local_service.is_running(Config(port=free_port()))


def test_a_service_tells_its_name() -> None:
    with answering(http(b'{"name": "CCR Desktop"}')) as port:
        assert local_service.is_running(Config(port=port))


@pytest.mark.parametrize(
    "answer",
    [http(b'{"name": "other"}'), http(b"[]"), http(b"<html>"), b"220 smtp\r\n", b""],
    ids=["other", "list", "page", "no-http", "silent"],
)
def test_another_program_is_named(answer: bytes) -> None:
    with answering(answer) as port, pytest.raises(ServiceError) as caught:
        local_service.is_running(Config(port=port))

    assert str(port) in caught.value.title
    assert "SERVICE_PORT" in caught.value.message


def test_the_address_is_that_of_this_machine() -> None:
    assert address(Config(host="0.0.0.0", port=5)) == "http://127.0.0.1:5"
    assert address(Config(host="::1", port=5)) == "http://[::1]:5"


def test_a_service_that_left_no_run_file_needs_no_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path))

    local_service.Hold(Config(port=1)).close()


def test_a_run_file_of_a_service_that_is_gone_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path))
    port = free_port()
    runfile.write(port, runfile.RunInfo(1, f"http://127.0.0.1:{port}", "t"))

    local_service.Hold(Config(port=port)).close()
