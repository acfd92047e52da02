"""What programs read when a command fails."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Home, Run

COMMANDS = [
    "doctor",
    "config path",
    "config show",
    "config check",
    "config get PORT",
    "config history",
    "config compare 1",
    "model get default",
    "keys list",
    "providers list",
    "plugins list",
    "env",
    "route explain nothing.json",
    "ask hi",
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("trouble", ["variable", "folder", "text"])
def test_what_goes_wrong_is_told_as_json(
    run: "Run",
    user: "Home",
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    trouble: str,
) -> None:
    match trouble:
        case "variable":
            monkeypatch.setenv("SERVICE_PORT", "abc")
        case "folder":
            user.own.mkdir(parents=True)
        case _:
            user.write("{")

    assert isinstance(run(*command.split(), "--json").json, dict | list)


def test_an_error_has_a_title_and_what_to_do(run: "Run", user: "Home") -> None:
    user.write("{")

    done = run("model", "get", "default", "--json")

    assert done.code == 2
    assert done.json["error"]["title"] == f"The configuration {user.own} can't be used"
    assert done.json["error"]["title"] in done.err


@pytest.mark.parametrize("command", [["doctor"], ["config", "check"]])
def test_a_variable_that_is_wrong_is_what_is_found(
    run: "Run", monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("SERVICE_PORT", "abc")

    done = run(*command, "--json")

    assert "error" not in done.json
    assert "SERVICE_PORT: found 'abc'" in done.out or '"where": "SERVICE_PORT"' in done.out
