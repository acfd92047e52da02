"""The real Claude Code in a task of several turns, before a Responses server that is strict."""

import pytest

from tests.e2e.stage import ALL_TOOLS, Stage, e2e
from tests.support.responses_api import ResponsesApi, call, say, think

pytestmark = e2e


@pytest.fixture
def provider_path() -> str:
    return "/v1/responses"


def test_a_task_with_tools_is_done_turn_by_turn(stage: Stage) -> None:
    (stage.cwd / "notes.txt").write_text("the secret word is heron\n", encoding="utf-8")
    read = {"file_path": stage.path("notes.txt")}
    write = {"file_path": stage.path("out.txt"), "content": "heron\n"}
    command = {"command": "cat out.txt", "description": "x"}
    api = ResponsesApi(
        [think("Read first."), say("I read."), call("Read", read, "call_1")],
        [
            think("Then write.", "And look."),
            call("Write", write, "call_2"),
            call("Bash", {"command": "echo two", "description": "x"}, "call_3"),
        ],
        [call("Bash", command, "call_4")],
        [think("All done."), say("The word is heron.")],
        model="main-model",
    )
    stage.upstream.respond(api.respond)

    run = stage.ask("Find the word, write it down, show it", ALL_TOOLS)

    assert api.refusals == []
    assert run.answer == "The word is heron."
    assert (stage.cwd / "out.txt").read_text(encoding="utf-8") == "heron\n"
    items = stage.main[-1].body["input"]
    outputs = {i["call_id"]: i["output"] for i in items if i["type"] == "function_call_output"}
    assert sorted(outputs) == ["call_1", "call_2", "call_3", "call_4"]
    assert "the secret word is heron" in str(outputs["call_1"])
    assert outputs["call_4"] == "heron"
    reasoning = [item["id"] for item in items if item["type"] == "reasoning"]
    assert reasoning == ["rs_0", "rs_3"]


def test_a_conversation_goes_on_in_another_run(stage: Stage) -> None:
    api = ResponsesApi(
        [think("Hm."), say("Hello.")],
        [think("Again."), say("Hello again."), think(), say("Bye.")],
        model="main-model",
    )
    stage.upstream.respond(api.respond)
    first = stage.ask("Say hello")

    second = stage.ask("And again", "--resume", first.session_id)

    assert api.refusals == []
    assert second.answer.endswith("Bye.")
    before, after = (request.body for request in stage.main)
    assert after["input"][: len(before["input"])] == before["input"]
    assert [i["id"] for i in after["input"] if i["type"] == "reasoning"] == ["rs_0"]
