"""`ccr env`: how each shell is told; real shells read it in the end-to-end tests."""

import json

import pytest

from ccr_desktop.cli import env
from tests.unit.cli.conftest import Home, Run

ODD = "a'b\"c $d `e` %F% & | \\ g"


@pytest.mark.parametrize(
    ("shell", "set_", "unset"),
    [
        ("sh", "export N='a'\"'\"'b\"c $d `e` %F% & | \\ g'", "unset N"),
        ("fish", "set -gx N 'a\\'b\"c $d `e` %F% & | \\\\ g'", "set -e N"),
        (
            "powershell",
            "$env:N = 'a''b\"c $d `e` %F% & | \\ g'",
            "Remove-Item Env:N -ErrorAction SilentlyContinue",
        ),
        ("cmd", 'set "N=a\'b"c $d `e` %F% & | \\ g"', 'set "N="'),
    ],
)
def test_odd_values_are_quoted_as_the_shell_wants(shell: str, set_: str, unset: str) -> None:
    write = env._WRITERS[shell]

    assert write("N", ODD) == set_
    assert write("N", None) == unset


@pytest.mark.parametrize(
    ("system", "environment", "shell"),
    [
        ("posix", {"SHELL": "/usr/bin/fish"}, "fish"),
        ("posix", {"SHELL": "/bin/zsh"}, "sh"),
        ("posix", {}, "sh"),
        ("nt", {"PSModulePath": "C:\\x"}, "powershell"),
        ("nt", {}, "cmd"),
    ],
)
def test_the_own_shell_is_guessed(
    system: str, environment: dict[str, str], shell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env.os, "name", system)

    assert env._own_shell(environment) == shell


def test_programs_get_json(user: Home, run: Run) -> None:
    user.write({"APIKEY": "router-key", "API_TIMEOUT_MS": 1000, "PORT": 4000})

    told = json.loads(run("env", "--json").out)

    assert told["ANTHROPIC_BASE_URL"] == "http://127.0.0.1:4000"
    assert told["ANTHROPIC_AUTH_TOKEN"] == "router-key"
    assert told["API_TIMEOUT_MS"] == "1000"
    assert told["ANTHROPIC_API_KEY"] is None
