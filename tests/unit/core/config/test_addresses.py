"""Web addresses and proxies."""

import pytest

from ccr_desktop.core.config.addresses import (
    check_url,
    is_ourselves,
    is_this_machine,
    read_proxy,
)
from ccr_desktop.core.config.issues import Issue


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://proxy:8080", "http://proxy:8080"),
        (" https://u:p@proxy ", "https://u:p@proxy"),
        ("socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080"),
        ("socks5h://[::1]:1080", "socks5h://[::1]:1080"),
        ("127.0.0.1:7890", "http://127.0.0.1:7890"),
        ("", ""),
    ],
)
def test_a_proxy_may_leave_out_its_scheme(text: str, expected: str) -> None:
    issues: list[Issue] = []

    assert read_proxy(text, "PROXY_URL", issues) == expected
    assert not issues


@pytest.mark.parametrize(
    "text",
    [
        *("ftp://secret@proxy", "http://", "proxy:secret", "http://[::1"),
        *("http:/proxy:8080", "http//proxy:8080", "htp:/proxy", '"', "local,main-model"),
    ],
)
def test_what_is_no_proxy_is_named_and_not_shown(text: str) -> None:
    issues: list[Issue] = []

    assert read_proxy(text, "PROXY_URL", issues) == ""
    assert [issue.where for issue in issues] == ["PROXY_URL"]
    assert "secret" not in str(issues[0])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:3456/v1/messages", True),
        ("http://localhost:3456", True),
        ("http://[::1]:3456", True),
        ("http://192.168.1.5:3456", True),
        ("http://127.0.0.1:3457", False),
        ("http://10.0.0.1:3456", False),
        ("http://127.0.0.1", False),
        ("http://127.0.0.1:x", False),
        ("", False),
    ],
)
def test_the_router_knows_its_own_address(url: str, *, expected: bool) -> None:
    assert is_ourselves(url, "192.168.1.5", 3456) is expected


def test_a_default_port_counts() -> None:
    assert is_ourselves("http://localhost/v1", "127.0.0.1", 80)
    assert is_ourselves("https://localhost/v1", "127.0.0.1", 443)


def test_this_machine() -> None:
    assert is_this_machine("http://[::1]:1/v1")
    assert not is_this_machine("https://host.test")
    assert not is_this_machine("demo:")


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://host.test/v1", True),
        ("https://host.test./v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://x/\r\nA: b", False),
        ("http://x\t/v1", False),
        (f"http://{'a' * 300}/v1", False),
        ("http://a..b/v1", False),
        ('https://"/v1', False),
        ("https://my_host/v1?a=b,c", True),
        ("https://例子.test/v1", True),
    ],
)
def test_an_address_that_no_request_can_go_to_is_named(url: str, is_one: bool) -> None:
    issues: list[Issue] = []

    assert check_url(url, "P", issues) is is_one
    assert bool(issues) is not is_one
