"""The router in the background: started, asked, restarted and ended by commands."""

import http.client
import json
import os
import socket
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.e2e.desk import LIMIT_S, Desk, posix_only
from tests.support.router import config
from tests.support.turns import text
from tests.support.upstream import Upstream

pytestmark = posix_only
BODY = {"model": "claude-haiku-5", "messages": [{"role": "user", "content": "hi"}]}


@pytest.fixture(autouse=True)
def ended(desk: Desk):  # type: ignore[no-untyped-def]
    """Nothing of the test stays behind."""
    yield
    desk.ccr("stop")
    assert not desk.is_served()


def test_a_day_in_the_life_of_the_service(desk: Desk) -> None:
    before = desk.ccr("status")
    started = desk.ccr("start")
    again = desk.ccr("start")
    status = json.loads(desk.ccr("status", "--json").stdout)
    restarted = desk.ccr("restart")
    other = json.loads(desk.ccr("status", "--json").stdout)
    stopped = desk.ccr("stop")
    nothing = desk.ccr("stop")

    assert (before.returncode, "not running" in before.stdout) == (0, True)
    assert (started.returncode, desk.url in started.stdout) == (0, True)
    assert (again.returncode, "already" in again.stdout) == (0, True)
    assert (status["running"], status["url"]) == (True, desk.url)
    assert restarted.returncode == 0
    assert other["pid"] != status["pid"]
    assert (stopped.returncode, stopped.stdout) == (0, "The router has stopped.\n")
    assert (nothing.returncode, nothing.stdout) == (0, "The router was not running.\n")
    assert not list((desk.home / "desk" / "data" / "run").iterdir())


def test_a_service_that_can_leave_no_run_file_is_stopped_all_the_same(desk: Desk) -> None:
    data = desk.home / "desk" / "data"
    data.mkdir(parents=True)
    (data / "run").write_text("a file, not a folder", encoding="utf-8")

    started = desk.ccr("start")
    status = json.loads(desk.ccr("status", "--json").stdout)
    stopped = desk.ccr("stop")

    assert started.returncode == 0
    assert status["running"]
    assert "run file" in status["problems"][0]
    assert (stopped.returncode, stopped.stdout) == (0, "The router has stopped.\n")


def test_a_start_keeps_no_pipe_open_and_needs_no_input(desk: Desk) -> None:
    """As in `ccr start | tee`, or from a job without a terminal or standard input.

    A pipe that stays open would be read until the router ends.
    """
    command = " ".join(desk.command("start"))
    done = subprocess.run(
        ["sh", "-c", f"{command} <&- | cat"],
        env=desk.environment,
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT_S,
        check=False,
    )

    assert desk.url in done.stdout
    assert desk.is_served()


def test_nothing_of_the_current_folder_is_run(desk: Desk) -> None:
    """A checkout may hold files that are named like modules that the service imports."""
    for name in ("secrets", "logging", "aiohttp", "ccr_desktop"):
        (desk.home / f"{name}.py").write_text("raise SystemExit('code of the folder')\n", "utf-8")

    started, restarted = desk.ccr("start"), desk.ccr("restart")

    assert (started.returncode, restarted.returncode) == (0, 0), started.stderr + restarted.stderr


def test_commands_work_without_any_stream(desk: Desk) -> None:
    """As from a job that closed all three."""

    def run(command: str) -> int:
        line = f"{' '.join(desk.command())} {command} <&- >&- 2>&-"
        return subprocess.run(
            ["sh", "-c", line], env=desk.environment, timeout=LIMIT_S, check=False
        ).returncode

    commands = ("status", "start", "restart", "status --json", "ask hi", "logs", "env", "model")
    assert {command: run(command) for command in commands} == dict.fromkeys(commands, 0)
    assert desk.is_served()
    assert run("stop") == 0
    assert run("providers add") == 2
    assert run("keys set x") == 1


def test_two_starts_at_once_make_one_service(desk: Desk) -> None:
    with ThreadPoolExecutor(2) as both:
        results = list(both.map(lambda _: desk.ccr("start"), range(2)))

    assert [result.returncode for result in results] == [0, 0]
    assert desk.is_served()
    assert len(list((desk.home / "desk" / "data" / "run").iterdir())) == 1


def test_a_restart_of_nothing_is_a_start_and_keeps_the_file(desk: Desk) -> None:
    other = desk.home / "team.json"
    other.write_text('{"Router": {}, "LOG_LEVEL": "debug"}')

    assert desk.ccr("restart", "--config", str(other)).returncode == 0
    assert desk.ccr("restart").returncode == 0

    assert json.loads(desk.ccr("status", "--json").stdout)["config"] == str(other)
    start_log = desk.home / "desk" / "logs" / "service-start.log"
    assert start_log.stat().st_mode & 0o077 == 0


