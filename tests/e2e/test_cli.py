"""The commands as users run them: real processes, real ports, a home of their own."""

import http.client
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.support.process import clean_environment, run_bounded
from tests.support.router import config
from tests.support.turns import text
from tests.support.upstream import Upstream

PACKAGE_PARENT = Path(__file__).parents[2]
LIMIT_S = 40
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals and scripts of POSIX")

FAKE_CLAUDE = """\
#!{python}
import json, os, sys, urllib.request
place = os.environ["CLAUDE_REPORT"]
health = urllib.request.urlopen(os.environ["ANTHROPIC_BASE_URL"] + "/health").read().decode()
report = {{"argv": sys.argv[1:], "env": dict(os.environ), "health": health,
          "stdin": sys.stdin.read() if "--read-stdin" in sys.argv else ""}}
open(place, "w").write(json.dumps(report))
if "CLAUDE_WAITS_FOR" in os.environ:
    open(os.environ["CLAUDE_WAITS_FOR"]).read()
sys.exit(int(os.environ.get("CLAUDE_EXIT", "0")))
"""


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Desk:
    """A user's machine: a home, a folder of programs, a free port."""

    home: Path
    port: int = field(default_factory=free_port)
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def report(self) -> Any:
        """What the stand-in for Claude Code saw."""
        return json.loads((self.home / "report.json").read_text(encoding="utf-8"))

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "CCR_DESKTOP_HOME": str(self.home / "desk"),
            "PYTHONPATH": str(PACKAGE_PARENT),
            "SERVICE_PORT": str(self.port),
            "CLAUDE_REPORT": str(self.home / "report.json"),
        }
        return clean_environment(self.home, {**own, **self.extra})

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "ccr_desktop", *arguments]

    def ccr(self, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        command = self.command(*arguments)
        return run_bounded(
            command, cwd=self.home, env=self.environment, timeout_s=LIMIT_S, stdin=stdin
        )

    def write_config(self, content: Any) -> Path:
        path = self.home / "desk" / "config" / "config.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return path

    def install_claude(self, content: str = FAKE_CLAUDE) -> Path:
        """A stand-in for Claude Code on the PATH."""
        folder = self.home / "bin"
        folder.mkdir(exist_ok=True)
        program = folder / "claude"
        program.write_text(content.format(python=sys.executable), encoding="utf-8")
        program.chmod(0o755)
        self.extra["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"
        return program

    def is_served(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    @contextmanager
    def serving(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """A service in the foreground, ready."""
        process = subprocess.Popen(
            self.command("serve", *arguments),
            cwd=self.home,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        with process:
            try:
                assert process.stdout is not None
                line = process.stdout.readline()
                assert line.startswith("ready "), process.stderr and process.stderr.read()
                yield process
            finally:
                process.kill()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream(text("Hello from upstream.")) as server:
        yield server


def end(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[int, str, str]:
    """Ask a process to end: exit code, and the rest of what it printed."""
    process.send_signal(number)
    out, err = process.communicate(timeout=LIMIT_S)
    return process.returncode, out, err


# -- the command itself ------------------------------------------------------------------------


@posix_only
@pytest.mark.parametrize("arguments", ["--help", "ask hello"])
def test_a_reader_that_leaves_early_gets_no_complaint(desk: Desk, arguments: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            desk.command(*arguments.split()),
            cwd=desk.home,
            env=desk.environment,
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=LIMIT_S,
            check=False,
        )
    finally:
        os.close(writer)

    assert done.returncode in {0, 1}
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


# -- serve -------------------------------------------------------------------------------------


@posix_only
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["term", "int"])
def test_serve_prints_one_line_and_ends_when_it_is_told(desk: Desk, number: int) -> None:
    with desk.serving() as process:
        assert desk.is_served()

        code, out, err = end(process, number)

    assert code == 0
    assert out == ""
    assert f"ANTHROPIC_BASE_URL={desk.url}" in err
    assert "Traceback" not in err
    assert not desk.is_served()
    assert not list((desk.home / "desk" / "data" / "run").iterdir())


@posix_only
def test_serve_lets_a_running_stream_finish(desk: Desk, upstream: Upstream) -> None:
    desk.write_config({k: v for k, v in config(upstream.chat_url).items() if k != "APIKEY"})
    words = text("One two three four five six seven eight nine ten.", piece_chars=5)
    upstream.script(replace(words, gap_s=0.05))
    body = {
        "model": "claude-sonnet-5",
        "max_tokens": 9,
        "stream": True,
        "messages": [{"role": "user", "content": "Count"}],
    }
    with desk.serving() as process:
        connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=LIMIT_S)
        connection.request("POST", "/v1/messages", json.dumps(body))
        response = connection.getresponse()
        first = response.readline()
        process.send_signal(signal.SIGTERM)
        rest = response.read()
        connection.close()
        process.communicate(timeout=LIMIT_S)

    assert first == b"event: message_start\n"
    assert b"ten." in rest
    assert b"message_stop" in rest
    assert process.returncode == 0


def test_the_port_option_beats_the_variable_and_that_the_file(desk: Desk) -> None:
    in_file, in_option = free_port(), free_port()
    desk.write_config({"PORT": in_file})

    with desk.serving():
        assert desk.is_served()
    by_variable, desk.port = desk.port, in_option
    desk.extra["SERVICE_PORT"] = str(by_variable)
    with desk.serving("--port", str(in_option)):
        assert desk.is_served()
    desk.port = in_file
    desk.extra["SERVICE_PORT"] = ""
    with desk.serving():
        assert desk.is_served()


def test_a_port_in_use_is_told_with_its_holder(desk: Desk) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", desk.port))
        holder.listen()

        done = desk.ccr("serve")

    assert done.returncode == 3
    assert f"Port {desk.port} is in use" in done.stderr
    assert f"process {os.getpid()}" in done.stderr
    assert "--port" in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_home_that_cannot_be_written_is_told(desk: Desk) -> None:
    (desk.home / "desk").write_text("a file, not a folder", encoding="utf-8")

    done = desk.ccr("serve")

    assert done.returncode == 3
    assert "CCR_DESKTOP_HOME" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_headless_service_loads_nothing_that_it_does_not_need(desk: Desk) -> None:
    program = """
        import asyncio, sys
        from dataclasses import replace
        import ccr_desktop.cli.main, ccr_desktop.cli.serve
        from ccr_desktop.core.config.reader import load_config
        from ccr_desktop.core.service import Service

        async def live():
            service = Service(replace(load_config(None), port=0))
            await service.start()
            await service.stop()

        asyncio.run(live())
        unwanted = ("PySide6", "qasync", "keyring", "tiktoken", "psutil", "json5")
        print([name for name in unwanted if name in sys.modules])
    """
    done = run_bounded(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=desk.home,
        env=desk.environment,
        timeout_s=LIMIT_S,
    )

    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


# -- ask ---------------------------------------------------------------------------------------


def test_ask_works_without_any_configuration(desk: Desk) -> None:
    done = desk.ccr("ask", "hello")

    assert done.returncode == 0
    assert "demo provider" in done.stdout
    assert "demo,demo-model" in done.stderr
    assert not desk.is_served()
    assert not list((desk.home / "desk" / "data" / "run").iterdir())


def test_ask_uses_the_service_that_runs(desk: Desk, upstream: Upstream) -> None:
    desk.write_config(config(upstream.chat_url))

    with desk.serving():
        done = desk.ccr("ask", "hello", "--json")
        log = desk.home / "desk" / "logs" / "ccr-desktop.log"
        served = desk.is_served()

    told = json.loads(done.stdout)
    assert told["decision"]["route"] == "mock,main-model"
    assert served
    assert log.exists()


# -- code --------------------------------------------------------------------------------------


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
    for _ in range(10_000):
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise TimeoutError(f"nobody listens on {port}")


@posix_only
def test_the_files_of_the_service_are_private(desk: Desk) -> None:
    with desk.serving():
        [run_file] = (desk.home / "desk" / "data" / "run").iterdir()

        assert stat.S_IMODE(run_file.stat().st_mode) == 0o600
        assert stat.S_IMODE(run_file.parent.stat().st_mode) == 0o700
