"""Tools that a model calls and the real Claude Code runs."""

from dataclasses import replace

import pytest

from tests.e2e.stage import ALL_TOOLS, Stage, e2e, newest_only
from tests.support.claude import NEWEST, OLD
from tests.support.turns import Call, call, reasoning, text, tool_calls

pytestmark = e2e


def writes(stage: Stage, name: str, content: str) -> Call:
    """A call that makes a file."""
    return call("Write", {"file_path": stage.path(name), "content": content})


@newest_only
def test_a_written_file_is_really_there(stage: Stage) -> None:
    write = writes(stage, "a.txt", "one\ntwo – três\n")
    stage.script(tool_calls([write]), text("Written."))

    run = stage.ask("Write it", ALL_TOOLS)

    assert run.answer == "Written."
    assert (stage.cwd / "a.txt").read_text(encoding="utf-8") == "one\ntwo – três\n"
    assert "a.txt" in stage.main[1].results[write.id]


@newest_only
def test_a_command_really_runs_and_its_output_goes_back(stage: Stage) -> None:
    command = call("Bash", {"command": "echo out-42 | tee made.txt", "description": "x"})
    stage.script(tool_calls([command], fragment_chars=7), text("Done."))

    run = stage.ask("Run it", ALL_TOOLS)

    assert run.answer == "Done."
    assert (stage.cwd / "made.txt").read_text(encoding="utf-8") == "out-42\n"
    assert stage.main[1].results[command.id] == "out-42"


@newest_only
def test_a_read_file_reaches_the_model_as_a_tool_message(stage: Stage) -> None:
    (stage.cwd / "notes.txt").write_text("the secret word is heron\n", encoding="utf-8")
    read = call("Read", {"file_path": stage.path("notes.txt")})
    stage.script(tool_calls([read]), text("Heron."))

    run = stage.ask("Read notes.txt", ALL_TOOLS)

    assert run.answer == "Heron."
    assert "the secret word is heron" in stage.main[1].results[read.id]


@newest_only
def test_a_failed_command_reaches_the_model_as_a_failure(stage: Stage) -> None:
    command = call("Bash", {"command": "echo broken >&2; exit 3", "description": "x"})
    stage.script(tool_calls([command]), text("It failed."))

    run = stage.ask("Run it", ALL_TOOLS)

    assert run.answer == "It failed."
    assert "broken" in stage.main[1].results[command.id]


def test_three_calls_of_one_answer_get_one_result_each(stage: Stage) -> None:
    (stage.cwd / "b.txt").write_text("content of b\n", encoding="utf-8")
    calls = [
        call("Bash", {"command": "echo first", "description": "x"}, "call_first"),
        call("Read", {"file_path": stage.path("b.txt")}, "call_second"),
        call("Bash", {"command": "exit 3", "description": "x"}, "call_third"),
    ]
    stage.script(text("I look.") + tool_calls(calls), text("All done."))

    run = stage.ask("Do three things", ALL_TOOLS)

    assert run.answer == "All done."
    results = stage.main[1].results
    assert sorted(results) == ["call_first", "call_second", "call_third"]
    assert results["call_first"] == "first"
    assert "content of b" in results["call_second"]


@newest_only
def test_interleaved_arguments_end_in_the_right_files(stage: Stage) -> None:
    calls = [writes(stage, "left.txt", "L" * 50 + "\n"), writes(stage, "right.txt", "R" * 70)]
    stage.script(tool_calls(calls, fragment_chars=5, interleaved=True), text("Both."))

    run = stage.ask("Write both", ALL_TOOLS)

    assert run.answer == "Both."
    assert (stage.cwd / "left.txt").read_text(encoding="utf-8") == "L" * 50 + "\n"
    assert (stage.cwd / "right.txt").read_text(encoding="utf-8") == "R" * 70


def test_a_turn_may_take_several_tools_one_after_the_other(stage: Stage) -> None:
    first, second = writes(stage, "x.txt", "1"), writes(stage, "y.txt", "2")
    think = reasoning("Next step.")
    stage.script(think + tool_calls([first]), think + tool_calls([second]), text("Finished."))

    run = stage.ask("Two steps", ALL_TOOLS)

    assert run.answer == "Finished."
    assert (stage.cwd / "x.txt").exists()
    assert (stage.cwd / "y.txt").exists()
    assert list(stage.main[2].results) == [second.id]


@pytest.mark.parametrize(
    ("stage", "reused"),
    [(NEWEST, "call_0"), (NEWEST, "functions.Write:0"), (OLD, "functions.Write:0")],
    indirect=["stage"],
)
def test_ids_that_the_provider_uses_again_are_told_apart(stage: Stage, reused: str) -> None:
    calls = [replace(writes(stage, name, "1"), id=reused) for name in ("x.txt", "y.txt")]
    stage.script(*(tool_calls([made]) for made in calls), text("Finished."))

    run = stage.ask("Two steps", ALL_TOOLS)

    assert run.answer == "Finished."
    assert sorted(path.name for path in stage.cwd.glob("*.txt")) == ["x.txt", "y.txt"]
    assert len(stage.main[1].results) == len(stage.main[2].results) == 1
    assert "y.txt" in str(stage.main[2].results)


def test_the_prefix_of_a_conversation_stays_the_same(stage: Stage) -> None:
    calls = [writes(stage, name, "1") for name in ("x.txt", "y.txt")]
    stage.script(*(tool_calls([made]) for made in calls), text("Finished."))

    stage.ask("Two steps", ALL_TOOLS)

    first, second, third = stage.main
    assert second.messages[: len(first.messages)] == first.messages
    assert third.messages[: len(second.messages)] == second.messages
    assert first.body["tools"] == third.body["tools"]


@newest_only
def test_100_kb_of_arguments_in_small_deltas_arrive_exactly(stage: Stage) -> None:
    content = 'The old heron walks along the "roof" and waits for the rain — 雨 🌧.\n' * 1500
    write = writes(stage, "big.txt", content)
    stage.script(tool_calls([write], fragment_chars=3), text("Written."))

    run = stage.ask("Write much", ALL_TOOLS)

    assert run.answer == "Written."
    assert (stage.cwd / "big.txt").read_text(encoding="utf-8") == content
