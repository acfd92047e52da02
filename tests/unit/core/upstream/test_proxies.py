"""Which proxy serves an address."""

import pytest

from ccr_desktop.core.config.addresses import NO_PROXY, SYSTEM_PROXY
from ccr_desktop.core.upstream.proxies import is_listed, is_private, proxy_for

PROXY, OWN = "http://proxy.test:8080", "socks5://own.test:1080"


@pytest.fixture(autouse=True)
def no_system_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ccr_desktop.core.upstream.proxies.proxy_bypass", lambda _: False)


@pytest.mark.parametrize(
    ("url", "own", "common", "expected"),
    [
        ("https://api.test/v1", "", "", ""),
        ("https://api.test/v1", "", PROXY, PROXY),
        ("https://api.test/v1", OWN, PROXY, OWN),
        ("https://api.test/v1", NO_PROXY, PROXY, ""),
        ("http://192.168.1.5:8000/v1", "", PROXY, ""),
        ("http://192.168.1.5:8000/v1", OWN, PROXY, OWN),
        ("http://nas:11434/v1", "", PROXY, ""),
        ("http://localhost:11434/v1", OWN, PROXY, ""),
        ("http://127.0.0.1:11434/v1", OWN, PROXY, ""),
        ("http://127.0.0.2:11434/v1", OWN, PROXY, ""),
        ("http://[::1]:11434/v1", OWN, PROXY, ""),
        ("http://8.8.8.8/v1", "", PROXY, PROXY),
    ],
)
def test_the_nearest_proxy_serves_what_is_not_near(
    url: str, own: str, common: str, expected: str
) -> None:
    assert proxy_for(url, own, common, {}) == expected


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ({}, ""),
        ({"https": PROXY}, PROXY),
        ({"http": PROXY}, ""),
        ({"all": "socks://127.0.0.1:1080/"}, "socks5://127.0.0.1:1080/"),
        ({"https": "proxy.test:3128"}, "http://proxy.test:3128"),
    ],
)
def test_the_systems_own_proxy_may_be_the_common_one(
    system: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ccr_desktop.core.upstream.proxies.getproxies", lambda: system)

    assert proxy_for("https://api.test/v1", "", SYSTEM_PROXY, {}) == expected
    assert proxy_for("https://api.test/v1", OWN, SYSTEM_PROXY, {}) == OWN
    assert proxy_for("http://nas:1/v1", "", SYSTEM_PROXY, {}) == ""


def test_the_list_of_exceptions_is_for_the_common_proxy() -> None:
    environment = {"NO_PROXY": "api.test"}

    assert proxy_for("https://api.test/v1", "", PROXY, environment) == ""
    assert proxy_for("https://api.test/v1", OWN, PROXY, environment) == OWN


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("192.168.0.1", True),
        ("169.254.1.1", True),
        ("fd00::1", True),
        ("fe80::1", True),
        ("box", True),
        ("Box.LAN", True),
        ("host.docker.internal", True),
        ("printer.local", True),
        ("api.example.com", False),
        ("1.1.1.1", False),
        ("2606:4700::1111", False),
        ("local", True),
        ("notlocal.com", False),
    ],
)
def test_the_own_network_is_known(host: str, expected: bool) -> None:
    assert is_private(host) is expected


@pytest.mark.parametrize(
    ("listed", "host", "port", "expected"),
    [
        ("*", "anything.test", 443, True),
        ("example.com", "example.com", 443, True),
        ("example.com", "api.EXAMPLE.com", 443, True),
        (".example.com", "api.example.com", 443, True),
        ("*.example.com", "api.example.com", 443, True),
        ("example.com", "notexample.com", 443, False),
        ("a.test, example.com ,b.test", "example.com", 443, True),
        ("a.test b.test", "b.test", 443, True),
        ("example.com:8443", "example.com", 8443, True),
        ("example.com:8443", "example.com", 443, False),
        ("8.8.8.8", "8.8.8.8", 443, True),
        ("8.8.0.0/16", "8.8.4.4", 443, True),
        ("8.8.0.0/16", "8.9.4.4", 443, False),
        ("2606:4700::/32", "2606:4700::1111", 443, True),
        ("[2606:4700::1111]:443", "2606:4700::1111", 443, True),
        ("8.8.8.8/x", "8.8.8.8", 443, False),
        ("", "example.com", 443, False),
        (",, ,", "example.com", 443, False),
    ],
)
def test_the_list_of_exceptions_is_read(listed: str, host: str, port: int, expected: bool) -> None:
    assert is_listed(host, port, {"NO_PROXY": listed}) is expected
    assert is_listed(host, port, {"no_proxy": listed, "NO_PROXY": "other.test"}) is expected
