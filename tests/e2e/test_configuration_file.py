"""The configuration file as users meet it: where it lies, what is wrong with it, who writes it."""

import json
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.desk import LIMIT_S, Desk

BODY = json.dumps({"model": "claude-x", "messages": [{"role": "user", "content": "Hi"}]})
PROVIDER = {
    "name": "p",
    "api_base_url": "https://host.test/v1/chat/completions",
    "api_key": "sk-1234567890",
    "models": ["m", "n"],
}


def described(**members: Any) -> dict[str, Any]:
    return {"Providers": [PROVIDER], "Router": {"default": "p,m"}, **members}


MISTAKES = {
    "a wrong type": (described(LOG="perhaps"), "LOG: found 'perhaps'. Allowed is true or false."),
    "an unknown provider": (
        described(Router={"default": "q,m"}),
        "Router.default: found 'q,m'; there is no such provider. Write",
    ),
    "a comma missing": (
        described(Router={"default": "p m"}),
        "Router.default: found 'p m': the comma is missing. Write \"p,m\".",
    ),
    "a comma of JSON missing": (
        '{"LOG": true "PORT": 1}',
        'a comma is missing before "PORT" (line 1, column 14)',
    ),
    "two providers of one name": (
        described(Providers=[PROVIDER, PROVIDER]),
        "Providers[1].name: 'p' is there twice. The later one counts; give each its own name.",
    ),
    "a key that is no key": (
        described(Providers=[{**PROVIDER, "api_key": "sk-xxx"}]),
        "Providers[0].api_key: this is a placeholder and no key. Write the key",
    ),
    "a path that is not there": (
        described(CUSTOM_ROUTER_PATH="/nowhere/router.py"),
        "CUSTOM_ROUTER_PATH: there is no file /nowhere/router.py. Correct the path.",
    ),
}
KINDS = pytest.mark.parametrize(("content", "told"), MISTAKES.values(), ids=MISTAKES)


@KINDS
def test_a_mistake_is_told_by_check(desk: Desk, content: Any, told: str) -> None:
    desk.write_config(content)

    checked = desk.ccr("config", "check")

    assert checked.returncode == 2
    assert told in checked.stdout
    assert len(checked.stdout.splitlines()) == 2  # the file, and one sentence


@KINDS
def test_a_mistake_is_told_at_the_start(desk: Desk, content: Any, told: str) -> None:
    """One that leaves the rest working is a note of a service that starts."""
    desk.write_config(content)

    started = desk.ccr("start")
    status = desk.ccr("status", "--json")
    desk.ccr("stop")

    if started.returncode:
        assert started.returncode == 2
        assert told in started.stderr
    else:
        assert told in " ".join(json.loads(status.stdout)["problems"])


def test_a_mistake_is_told_on_reload_and_the_old_configuration_stays(desk: Desk) -> None:
    desk.write_config(described())
    with desk.serving():
        for content, told in MISTAKES.values():
            desk.write_config(content)
            assert told in problems_after_a_while(desk, told)
        desk.write_config(described())
        assert json.loads(desk.ccr("status", "--json").stdout)["routes"] == {"default": ["p,m"]}


def problems_after_a_while(desk: Desk, told: str, limit_s: float = LIMIT_S) -> str:
    until = time.monotonic() + limit_s
    problems = ""
    while told not in problems and time.monotonic() < until:
        problems = " ".join(json.loads(desk.ccr("status", "--json").stdout)["problems"])
    return problems


def test_the_file_is_looked_for_in_the_places_of_the_documentation(desk: Desk) -> None:
    def route(*options: str) -> str:
        found = desk.ccr("route", "explain", "--json", *options, stdin=BODY)
        return str(json.loads(found.stdout)["route"])

    assert route() == "demo,demo-model"
    legacy = desk.home / ".claude-code-router" / "config.json"
    legacy.parent.mkdir()
    legacy.write_text(json.dumps(described(Router={"default": "p,legacy"})))
    assert route() == "p,legacy"
    desk.write_config(described(Router={"default": "p,own"}))
    assert route() == "p,own"
    given = desk.home / "given.json"
    given.write_text(json.dumps(described(Router={"default": "p,given"})))
    assert route("--config", str(given)) == "p,given"


def test_the_file_of_claude_code_router_is_never_written(desk: Desk) -> None:
    legacy = desk.home / ".claude-code-router" / "config.json"
    legacy.parent.mkdir()
    legacy.write_text(json.dumps(described()))
    before = contents(desk.home / ".claude-code-router")

    assert desk.ccr("model", "set", "background", "p,n").returncode == 0

    assert contents(desk.home / ".claude-code-router") == before
    own = json.loads((desk.home / "desk" / "config" / "config.json").read_text())
    assert own["Router"] == {"default": "p,m", "background": "p,n"}


@pytest.mark.parametrize("content", [described(), '{"Providers": [', described(PORT="x")])
def test_a_start_that_fails_leaves_the_file_alone(desk: Desk, content: Any) -> None:
    file = desk.write_config(content)
    before = contents(file.parent)

    with socket.socket() as busy:
        busy.bind(("127.0.0.1", desk.port))
        busy.listen()
        assert desk.ccr("serve").returncode in {2, 3}

    assert contents(file.parent) == before


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
