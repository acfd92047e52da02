"""`statusline` as Claude Code runs it: any input, one line; and in the real client's window."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desk import Desk, posix_only
from tests.e2e.stage import e2e
from tests.e2e.terminal import Terminal, claude_in_a_terminal
from tests.support.router import CCR, Router, start_router

HEAVY = {
    *("aiohttp", "tiktoken", "platformdirs", "asyncio", "argparse", "typing", "dataclasses"),
    *("pathlib", "re", "json", "orjson", "subprocess", "threading", "pyjson5", "psutil"),
}
SHOWN = """
import sys
from ccr_desktop.__main__ import ccr
before = set(sys.modules)
sys.argv = ["ccr", "statusline"]
code = ccr()
print(code, *sorted(set(sys.modules) - before), file=sys.stderr)
"""


def drawn(desk: Desk, data: bytes = b"", *arguments: str) -> str:
    """The line; whatever comes in, it is one, and the command succeeds."""
    done = subprocess.run(
        desk.command("statusline", *arguments),
        cwd=desk.home,
        env={**desk.environment, "NO_COLOR": "1"},
        input=data,
        capture_output=True,
        check=False,
        timeout=40,
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    text = done.stdout.decode()
    assert text.endswith("\n")
    assert text.count("\n") == 1
    return text[:-1]


def payload(desk: Desk) -> bytes:
    where = {"current_dir": str(desk.home)}
    return json.dumps({"workspace": where, "model": {"display_name": "Opus"}}).encode()


@pytest.mark.parametrize(
    "data",
    [b"", b"nonsense", b"[]", b"5", b'{"cwd": 5}', b"{" * 100_000, bytes(range(256)) * 4000],
    ids=["nothing", "no JSON", "list", "number", "odd", "deep", "binary"],
)
def test_whatever_comes_in_the_folder_is_shown(desk: Desk, data: bytes) -> None:
    assert desk.home.name in drawn(desk, data)


@pytest.mark.parametrize("config", ["{", '{"StatusLine": 5}', '{"StatusLine": {"default": []}}'])
def test_a_broken_configuration_does_not_empty_the_line(desk: Desk, config: str) -> None:
    desk.write_config(config)

    assert drawn(desk, payload(desk)).endswith("Opus")


def test_what_the_router_left_is_shown(desk: Desk) -> None:
    desk.write_config(
        {
            "StatusLine": {
                "currentStyle": "mine",
                "mine": {"modules": [{"text": "{{route}} by {{provider}}, {{contextUsed}}"}]},
            }
        }
    )
    left = desk.home / "desk" / "data" / "sessions" / "a-b.json"
    left.parent.mkdir(parents=True)
    left.write_text('{"route": "p,m", "provider": "p", "prompt_tokens": 12345}', "utf-8")

    assert drawn(desk, b'{"session_id": "a-b"}') == "p,m by p, 12.3k"


@posix_only
def test_closed_streams_and_a_deleted_folder_are_no_failure(desk: Desk) -> None:
    command = " ".join(desk.command("statusline"))
    gone = desk.home / "gone"
    gone.mkdir()
    script = (
        f"{command} <&- || exit 1; {command} </dev/null >&- || exit 2; {command} </dev/null 2>&-"
        f" || exit 3; cd {gone} && rmdir {gone} && {command} </dev/null || exit 4"
    )

    done = subprocess.run(
        ["sh", "-c", script], cwd=desk.home, env=desk.environment, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 3
    assert b"Traceback" not in done.stderr


def test_it_loads_nothing_that_takes_time(desk: Desk) -> None:
    desk.write_config({"StatusLine": {"currentStyle": "full"}})
    transcript = desk.home / "t.jsonl"
    transcript.write_text('{"type": "assistant", "message": {"model": "m"}}\n', "utf-8")
    given = json.loads(payload(desk)) | {"transcript_path": str(transcript), "session_id": "s"}

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{SHOWN}"],
        cwd=desk.home,
        env=desk.environment,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )

    code, *loaded = done.stderr.split()
    assert code == "0"
    assert " m" in done.stdout
    assert not HEAVY & {name.partition(".")[0] for name in loaded}


def test_help_tells_how_claude_code_calls_it(desk: Desk) -> None:
    assert '"statusLine"' in desk.ccr("statusline", "--help").stdout


# -- in the real client ------------------------------------------------------------------------


MODULES = [
    {"type": "workDir", "icon": "in"},
    {"type": "model", "icon": "by", "color": "bright_cyan"},
    {"type": "route", "icon": "as"},
    {"type": "context", "text": "{{contextUsed}} used"},
    {"type": "usage", "text": "{{outputTokens}} out"},
]


@pytest.fixture
def router(tmp_path: Path) -> Iterator[Router]:
    folder = tmp_path / "router"
    folder.mkdir()
    running = start_router(folder, {"StatusLine": {"default": {"modules": MODULES}}})
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture
def terminal(tmp_path: Path, router: Router) -> Iterator[Terminal]:
    line = {"type": "command", "command": " ".join([*CCR, "statusline"]), "padding": 0}
    settings = tmp_path / "settings.json"
    settings.write_text(json.dumps({"statusLine": line}), "utf-8")
    arguments = ("--settings", str(settings), "Say hello.")
    with claude_in_a_terminal(tmp_path, router, "none", *arguments) as shown:
        yield shown


@posix_only
class TestInClaudeCode:
    pytestmark = e2e

    def test_the_line_stands_below_the_prompt(self, terminal: Terminal) -> None:
        shown = terminal.await_text(" out\n")

        [line] = [text for text in shown.splitlines() if text.endswith(" out")]
        assert line.strip().startswith("in project by demo-model as demo,demo-model ")
        assert "k used" in line
        assert "demo provider" in shown
