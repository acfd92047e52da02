"""`ccr status`: what it makes of what the service tells, or of a port that tells nothing."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from ccr_desktop import runfile
from ccr_desktop.cli import status
from ccr_desktop.errors import ServiceError
from tests.support.ports import free_port
from tests.unit.cli.conftest import Run

TOLD: dict[str, Any] = {
    "running": True,
    "version": "0.0.1",
    "pid": 4711,
    "url": "http://127.0.0.1:3456",
    "since_s": 0.0,
    "config": None,
    "route_set": "Night",
    "routes": {"default": ["p,m", "q,n"]},
    "running_requests": 2,
    "holders": 0,
    "problems": ["PORT: found 'x'."],
}

AT_0 = datetime.fromtimestamp(0.0).astimezone()


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Any:
    def answers(*, runs: bool | Exception, told: Any = None) -> None:
        def is_running(_: object) -> bool:
            if isinstance(runs, Exception):
                raise runs
            return runs

        monkeypatch.setattr(status, "is_running", is_running)
        monkeypatch.setattr(status, "manage", lambda *_: told)

    return answers


def test_everything_that_is_known_is_shown(service: Any, run: Run) -> None:
    service(runs=True, told={**TOLD, "since_s": time.time() - 3 * 3600 - 25 * 60})

    done = run("status")

    assert done.code == 0
    for words in (
        "4711",
        "3 h 25 min",
        "built in",
        "Night",
        "p,m, then q,n",
        "0.0.1; this command",
    ):
        assert words in done.out
    assert "note: PORT: found 'x'." in done.out


def test_a_file_that_is_not_in_force_is_an_error(service: Any, run: Run) -> None:
    rejected = {"path": "/c.json", "since_s": time.time(), "errors": ["Router.default: no."]}
    problems = [*rejected["errors"], "LOG: found 1."]
    service(runs=True, told={**TOLD, "problems": problems, "file_out_of_force": rejected})

    shown = run("status").out

    day = datetime.fromtimestamp(rejected["since_s"]).astimezone().strftime("%Y-%m-%d")
    assert f"error: /c.json has errors and is NOT in force since {day}" in shown
    assert "configuration from before goes on" in shown
    assert "error: Router.default: no." in shown
    assert "note: LOG: found 1." in shown


def test_programs_get_what_the_service_said(service: Any, run: Run) -> None:
    service(runs=True, told=TOLD)

    assert json.loads(run("status", "--json").out) == {**TOLD, "others": []}


@pytest.mark.parametrize("runs", [False, True])
def test_without_an_answer_only_that_is_told(service: Any, run: Run, runs: bool) -> None:
    service(runs=runs)

    told = json.loads(run("status", "--json").out)

    assert told["running"] is runs
    assert ["run file" in words for words in told["problems"]] == [True] * runs
    assert run("status").code == 0


def test_another_program_on_the_port_is_a_note(service: Any, run: Run) -> None:
    service(runs=ServiceError("Port 3456 is in use", "python (process 7) answers there."))

    done = run("status")

    assert (done.code, "not running" in done.out) == (0, True)
    assert "process 7" in done.out


@pytest.mark.parametrize(
    ("until_s", "words"), [(None, "until you resume it"), (0.0, f"until {AT_0:%H:%M};")]
)
def test_a_pause_is_shown_with_its_end(
    service: Any, run: Run, until_s: float | None, words: str
) -> None:
    service(runs=True, told={**TOLD, "paused": True, "paused_until_s": until_s})

    out = run("status").out

    assert words in out
    assert "`ccr resume` ends that" in out


class _Router(BaseHTTPRequestHandler):
    """Says that it is what `name` says."""

    name = "CCR Desktop"

    def do_GET(self) -> None:
        text = json.dumps({"name": self.name}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        pass


class _Stranger(_Router):
    name = "another program"


@pytest.fixture
def other_ports(run: Run) -> Iterator[list[int]]:
    """Of a router and of another program, each with a run file; and one that nobody has."""
    servers = [HTTPServer(("127.0.0.1", 0), handler) for handler in (_Router, _Stranger)]
    threads = [threading.Thread(target=server.serve_forever) for server in servers]
    for thread in threads:
        thread.start()
    ports = [*(server.server_port for server in servers), free_port()]
    for port in ports:
        runfile.write(port, runfile.RunInfo(4711, f"http://127.0.0.1:{port}", "token"))
    yield ports
    for server, thread in zip(servers, threads, strict=True):
        server.shutdown()
        thread.join()
        server.server_close()


def test_routers_on_other_ports_are_named_where_they_answer(
    run: Run, other_ports: list[int]
) -> None:
    url = f"http://127.0.0.1:{other_ports[0]}"
    free = str(free_port())

    told = json.loads(run("status", "--port", free, "--json").out)
    assert told["others"] == [{"url": url, "pid": 4711}]
    assert run("status", "--port", free).out.endswith(
        f"Another router runs on {url} (process 4711).\n"
    )
    stopped = run("stop", "--port", free)
    assert stopped.out.splitlines() == [
        "The router was not running.",
        f"Another router runs on {url}: `ccr stop --port {other_ports[0]}` stops that one.",
    ]
    assert json.loads(run("status", "--port", str(other_ports[0]), "--json").out)["others"] == []
