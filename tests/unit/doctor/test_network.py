"""Clock, proxies and certificates, with providers on loopback."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

from ccr_desktop.doctor.all_checks import all_checks
from ccr_desktop.doctor.check import Side, Verdict
from ccr_desktop.doctor.examine import examine
from tests.unit.doctor.conftest import Look, around_of


class Provider(ThreadingHTTPServer):
    """Answers everything with one status and a date of the test's choice."""

    ahead_s = 0.0
    status = 200

    @property
    def raw(self) -> dict[str, object]:
        url = f"http://127.0.0.1:{self.server_port}/v1/chat/completions"
        entry = {"name": "p", "api_base_url": url, "api_key": "key-0123456789", "models": ["m"]}
        return {"Providers": [entry], "Router": {"default": "p,m"}}


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        self.send_response_only(self.server.status)
        self.send_header("Date", formatdate(time.time() - self.server.ahead_s, usegmt=True))
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name there
        """Nothing is printed."""


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("ahead_s", "verdict", "word"),
    [
        (0.0, Verdict.OK, "right"),
        (-3600.0, Verdict.PROBLEM, "60 minutes behind"),
        (7200.0, Verdict.PROBLEM, "120 minutes ahead"),
        (130.0, Verdict.WARNING, "2 minutes ahead"),
        (-18000.0, Verdict.PROBLEM, "5 hours behind"),
        (91_658_580.0, Verdict.PROBLEM, "1061 days ahead"),
    ],
)
def test_the_clock_is_compared_with_that_of_providers(
    look: Look, provider: Provider, ahead_s: float, verdict: Verdict, word: str
) -> None:
    provider.ahead_s = ahead_s

    finding = look("clock", provider.raw)

    assert finding.verdict is verdict
    assert word in str(finding.text)


def test_without_providers_the_clock_is_not_checked(look: Look) -> None:
    assert look("clock").verdict is Verdict.UNCHECKED


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, Verdict.OK),
        (404, Verdict.OK),
        (401, Verdict.PROBLEM),
        (503, Verdict.WARNING),
    ],
)
def test_a_provider_is_judged_by_its_answer(
    look: Look, provider: Provider, status: int, verdict: Verdict
) -> None:
    provider.status = status

    assert look("provider:p", provider.raw).verdict is verdict


def test_a_provider_that_is_not_there_is_a_problem(look: Look) -> None:
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1/chat/completions"
        entry = {"name": "p", "api_base_url": url, "models": ["m"]}

        finding = look("provider:p", {"Providers": [entry], "Router": {"default": "p,m"}})

    assert (finding.verdict, finding.side) == (Verdict.PROBLEM, Side.COMPUTER)
    assert "refused" in str(finding.text)


def test_a_proxy_that_does_not_answer_is_shown_without_its_password(look: Look) -> None:
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        proxy = f"http://user:secret-word@127.0.0.1:{unused.getsockname()[1]}"

        finding = look("proxy", {"PROXY_URL": proxy})

    assert "does not answer: connection refused" in str(finding.text)
    assert (finding.verdict, finding.side) == (Verdict.PROBLEM, Side.NETWORK)
    assert "secret-word" not in repr(finding)


def test_a_proxy_whose_name_is_unknown_is_told_in_words(look: Look) -> None:
    finding = look("proxy", {"PROXY_URL": "http://proxy.invalid:3128"})

    assert "proxy.invalid:3128 does not answer: its name can't be resolved." in str(finding.text)


@pytest.fixture
def strict_proxy() -> Iterator[str]:
    """Its address: it leads those on who are `ada` with the password `s p`."""

    class Proxy(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            known = self.headers.get("Proxy-Authorization") == "Basic YWRhOnMgcA=="
            self.send_response_only(200 if known else 407)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name there
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("sign_in", "verdict", "said"),
    [
        ("", Verdict.PROBLEM, "wants a user name and password."),
        ("ada:wrong@", Verdict.PROBLEM, "does not accept the user name and password."),
        ("ada:s%20p@", Verdict.OK, "answers."),
    ],
)
def test_a_proxy_that_wants_to_know_who_is_told(
    look: Look, provider: Provider, strict_proxy: str, *, sign_in: str, verdict: Verdict, said: str
) -> None:
    finding = look("proxy", {**provider.raw, "PROXY_URL": f"http://{sign_in}{strict_proxy}"})

    assert str(finding.text) == f"The proxy http://{strict_proxy} {said}"
    assert finding.verdict is verdict


@pytest.mark.parametrize("word", ["secret-word", "sekret/word"])
def test_a_word_in_the_place_of_a_proxy_is_not_repeated(
    look: Look, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    async def nobody(*_: object, **__: object) -> None:
        raise OSError(113, "No route to host")

    monkeypatch.setattr("asyncio.open_connection", nobody)

    finding = look("proxy", {"PROXY_URL": word})

    assert word.partition("/")[0] not in repr(finding)


@pytest.mark.parametrize(
    ("environment", "verdict"),
    [
        ({"HTTP_PROXY": "http://proxy.test:1"}, Verdict.WARNING),
        ({"HTTP_PROXY": "http://proxy.test:1", "NO_PROXY": "127.0.0.1"}, Verdict.OK),
    ],
)
def test_a_proxy_between_claude_and_the_router_is_told(
    look: Look, environment: dict[str, str], verdict: Verdict
) -> None:
    assert look("proxy", None, environment).verdict is verdict


def test_variables_that_name_no_certificates_are_told(look: Look) -> None:
    finding = look("certificates", None, {"NODE_EXTRA_CA_CERTS": "/nowhere/ca.pem"})

    assert finding.verdict is Verdict.WARNING
    assert "NODE_EXTRA_CA_CERTS" in str(finding.text)


def test_certificates_that_went_bad_are_told_in_words(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(path)
    around = around_of(home, {"CA_FILE": str(path)})
    path.write_text("")

    [check] = [check for check in all_checks(around) if check.key == "certificates"]
    [result] = asyncio.run(examine([check], around))

    assert str(result.finding.text) == f"CA_FILE can't be used: {path} is empty."
    assert "BEGIN CERTIFICATE" in str(result.finding.remedy)
