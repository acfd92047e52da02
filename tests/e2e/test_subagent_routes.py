"""Sub-agents of the real Claude Code take the routes that are set for them, by kind and by name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.stage import ALL_TOOLS, Stage, e2e
from tests.support.claude import NEWEST, executable
from tests.support.router import config, start_router
from tests.support.turns import call, text, tool_calls
from tests.support.upstream import Upstream

pytestmark = e2e

OWN_AGENT = """\
---
name: counter
description: Counts birds.
---
You count birds, and nothing else.
"""
ROUTES = {
    "subagent": "mock,any-agent",
    "agents": {"general-purpose": "mock,generalist", "counter": "mock,counting-model"},
}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    executable(NEWEST)
    folders = [tmp_path / name for name in ("router", "home", "project")]
    for folder in folders:
        folder.mkdir()
    with Upstream() as upstream:
        router = start_router(folders[0], config(upstream.chat_url, ROUTES))
        try:
            yield Stage(
                version=NEWEST, upstream=upstream, router=router, home=folders[1], cwd=folders[2]
            )
        finally:
            router.stop()


@pytest.mark.parametrize(
    ("agent", "model"),
    [
        ("general-purpose", "generalist"),
        ("counter", "counting-model"),
        ("Explore", "any-agent"),
    ],
)
def test_a_sub_agent_takes_the_route_of_its_name_or_that_of_all(
    stage: Stage, agent: str, model: str
) -> None:
    place = stage.cwd / ".claude" / "agents" / "counter.md"
    place.parent.mkdir(parents=True)
    place.write_text(OWN_AGENT)
    errand = {"description": "count", "prompt": "Count the birds", "subagent_type": agent}
    stage.upstream.script(text("There are seven birds."), model=model)
    stage.script(
        tool_calls([call("Agent", {**errand, "run_in_background": False}, "call_errand")]),
        text("Seven, I hear."),
    )

    run = stage.ask("How many birds?", ALL_TOOLS)

    assert run.answer == "Seven, I hear.", stage.report()
    [asked] = stage.upstream.asked(model)
    assert "Count the birds" in asked.texts("user")
