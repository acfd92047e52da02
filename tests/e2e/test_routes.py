"""The routes that turns of the real Claude Code take."""

from dataclasses import replace

from tests.e2e.stage import Stage, e2e, newest_only, old_only
from tests.support.turns import call, text, tool_calls, usage

pytestmark = e2e

WORDS_OVER_20000_TOKENS = "heron 4711 walks over the roof. " * 3000
WORDS_OVER_60000_TOKENS = "heron 4711 walks over the roof. " * 9000


@newest_only
def test_an_ordinary_turn_takes_the_default_route(stage: Stage) -> None:
    stage.script(text("Ordinary."))

    assert stage.ask("Say hello").answer == "Ordinary."


@old_only
def test_background_requests_take_the_background_route(stage: Stage) -> None:
    command = call("Bash", {"command": "echo hello", "description": "x"}, "call_echo")
    stage.upstream.script(text("echo"), model="small-model")
    stage.script(tool_calls([command]), text("Said."))

    run = stage.ask("Say hello", "--allowedTools", "Bash(echo:*)")

    assert run.answer == "Said."
    assert "echo hello" in stage.upstream.asked("small-model")[0].texts("user")


@newest_only
def test_the_small_claude_takes_the_background_route(stage: Stage) -> None:
    stage.upstream.script(text("Small."), model="small-model")

    assert stage.ask("Say hello", "--model", "haiku").answer == "Small."


@newest_only
def test_a_long_prompt_takes_the_long_context_route(stage: Stage) -> None:
    stage.upstream.script(text("Long."), model="long-model")

    run = stage.ask(None, stdin=WORDS_OVER_60000_TOKENS)

    assert run.answer == "Long."
    assert WORDS_OVER_60000_TOKENS.strip() in stage.upstream.asked("long-model")[0].texts("user")


def test_plan_mode_takes_the_think_route(stage: Stage) -> None:
    stage.upstream.script(text("A plan."), model="think-model")

    run = stage.ask("Plan a thing", "--permission-mode", "plan")

    assert run.answer == "A plan."
    assert "Plan mode is active" in stage.upstream.asked("think-model")[0].texts()


def test_ultrathink_takes_the_think_route(stage: Stage) -> None:
    stage.upstream.script(text("Thought over."), model="think-model")

    assert stage.ask("ultrathink about the thing").answer == "Thought over."


@newest_only
def test_a_session_after_a_long_prompt_goes_on_with_the_long_context_route(stage: Stage) -> None:
    """The provider counted more than we did, most of it in its cache."""
    look = tool_calls([call("Bash", {"command": "echo hello", "description": "x"}, "call_echo")])
    stage.script(replace(look, usage=usage(prompt=70_000, cached=69_000)))
    stage.upstream.script(text("Said."), model="long-model")

    run = stage.ask(None, "--allowedTools", "Bash(echo:*)", stdin=WORDS_OVER_20000_TOKENS)

    assert run.answer == "Said."
    assert "hello" in stage.upstream.asked("long-model")[0].results["call_echo"]
