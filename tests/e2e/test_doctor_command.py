"""`ccr doctor` from outside: planted faults are found, and a planted key is nowhere."""

import json
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.e2e.desk import Desk, posix_only

pytestmark = posix_only
PLANTED = "sk-planted-0123456789abcdef"
CLAUDE = "#!/bin/sh\necho '2.1.332 (Claude Code)'\n"


class _Provider(BaseHTTPRequestHandler):
    """Refuses the key it is given, repeats it, and lives an hour ago."""

    def do_GET(self) -> None:
        self.send_response_only(401)
        self.send_header("Date", formatdate(time.time() - 3600, usegmt=True))
        body = f"wrong key {self.headers['authorization']}".encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name there
        """Nothing is printed."""


@pytest.fixture
def provider_url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Provider) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1/chat/completions"
        server.shutdown()
        thread.join()


def results(said: str) -> dict[str, Any]:
    return {check["check"]: check for check in json.loads(said)["checks"]}


def test_a_machine_that_is_in_order_has_no_problems(desk: Desk) -> None:
    desk.install_claude(CLAUDE)
    with desk.serving():
        done = desk.ccr("doctor", "--json")

    found = results(done.stdout)
    assert done.returncode == 0, done.stdout
    for check in ("service", "port", "claude", "variables", "claude-settings", "folders"):
        assert found[check]["result"] == "ok", found[check]


def test_planted_faults_are_found_and_the_key_is_nowhere(desk: Desk, provider_url: str) -> None:
    broken = desk.home / "broken.py"
    broken.write_text("oops(", "utf-8")
    provider = {
        "name": "mine",
        "api_base_url": provider_url,
        "api_key": PLANTED,
        "models": ["m"],
    }
    desk.write_config(
        {
            "Providers": [provider],
            "Router": {"default": "mine,m"},
            "transformers": [{"path": str(broken)}],
            "LOGG": True,
        }
    ).chmod(0o644)
    settings = desk.home / ".claude" / "settings.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"env": {"ANTHROPIC_AUTH_TOKEN": PLANTED}}), "utf-8")
    profile = desk.home / ".profile"
    profile.write_text(f"\nexport ANTHROPIC_API_KEY={PLANTED}\n", "utf-8")
    (desk.home / "desk" / "logs").write_text("a file", "utf-8")
    desk.extra |= {"ANTHROPIC_BASE_URL": f"http://user:{PLANTED}@127.0.0.1:9"}
    support = desk.home / "support.txt"

    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", desk.port))
        other.listen()
        done = desk.ccr("doctor", "--json", "--support", str(support))
        shown = desk.ccr("doctor")

    found = results(done.stdout)
    assert done.returncode == shown.returncode == 1
    expected = {
        "port": "problem",
        "configuration": "warning",
        "plugins": "problem",
        "variables": "warning",
        "claude-settings": "problem",
        "provider:mine": "problem",
        "clock": "problem",
        "folders": "problem",
        "permissions": "problem",
    }
    assert {check: found[check]["result"] for check in expected} == expected
    assert "60 minutes ahead" in found["clock"]["text"]
    assert f"ANTHROPIC_API_KEY: {profile}, line 2" in found["variables"]["details"]
    for text in (done.stdout, done.stderr, shown.stdout, shown.stderr, support.read_text("utf-8")):
        assert text or text == ""
        assert PLANTED not in text


def test_what_is_ours_is_mended_and_nothing_else(desk: Desk) -> None:
    desk.install_claude(CLAUDE)
    file = desk.write_config({"LOG": False, "APIKEY": PLANTED})
    file.chmod(0o644)
    settings = desk.home / ".claude" / "settings.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"env": {"ANTHROPIC_AUTH_TOKEN": "x"}}), "utf-8")
    before = settings.read_bytes()

    done = desk.ccr("doctor", "--json", "--fix", "--yes")
    stopped = desk.ccr("stop")

    assert json.loads(done.stdout)["fixed"] == ["permissions", "service"]
    assert results(done.stdout)["permissions"]["result"] == "ok"
    assert results(done.stdout)["service"]["result"] == "ok"
    assert stopped.returncode == 0, stopped.stderr
    assert done.returncode == 1
    assert file.stat().st_mode & 0o777 == 0o600
    assert settings.read_bytes() == before


@pytest.mark.parametrize("both", [False, True], ids=["stdout", "both streams"])
def test_whoever_reads_its_lines_may_leave_early(desk: Desk, *, both: bool) -> None:
    with subprocess.Popen(
        desk.command("doctor"),
        env=desk.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if both else subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        first = process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read() if process.stderr else ""
        code = process.wait(timeout=60)

    assert (first.split()[0], said) == ("ok", "")
    assert code in {0, 1}  # not that of a crash; 0 where it had written all by then
