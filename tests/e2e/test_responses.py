"""The real Claude Code in a task of several turns, before a Responses server that is strict."""

import pytest

from tests.e2e.stage import ALL_TOOLS, Stage, e2e, newest_only
from tests.support.responses_api import ResponsesApi, call, say, think

pytestmark = [*e2e, newest_only]


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


def test_a_web_search_is_the_providers_own_and_its_links_reach_the_model(stage: Stage) -> None:
    sources = [{"type": "url", "url": "https://heron.test/news"}]
    action = {"type": "search", "query": "python news", "sources": sources}
    found = say("Python is fine.")
    found["content"][0]["annotations"] = [
        {
            "type": "url_citation",
            "url": "https://heron.test/news",
            "title": "News of the heron",
            "start_index": 0,
            "end_index": 6,
        }
    ]
    search = ResponsesApi(
        [{"type": "web_search_call", "status": "completed", "action": action}, found]
    )
    main = ResponsesApi(
        [call("WebSearch", {"query": "python news"}, "call_1")],
        [say("All is fine.")],
        model="main-model",
    )
    stage.upstream.respond(
        lambda request: (search if request.model == "search-model" else main).respond(request)
    )

    run = stage.ask("Search the web", ALL_TOOLS)

    assert search.refusals == main.refusals == []
    assert run.answer == "All is fine."
    [asked] = stage.upstream.asked("search-model")
    assert [tool["type"] for tool in asked.body["tools"]] == ["web_search"]
    [output] = [i for i in stage.main[-1].body["input"] if i["type"] == "function_call_output"]
    assert "https://heron.test/news" in output["output"]
    assert "News of the heron" in output["output"]
    assert "Python is fine." in output["output"]
