"""Addresses of SOCKS proxies."""

import pytest

from ccr_desktop.core.upstream.connections import _with_port


@pytest.mark.parametrize(
    ("proxy", "expected"),
    [
        ("socks5://h.test", "socks5://h.test:1080"),
        ("socks5://h.test:9050", "socks5://h.test:9050"),
        ("socks5h://me:p%40ss@h.test", "socks5h://me:p%40ss@h.test:1080"),
        ("socks5://[::1]", "socks5://[::1]:1080"),
        ("socks5://h.test:", "socks5://h.test:1080"),
    ],
)
def test_socks_has_a_port_by_custom(proxy: str, expected: str) -> None:
    assert _with_port(proxy) == expected
