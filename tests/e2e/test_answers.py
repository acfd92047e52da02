"""Turns of the real Claude Code that are made of words and thought."""

import json
from dataclasses import replace

from tests.e2e.stage import Stage, e2e, newest_only
from tests.support.turns import reasoning, text, usage

pytestmark = e2e


def test_a_plain_answer_arrives_word_for_word(stage: Stage) -> None:
    stage.script(text("Hello from the other side — 你好 🌍."))

    run = stage.ask("Say hello")

    assert run.exit_code == 0
    assert run.answer == "Hello from the other side — 你好 🌍."
    assert "Say hello" in stage.main[0].texts("user")


@newest_only
def test_the_provider_gets_its_own_key_and_never_the_clients(stage: Stage) -> None:
    stage.script(text("Hello."))

    stage.ask("Say hello")

    assert stage.main[0].headers["authorization"] == "Bearer sk-mock"
    assert "test-key" not in str(stage.main[0].headers)


def test_nothing_private_of_the_client_reaches_the_provider(stage: Stage) -> None:
    stage.ask("Plan a thing", "--permission-mode", "plan")

    [asked] = stage.upstream.asked("think-model")
    private = ("x-claude-code", "x-stainless", "anthropic", "x-app")
    assert not [name for name in asked.headers if name.startswith(private)]
    wire = json.dumps(asked.body)
    words = ("safeguards", "classifier_context", "user_id", "x-anthropic-billing-header")
    assert not [word for word in (*words, "cache_control", "context_management") if word in wire]


def test_thought_is_shown_as_thinking_before_the_answer(stage: Stage) -> None:
    stage.script(reasoning("First I weigh it. Then I decide.") + text("It is seven."))

    run = stage.ask("How much?", output="stream-json")

    thought = "".join(block["thinking"] for block in run.blocks("thinking"))
    assert thought == "First I weigh it. Then I decide."
    assert run.answer == "It is seven."


def test_the_client_counts_the_tokens_that_the_provider_reports(stage: Stage) -> None:
    stage.script(replace(text("Counted."), usage=usage(prompt=5000, completion=77, cached=3000)))

    counted = stage.ask("Count").result["usage"]

    assert counted["output_tokens"] == 77
    assert counted["input_tokens"] == 2000
    assert counted["cache_read_input_tokens"] == 3000


def test_a_continued_conversation_carries_its_history(stage: Stage) -> None:
    stage.script(text("Your number is 4711."), text("It was 4711."))

    stage.ask("Remember 4711")
    run = stage.ask("Which number was it?", "--continue")

    assert run.answer == "It was 4711."
    assert "Remember 4711" in stage.main[1].texts("user")
    assert stage.main[1].texts("assistant") == "Your number is 4711."


@newest_only
def test_a_resumed_conversation_carries_its_history(stage: Stage) -> None:
    stage.script(reasoning("Hm.") + text("Your name is Ada."), text("Other."), text("Ada."))

    first = stage.ask("My name is Ada")
    stage.ask("Something else")
    run = stage.ask("Who am I?", "--resume", first.session_id)

    assert run.answer == "Ada."
    assert "Your name is Ada." in stage.main[2].texts("assistant")
    assert "Something else" not in stage.main[2].texts("user")


def test_a_compacted_conversation_goes_on_from_its_summary(stage: Stage) -> None:
    stage.script(text("Noted."), text("<summary>The number is 4711.</summary>"), text("4711."))

    stage.ask("Remember 4711")
    stage.ask("/compact", "--continue")
    run = stage.ask("Which number was it?", "--continue")

    assert run.answer == "4711."
    assert "summary" in stage.main[1].texts("user")
    assert "The number is 4711." in stage.main[2].texts("user")
    assert all(message.get("content") for message in stage.main[2].messages)


@newest_only
def test_a_model_chosen_by_name_is_the_one_that_is_asked(stage: Stage) -> None:
    stage.upstream.script(text("Chosen."), model="search-model")

    run = stage.ask("Say hello", "--model", "mock,search-model")

    assert run.answer == "Chosen."