def test_a_start_needs_no_place_for_its_log(desk: Desk) -> None:
    (desk.home / "desk" / "data").mkdir(parents=True)
    (desk.home / "desk" / "logs").write_text("a file, not a folder", encoding="utf-8")

    started = desk.ccr("start")
    try:
        assert started.returncode == 0, started.stderr
        assert desk.is_served()
        assert "no log is kept" in desk.ccr("status").stdout
    finally:
        desk.ccr("stop")


def test_a_start_with_another_file_than_the_one_in_force_fails(desk: Desk) -> None:
    used = desk.write_config({"LOG_LEVEL": "debug"})
    other = desk.home / "team.json"
    other.write_text("{}")
    desk.ccr("start")

    refused = desk.ccr("start", "--config", "team.json")
    same = desk.ccr("start", "--config", str(used))
    desk.ccr("restart", "--config", "team.json")
    changed = desk.ccr("start", "--config", "team.json")

    assert refused.returncode == 3
    assert f"It uses {used}." in refused.stderr
    assert str(other) in refused.stderr
    assert (same.returncode, changed.returncode) == (0, 0)


def test_a_start_says_where_it_listens(desk: Desk) -> None:
    """A port that the system chose, and this machine only as long as there is no key."""
    started = desk.ccr("start", "--port", "0", "--host", "0.0.0.0")
    url = started.stdout.split()[-1].removesuffix(".")

    stopped = desk.ccr("stop", "--port", url.rpartition(":")[2])

    assert not url.endswith(":0")
    assert "HOST: 0.0.0.0 is open to other machines" in started.stderr
    assert stopped.stdout == "The router has stopped.\n"


def test_a_bad_configuration_is_told_with_code_2(desk: Desk) -> None:
    desk.write_config({"Router": {"default": "nobody,x"}, "PORT": "many"})

    result = desk.ccr("start")

    assert result.returncode == 2
    assert "Router.default" in result.stderr
    assert "PORT" in result.stderr


def test_a_restart_with_a_bad_file_leaves_the_old_service_running(desk: Desk) -> None:
    desk.ccr("start")
    desk.write_config("{")

    result = desk.ccr("restart")

    assert result.returncode == 2
    assert desk.is_served()
    assert desk.ccr("stop").stdout == "The router has stopped.\n"


def test_a_foreign_program_on_the_port_is_named_and_left_alone(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", desk.port)) as foreign:
        threading.Thread(target=_hang_up, args=(foreign,), daemon=True).start()
        run_file = desk.home / "desk" / "data" / "run" / f"{desk.port}.json"
        run_file.parent.mkdir(parents=True)
        told = {"pid": os.getpid(), "url": desk.url, "token": "stale"}
        run_file.write_text(json.dumps(told))  # of a service that is gone; its number is ours now

        config = desk.write_config('{"PORT": 1, /* mine */}')
        start, stop = desk.ccr("start"), desk.ccr("stop")
        assert config.read_text() == '{"PORT": 1, /* mine */}'  # a failure is no reason to touch it
        status = desk.ccr("status")

    for result in (start, stop):
        assert result.returncode == 3
        assert f"process {os.getpid()}" in result.stderr
    assert (status.returncode, "not running" in status.stdout) == (0, True)


def _hang_up(listener: socket.socket) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        connection.close()


def test_a_stale_run_file_is_survived(desk: Desk) -> None:
    run_file = desk.home / "desk" / "data" / "run" / f"{desk.port}.json"
    run_file.parent.mkdir(parents=True)
    run_file.write_text(json.dumps({"pid": 1, "url": desk.url, "token": "stale"}))

    assert desk.ccr("stop").stdout == "The router was not running.\n"
    assert desk.ccr("start").returncode == 0


def test_what_only_says_that_it_is_the_router_is_not_ended(desk: Desk) -> None:
    class Says(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"name": "CCR Desktop"}')

    with ThreadingHTTPServer(("127.0.0.1", desk.port), Says) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        result = desk.ccr("stop")

        server.shutdown()
    assert result.returncode == 1
    assert f"process {os.getpid()}" in result.stderr


def test_a_stop_lets_a_running_stream_end(desk: Desk, upstream: Upstream) -> None:
    desk.write_config({k: v for k, v in config(upstream.chat_url).items() if k != "APIKEY"})
    may_end = threading.Event()
    upstream.script(replace(text("One two three."), held=may_end))
    desk.ccr("start")
    body = json.dumps({**BODY, "max_tokens": 9, "stream": True})
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=LIMIT_S)
    with closing(connection), ThreadPoolExecutor(1) as aside:
        connection.request("POST", "/v1/messages", body)
        response = connection.getresponse()
        response.readline()
        stopping = aside.submit(desk.ccr, "stop")
        while desk.listens():
            assert not stopping.done(), stopping.result()
        may_end.set()
        rest = response.read().decode()

    assert "message_stop" in rest
    assert stopping.result().stdout == (
        "The router has stopped.\nIt finishes 1 answer that is on the way, for 10 s at most.\n"
    )


