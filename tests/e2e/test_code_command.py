"""`code` as users run it: what Claude Code gets, and the service that is started for it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.e2e.desk import LIMIT_S, Desk, posix_only
from tests.support.router import config
from tests.support.upstream import Upstream


@posix_only
def test_claude_gets_arguments_and_input_unchanged_and_its_exit_code_is_passed_on(
    desk: Desk,
) -> None:
    desk.install_claude()
    odd = ["-p", "say \"hi\" to 'me'", "$HOME `id` \\ *", "two\nlines", "", "--help", "-", "ü"]
    desk.extra["CLAUDE_EXIT"] = "42"

    done = desk.ccr("code", "--read-stdin", *odd, stdin="a prompt")

    assert done.returncode == 42, done.stderr
    assert desk.report["argv"] == ["--read-stdin", *odd]
    assert desk.report["stdin"] == "a prompt"


@posix_only
def test_claude_is_led_to_the_router_by_its_environment(desk: Desk, upstream: Upstream) -> None:
    desk.install_claude()
    desk.write_config(config(upstream.chat_url) | {"API_TIMEOUT_MS": 1234})
    desk.extra |= {
        "NO_PROXY": "intranet.example",
        "no_proxy": "other.example",
        "ANTHROPIC_API_KEY": "the-users-own",
        "CLAUDE_CODE_USE_BEDROCK": "1",
        "KEPT": "yes",
    }

    done = desk.ccr("code")

    assert done.returncode == 0, done.stderr
    seen = desk.report["env"]
    assert seen["ANTHROPIC_BASE_URL"] == desk.url
    assert seen["ANTHROPIC_AUTH_TOKEN"] == "test-key"
    assert seen["API_TIMEOUT_MS"] == "1234"
    assert seen["KEPT"] == "yes"
    assert seen["DISABLE_TELEMETRY"] == "true"
    assert "ANTHROPIC_API_KEY" not in seen
    assert "CLAUDE_CODE_USE_BEDROCK" not in seen
    for name in ("NO_PROXY", "no_proxy"):
        hosts = set(seen[name].split(","))
        assert {"intranet.example", "other.example", "127.0.0.1", "localhost"} <= hosts
    assert json.loads(desk.report["health"])["status"] == "ok"


@posix_only
def test_nothing_is_written_into_the_home_of_the_user(desk: Desk) -> None:
    desk.install_claude()
    settings = desk.home / ".claude" / "settings.json"
    settings.parent.mkdir()
    settings.write_text('{"env": {"ANTHROPIC_BASE_URL": "http://elsewhere"}}', encoding="utf-8")
    own = {desk.home / "desk", desk.home / "report.json"}

    def files() -> dict[Path, bytes]:
        found = (path for path in desk.home.rglob("*") if path.is_file())
        return {p: p.read_bytes() for p in found if not own & {p, *p.parents}}

    before = files()
    done = desk.ccr("code")

    assert files() == before
    assert str(settings) in done.stderr
    assert "ANTHROPIC_BASE_URL" in done.stderr


def pid_of_service(desk: Desk) -> int:
    path = desk.home / "desk" / "data" / "run" / f"{desk.port}.json"
    return int(json.loads(path.read_text(encoding="utf-8"))["pid"])


def await_end_of(pid: int) -> None:
    """Wait for a process that is not a child of this one."""
    try:
        psutil.Process(pid).wait(timeout=LIMIT_S)
    except psutil.NoSuchProcess:
        return


@contextmanager
def claude_at_work(desk: Desk, name: str) -> Iterator[subprocess.Popen[str]]:
    """A `ccr code` whose Claude Code waits until the test lets it go."""
    gate = desk.home / name
    os.mkfifo(gate)
    report = desk.home / f"{name}.json"
    os.mkfifo(report)
    extra = {"CLAUDE_WAITS_FOR": str(gate), "CLAUDE_REPORT": str(report)}
    process = subprocess.Popen(
        desk.command("code", name),
        cwd=desk.home,
        env={**desk.environment, **extra},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    with process:
        try:
            assert json.loads(report.read_text(encoding="utf-8"))["argv"] == [name]
            yield process
            gate.write_text("go", encoding="utf-8")
            assert process.wait(timeout=LIMIT_S) == 0
        finally:
            process.kill()


@posix_only
def test_a_service_that_was_started_for_claude_ends_after_it(desk: Desk) -> None:
    desk.install_claude()

    with claude_at_work(desk, "first"):
        assert desk.is_served()
        pid = pid_of_service(desk)

    await_end_of(pid)
    assert not desk.is_served()
    assert not list((desk.home / "desk" / "data" / "run").iterdir())


@posix_only
def test_two_at_a_time_share_one_service(desk: Desk) -> None:
    desk.install_claude()

    with claude_at_work(desk, "second"):
        pid = pid_of_service(desk)
        with claude_at_work(desk, "first"):
            assert pid_of_service(desk) == pid
        assert desk.is_served()

    await_end_of(pid)
    assert not desk.is_served()


@posix_only
def test_a_service_that_ran_before_goes_on(desk: Desk) -> None:
    desk.install_claude()

    with desk.serving() as process:
        done = desk.ccr("code")

        assert done.returncode == 0
        assert process.poll() is None
        assert desk.is_served()


@posix_only
def test_a_service_that_the_user_starts_meanwhile_goes_on(desk: Desk) -> None:
    desk.install_claude()

    with claude_at_work(desk, "first"):
        started = desk.ccr("start")
    try:
        assert (started.returncode, "already" in started.stdout) == (0, True)
        until = time.monotonic() + LIMIT_S
        while json.loads(desk.ccr("status", "--json").stdout)["holders"] != 1:
            assert time.monotonic() < until  # the one who is left is the user
        assert desk.is_served()
    finally:
        desk.ccr("stop")


@posix_only
def test_another_program_on_the_port_is_not_taken_for_the_service(desk: Desk) -> None:
    desk.install_claude()
    server = [sys.executable, "-m", "http.server", str(desk.port), "--bind", "127.0.0.1"]
    process = subprocess.Popen(
        server, cwd=desk.home, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    with process:
        try:
            await_listener(desk.port)
            done = desk.ccr("code", "hello")
        finally:
            process.kill()

    assert done.returncode == 3
    assert f"Port {desk.port} is in use" in done.stderr
    assert str(process.pid) in done.stderr
    assert "SERVICE_PORT" in done.stderr


def await_listener(port: int) -> None:
    until = time.monotonic() + LIMIT_S
    while time.monotonic() < until:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise TimeoutError(f"nobody listens on {port}")
