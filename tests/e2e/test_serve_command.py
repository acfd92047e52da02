"""`serve` as users run it: how it starts and ends, its port, its files."""

import contextlib
import http.client
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import textwrap
from dataclasses import replace

import pytest

from tests.e2e.desk import LIMIT_S, Desk, posix_only
from tests.support.ports import free_port
from tests.support.process import run_bounded
from tests.support.router import config
from tests.support.turns import text
from tests.support.upstream import Upstream


def end(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[int, str, str]:
    """Ask a process to end: exit code, and the rest of what it printed."""
    process.send_signal(number)
    out, err = process.communicate(timeout=LIMIT_S)
    return process.returncode, out, err


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
def test_serve_ends_while_a_plugin_is_still_loading(desk: Desk, upstream: Upstream) -> None:
    plugin = desk.home / "mine.py"
    plugin.write_text("print('ready never', flush=True)\nimport time\ntime.sleep(60)")
    desk.write_config({**config(upstream.chat_url), "transformers": [str(plugin)]})
    with desk.serving() as process:
        code, _, err = end(process)

    assert (code, "Traceback" in err) == (0, False)
    assert "took longer" not in err  # it was not waited until a plugin may take no longer


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


@posix_only
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["term", "int"])
def test_whoever_asks_it_twice_to_end_gets_the_same_end(desk: Desk, number: int) -> None:
    """`timeout` asks the process, and then its whole group."""
    with desk.serving() as process:
        assert desk.is_served()

        while process.poll() is None:
            process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.001)
        _, err = process.communicate(timeout=LIMIT_S)

    assert process.returncode == 0, err
    assert "Traceback" not in err


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


@posix_only
def test_a_home_that_cannot_be_written_is_told_and_keeps_nobody_from_serving(desk: Desk) -> None:
    (desk.home / "desk").write_text("a file, not a folder", encoding="utf-8")

    with desk.serving("--until-released") as process:
        assert desk.is_served()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=LIMIT_S)

    assert f"LOG: no log is kept, since {desk.home / 'desk'}" in err
    assert "CCR_DESKTOP_HOME" in err
    assert "Traceback" not in err


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
        unwanted = ("PySide6", "qasync", "keyring", "tiktoken", "psutil", "pyjson5")
        print([name for name in unwanted if name in sys.modules])
    """
    done = run_bounded(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=desk.home,
        env=desk.environment,
        timeout_s=LIMIT_S,
    )

    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


@posix_only
def test_the_files_of_the_service_are_private(desk: Desk) -> None:
    with desk.serving():
        [run_file] = (desk.home / "desk" / "data" / "run").iterdir()

        assert stat.S_IMODE(run_file.stat().st_mode) == 0o600
        assert stat.S_IMODE(run_file.parent.stat().st_mode) == 0o700