def test_a_changed_file_takes_effect_in_the_running_service(desk: Desk, upstream: Upstream) -> None:
    desk.ccr("start")
    desk.write_config({k: v for k, v in config(upstream.chat_url).items() if k != "APIKEY"})

    deadline = time.monotonic() + LIMIT_S
    while json.loads(desk.ccr("status", "--json").stdout)["routes"]["default"] != [
        "mock,main-model"
    ]:
        assert time.monotonic() < deadline

    assert json.loads(desk.ccr("ask", "hi", "--json").stdout)["route"] == "mock,main-model"


def test_route_explain_sends_nothing_and_tells_all(desk: Desk, upstream: Upstream) -> None:
    desk.write_config(config(upstream.chat_url))
    place = desk.home / "request.json"
    place.write_text(json.dumps(BODY))

    piped = desk.ccr("route", "explain", "--json", stdin=json.dumps(BODY))
    from_file = desk.ccr("route", "explain", str(place), "--header", "x-a=b", "--json")

    for_people = desk.ccr("route", "explain", str(place))

    assert for_people.stdout.startswith("mock,small-model  (background;")
    told = json.loads(piped.stdout)
    assert set(told) == {"route", "scenario", "tokens", "trace", "fallbacks"}
    assert (told["route"], told["scenario"]) == ("mock,small-model", "background")
    assert told["trace"][-1] == {
        "rule": "background",
        "matched": True,
        "reason": "claude-haiku-5 is a Haiku model",
    }
    assert from_file.stdout == piped.stdout
    assert upstream.requests == []


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (["route", "explain"], "{", "not valid JSON"),
        (["route", "explain"], "{}", "model"),
        (["route", "explain", "nothing.json"], "", "nothing.json"),
        (["route", "explain", "--header", "x"], json.dumps(BODY), "NAME=VALUE"),
        (["route"], "", "explain"),
        (["strat"], "", "Did you mean `ccr start`?"),
    ],
)
def test_bad_input_gets_a_sentence_and_code_2(
    desk: Desk, arguments: list[str], stdin: str, words: str
) -> None:
    result = desk.ccr(*arguments, stdin=stdin)

    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_logs_are_printed_and_followed(desk: Desk) -> None:
    empty = desk.ccr("logs")
    desk.ccr("start")
    desk.ccr("ask", "hello")
    deadline = time.monotonic() + LIMIT_S
    while "finished" not in (objects := desk.ccr("logs", "--server").stdout):
        assert time.monotonic() < deadline
    words = desk.ccr("logs", "--lines", "1")
    with subprocess.Popen(
        desk.command("logs", "-f", "--lines", "0"),
        env=desk.environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as following:
        assert following.stdout is not None
        with ThreadPoolExecutor(1) as pool:
            reading = pool.submit(following.stdout.readline)
            while not reading.done():  # nothing tells when it begins to follow
                desk.ccr("ask", "again")
        line = reading.result()
        following.terminate()

    assert (empty.returncode, "no log yet" in empty.stderr) == (1, True)
    assert "demo,demo-model" in words.stdout
    assert "demo,demo-model" in line
    assert {json.loads(entry)["type"] for entry in objects.splitlines()} >= {"finished"}


@pytest.mark.parametrize("command", ["env", "activate"])
def test_the_variables_work_in_a_real_shell(desk: Desk, command: str) -> None:
    desk.write_config({"APIKEY": 'it\'s $x `odd` "key"'})
    printed = desk.ccr(command, "--shell", "sh").stdout
    names = "$ANTHROPIC_BASE_URL", "$ANTHROPIC_AUTH_TOKEN", "${ANTHROPIC_API_KEY-none}"
    values = " ".join(f'"{name}"' for name in names)
    script = f"{printed}\nprintf '%s|%s|%s' {values}"

    told = subprocess.run(
        ["sh", "-c", script],
        env={**desk.environment, "ANTHROPIC_API_KEY": "mine"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout

    assert told == f'{desk.url}|it\'s $x `odd` "key"|none'


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_offers_commands_and_their_options(desk: Desk, shell: str) -> None:
    printed = desk.ccr("completion", shell).stdout

    for word in ("statusline", "providers", "--until-released", "explain"):
        assert word in printed


def test_bash_completes(desk: Desk, tmp_path: Path) -> None:
    script = tmp_path / "completion.bash"
    script.write_text(desk.ccr("completion", "bash").stdout)
    asking = f". {script}; COMP_WORDS=(ccr sta); COMP_CWORD=1; _ccr; echo ${{COMPREPLY[@]}}"

    told = subprocess.run(["bash", "-c", asking], capture_output=True, encoding="utf-8", check=True)

    assert told.stdout.split() == ["start", "status", "statusline"]
