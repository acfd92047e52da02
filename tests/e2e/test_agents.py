"""Sub-agents, deferred tools and web search: turns in which the client asks on its own."""

from tests.e2e.stage import ALL_TOOLS, Stage, e2e, newest_only
from tests.support.claude import OLD
from tests.support.turns import Call, call, text, tool_calls
from tests.support.upstream import Request

pytestmark = e2e

ERRAND = "Count the birds on the roof"
INLINE_TOOLS = {"ENABLE_TOOL_SEARCH": "false"}


def sends_agent(stage: Stage, prompt: str, agent: str = "general-purpose") -> Call:
    """A call that gives an errand to a sub-agent and waits for it."""
    errand = {"description": "count", "prompt": prompt, "subagent_type": agent}
    if stage.version == OLD:
        return call("Task", errand, "call_errand")
    return call("Agent", {**errand, "run_in_background": False}, "call_errand")


def is_errand(request: Request) -> bool:
    """Whether the request is the sub-agent's own, not the turn that sent it."""
    return ERRAND in request.texts("user")


def test_the_report_of_a_sub_agent_is_the_result_of_its_call(stage: Stage) -> None:
    stage.upstream.script(text("There are seven birds."), when=is_errand)
    stage.script(tool_calls([sends_agent(stage, ERRAND)]), text("Seven, I hear."))

    run = stage.ask("How many birds?", ALL_TOOLS)

    assert run.answer == "Seven, I hear."
    assert "There are seven birds." in stage.main[-1].results["call_errand"]


AGENT = """\
---
name: counter
description: Counts birds.
---
<CCR-SUBAGENT-MODEL>mock,search-model</CCR-SUBAGENT-MODEL>
You count birds, and nothing else.
"""


def test_the_tag_in_the_file_of_an_agent_chooses_its_model(stage: Stage) -> None:
    place = stage.cwd / ".claude" / "agents" / "counter.md"
    place.parent.mkdir(parents=True)
    place.write_text(AGENT)
    stage.upstream.script(text("There are seven birds."), model="search-model")
    stage.script(tool_calls([sends_agent(stage, ERRAND, "counter")]), text("Seven, I hear."))

    run = stage.ask("How many birds?", ALL_TOOLS)

    assert run.answer == "Seven, I hear."
    [asked] = stage.upstream.asked("search-model")
    assert "You count birds" in asked.texts("system")
    assert "CCR-SUBAGENT-MODEL" not in asked.texts()
    assert all("CCR-SUBAGENT-MODEL" not in request.texts() for request in stage.main)


@newest_only
def test_a_deferred_tool_is_offered_once_the_model_asked_for_it(stage: Stage) -> None:
    search = call("ToolSearch", {"query": "select:WebSearch", "max_results": 5}, "call_find")
    stage.script(tool_calls([search]), text("I have it now."))

    run = stage.ask("Get ready to search", ALL_TOOLS)

    before, after = stage.main
    assert run.answer == "I have it now."
    assert "WebSearch" not in before.tool_names
    assert "WebSearch" in after.tool_names
    assert "DeferredToolPlaceholder" not in before.tool_names + after.tool_names
    assert "WebSearch" in after.results["call_find"]


def test_a_web_search_goes_to_the_search_route(stage: Stage) -> None:
    search = call("WebSearch", {"query": "python release news"}, "call_search")
    stage.upstream.script(text("Python 3.14 is out."), model="search-model")
    stage.script(tool_calls([search]), text("3.14 is the newest."))

    run = stage.ask("What is new?", ALL_TOOLS, env=INLINE_TOOLS)

    assert run.answer == "3.14 is the newest."
    [asked] = stage.upstream.asked("search-model")
    assert "python release news" in asked.texts("user")
    assert "Python 3.14 is out." in stage.main[1].results["call_search"]
