"""Taking a port, and naming its holder."""

import os

import pytest

from ccr_desktop.core.server.port import bind, client_host, find_holder
from ccr_desktop.errors import ServiceError
from tests.support.ports import free_port


def test_any_free_port_can_be_taken() -> None:
    with bind("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0
        assert not listener.getblocking()


def test_a_port_in_use_is_told_with_its_holder_and_a_way_out() -> None:
    with bind("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(ServiceError) as caught:
            bind("127.0.0.1", port)

    assert caught.value.title == f"Port {port} is in use"
    assert f"(process {os.getpid()})" in caught.value.message
    assert "--port" in caught.value.message


@pytest.mark.parametrize("host", ["192.0.2.7", "no.such.host.invalid"])
def test_an_address_of_another_machine_is_told(host: str) -> None:
    with pytest.raises(ServiceError, match="HOST") as caught:
        bind(host, 0)

    assert host in caught.value.title


def test_a_port_that_nobody_holds_has_no_holder() -> None:
    assert find_holder(free_port()) == ""


@pytest.mark.parametrize(
    ("host", "reached"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "127.0.0.1"),
        ("::", "127.0.0.1"),
        ("", "127.0.0.1"),
        ("::1", "[::1]"),
        ("router.example", "router.example"),
    ],
)
def test_every_host_has_a_name_for_programs_of_this_machine(host: str, reached: str) -> None:
    assert client_host(host) == reached
