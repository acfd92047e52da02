"""Commands on a real terminal: questions, colours, secrets that are not shown, giving up."""

import json
from typing import Any

import pytest

from tests.e2e.desk import Desk, posix_only
from tests.support.terminal import Typing
from tests.support.turns import text
from tests.support.upstream import Upstream

pytestmark = posix_only
GREEN = "\x1b[32m"
KEY = "sk-typed-0123456789"


def provider(name: str, upstream: Upstream, *models: str) -> dict[str, Any]:
    return {
        "name": name,
        "api_base_url": upstream.chat_url,
        "api_key": "k-0123456789",
        "models": list(models),
    }


@pytest.fixture
def configured(desk: Desk, upstream: Upstream) -> Desk:
    providers = [provider("near", upstream, "small", "large"), provider("far", upstream, "huge")]
    desk.write_config({"Providers": providers, "Router": {"default": "near,small"}})
    return desk


def on_terminal(desk: Desk, *arguments: str, **variables: str) -> Typing:
    return Typing(desk.command(*arguments), cwd=desk.home, env={**desk.environment, **variables})


def saved(desk: Desk) -> Any:
    return json.loads((desk.home / "desk" / "config" / "config.json").read_text())


def test_models_are_picked_by_number_and_name(configured: Desk) -> None:
    with on_terminal(configured, "model") as terminal:
        terminal.answer("Which work?", "think")
        terminal.answer("Model for hard thinking", "huge")
        terminal.answer("not saved yet", "1")
        terminal.answer("Model for main work", "2")
        terminal.answer("Which work?", "")
        terminal.answer("Save this?", "y")
        code = terminal.finish()

    assert code == 0
    assert saved(configured)["Router"] == {"default": "near,large", "think": "far,huge"}
    assert GREEN in terminal.shown
    assert "ccr config restore 1" in terminal.shown


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_giving_up_changes_nothing(configured: Desk, key: str) -> None:
    before = saved(configured)

    with on_terminal(configured, "model") as terminal:
        terminal.answer("Which work?", "think")
        terminal.expect("Model for hard thinking")
        terminal.expect(": ")
        terminal.type(key)
        code = terminal.finish()

    assert code == 130
    assert saved(configured) == before
    assert "Traceback" not in terminal.shown


def test_no_is_an_answer(configured: Desk) -> None:
    before = saved(configured)

    with on_terminal(configured, "providers", "remove", "far") as terminal:
        terminal.answer("Remove far?", "what")
        terminal.answer("Please answer y or n.", "n")
        code = terminal.finish()

    assert code == 0
    assert saved(configured) == before


def test_a_key_that_is_typed_is_not_shown(desk: Desk) -> None:
    words = ("providers", "add", "mine", "--no-test", "--url", "https://h.test/v1")
    with on_terminal(desk, *words) as terminal:
        terminal.answer("Models, with commas between them", "big, small")
        terminal.answer("Key (it is not shown", KEY)
        terminal.answer("Keep it there?", "y")
        terminal.answer("Add mine?", "")
        code = terminal.finish()

    assert code == 0
    assert saved(desk)["Providers"][0]["api_key"] == KEY  # there is no store here, and it said so
    assert "no password store" in terminal.shown
    assert KEY not in terminal.shown


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_colours_can_be_switched_off(configured: Desk, variables: dict[str, str]) -> None:
    with on_terminal(configured, "model", "set", "think", "far,huge", **variables) as terminal:
        code = terminal.finish()

    assert code == 0
    assert "far,huge" in terminal.shown
    assert "\x1b" not in terminal.shown


def test_nothing_is_coloured_and_nobody_is_asked_without_a_terminal(configured: Desk) -> None:
    done = configured.ccr("model", "set", "think", "far,huge")

    assert done.returncode == 0
    assert "far,huge" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_answers_are_for_people_on_a_terminal_and_json_when_asked(
    configured: Desk, upstream: Upstream
) -> None:
    upstream.script(text("Good day."), text("Good day."))
    with on_terminal(configured, "ask", "hello") as terminal:
        terminal.expect("Good day.")
        assert terminal.finish() == 0
    with on_terminal(configured, "ask", "hello", "--json") as terminal:
        assert terminal.finish() == 0

    assert json.loads(terminal.shown)["route"] == "near,small"


def test_a_decision_is_a_table_on_a_terminal(configured: Desk) -> None:
    place = configured.home / "request.json"
    place.write_text(json.dumps({"model": "m", "messages": [{"role": "user", "content": "hi"}]}))

    with on_terminal(configured, "route", "explain", str(place)) as terminal:
        assert terminal.finish() == 0

    assert terminal.shown.startswith("near,small  (default;")
    assert "-> default" in terminal.shown


def test_what_is_read_from_a_terminal_is_asked_for(configured: Desk, upstream: Upstream) -> None:
    upstream.script(text("Good day."))
    body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "hi"}]})
    for arguments, awaited, typed, said in (
        (["ask"], "what to ask", "hello", "Good day."),
        (["route", "explain"], "the body of a request", body, "near,small  (default;"),
    ):
        with on_terminal(configured, *arguments) as terminal:
            terminal.expect(f"Type or paste {awaited}")
            terminal.type(f"{typed}\n\x04")
            terminal.expect(said)
            assert terminal.finish() == 0


def test_ctrl_c_ends_what_runs_in_the_foreground(configured: Desk) -> None:
    with on_terminal(configured, "serve") as terminal:
        terminal.expect(f"ready {configured.url}")
        terminal.type("\x03")
        code = terminal.finish()

    assert code == 0
    assert "Traceback" not in terminal.shown
    with on_terminal(configured, "logs", "-f") as terminal:
        terminal.expect("stopping")
        terminal.type("\x03")
        assert terminal.finish() == 130
    assert "Traceback" not in terminal.shown


@pytest.mark.parametrize(
    ("shell", "how"), [("/bin/bash", 'eval "$(ccr env)"'), ("/usr/bin/fish", "| source")]
)
def test_variables_on_a_terminal_come_with_how_to_set_them(
    desk: Desk, shell: str, how: str
) -> None:
    with on_terminal(desk, "env", SHELL=shell) as terminal:
        assert terminal.finish() == 0

    assert how in terminal.shown
