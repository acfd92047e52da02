"""What becomes of a turn when the provider fails in the middle of it."""

from dataclasses import replace

import pytest

from tests.e2e.stage import ALL_TOOLS, Stage, e2e, newest_only
from tests.support.claude import NEWEST, OLD
from tests.support.turns import (
    Answer,
    Drop,
    call,
    cut,
    cut_in_arguments,
    empty_stream,
    html,
    http_error,
    reasoning,
    reset,
    text,
    tool_calls,
)

pytestmark = e2e

LONG = text("Half of this answer is lost on its way to the client. " * 20)
PASSING = {
    "error 500": http_error(500),
    "overloaded 503": http_error(503),
    "connection dropped": Drop(),
    "web page": html(),
    "empty stream": empty_stream(),
    "reset": replace(reset(LONG, after_bytes=3000), gap_s=0.01),
    "reset at once": reset(LONG, after_bytes=3000),
    "clean cut": replace(cut(LONG, after_deltas=20), gap_s=0.01),
    "clean cut at once": cut(LONG, after_deltas=20),
}
KINDS = ("error 500", "reset", "clean cut")
"""One of each kind, for the older client."""


@pytest.mark.parametrize(
    ("stage", "failure"),
    [
        pytest.param(version, PASSING[name], id=f"{version}-{name}")
        for version, names in ((NEWEST, PASSING), (OLD, KINDS))
        for name in names
    ],
    indirect=["stage"],
)
def test_a_turn_survives_a_passing_failure(stage: Stage, failure: Answer) -> None:
    stage.script(failure, text("Whole."))

    run = stage.ask("Say hello")

    assert run.answer == "Whole."
    assert run.exit_code == 0


@newest_only
def test_a_refused_key_is_told_at_once(stage: Stage) -> None:
    """By itself the client asks ten times again, for minutes."""
    stage.script(*[http_error(401, "No such key")] * 3)

    run = stage.ask("Say hello")

    assert "No such key" in run.answer
    assert run.exit_code == 1
    assert len(stage.main) == 1


@newest_only
def test_a_key_that_a_provider_refuses_is_not_told_as_a_sign_in_of_the_client(stage: Stage) -> None:
    stage.script(http_error(401, "invalid x-api-key"))

    run = stage.ask("Say hello")

    assert "mock,main-model (401): invalid API key. Check the api_key" in run.answer
    assert "/login" not in run.answer


@newest_only
def test_a_wrong_key_for_the_router_is_told_at_once(stage: Stage) -> None:
    run = stage.ask("Say hello", token="another key")

    assert "Send the router's APIKEY" in run.answer
    assert run.exit_code == 1
    assert run.result["num_turns"] == 1
    assert not stage.main


def test_a_tool_never_runs_with_half_its_arguments(stage: Stage) -> None:
    content = "line\n" * 100
    write = call("Write", {"file_path": stage.path("a.txt"), "content": content}, "call_a")
    whole = tool_calls([write], fragment_chars=20)
    stage.script(cut_in_arguments(whole), whole, text("Written."))

    run = stage.ask("Write it", ALL_TOOLS)

    assert run.answer == "Written."
    assert (stage.cwd / "a.txt").read_text(encoding="utf-8") == content
    assert len(stage.main) == 3


def test_a_tool_call_survives_the_way_that_the_client_asks_again(stage: Stage) -> None:
    write = call("Write", {"file_path": stage.path("a.txt"), "content": "one\n"}, "call_a")
    again = reasoning("Once more.") + text("I write.") + tool_calls([write], fragment_chars=9)
    stage.script(http_error(500), again, text("Written."))

    run = stage.ask("Write it", ALL_TOOLS)

    assert run.answer == "Written."
    assert (stage.cwd / "a.txt").read_text(encoding="utf-8") == "one\n"
    assert "call_a" in stage.main[2].results


def test_a_rate_limit_is_waited_out_as_long_as_the_provider_asks(stage: Stage) -> None:
    limited = http_error(429, headers={"Retry-After": "2"})
    stage.script(limited, limited, text("Through."))

    run = stage.ask("Say hello")

    assert run.answer == "Through."
    first, second, third = stage.main
    assert second.at_s - first.at_s >= 2
    if stage.version == NEWEST:  # the old client asks once more at once, without streaming
        assert third.at_s - second.at_s >= 2


def test_a_refusal_is_told_in_the_providers_words(stage: Stage) -> None:
    refusal = http_error(400, "the flux compensator is missing")
    stage.upstream.respond(lambda _: refusal)

    run = stage.ask("Say hello")

    assert run.result["is_error"]
    assert "the flux compensator is missing" in run.answer


@newest_only
def test_a_client_with_a_wrong_token_is_turned_away(stage: Stage) -> None:
    run = stage.ask("Say hello", token="wrong", env={"CLAUDE_CODE_MAX_RETRIES": "0"})

    assert run.result["is_error"]
    assert stage.upstream.requests == []


@newest_only
def test_an_overfull_context_is_told_so_that_the_client_can_compact(stage: Stage) -> None:
    words = "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens"
    refusal = http_error(400, words)
    stage.upstream.respond(lambda _: refusal)

    run = stage.ask("Say hello")

    assert "Prompt is too long" in run.answer
