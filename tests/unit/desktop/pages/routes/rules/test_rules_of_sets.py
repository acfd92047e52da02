"""Rules of a route set: changed in the window, and where a request goes while it is in force."""

from typing import Any

import aiohttp
import pytest
from PySide6.QtCore import Qt

from ccr_desktop.core.routing.subagents import AGENT_HEADER
from ccr_desktop.desktop.loop import Loop
from tests.support.upstream import Upstream
from tests.unit.desktop.pages.routes.opened import Opened, configuration, opened, press
from tests.unit.desktop.pages.routes.rules.test_rules import A, Raw, choose, editor, tab, titles
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look")
PLAN: Raw = {"name": "plans", "when": {"agent": "Plan"}, "route": "b,large"}
ALL: Raw = {"name": "all", "when": {}, "route": "b,small"}
PROMPT = "You are a software architect and planning specialist for Claude Code. Explore first."


def with_set(url: str, *entries: Raw) -> Raw:
    return configuration(
        url,
        Router={"default": "a,m", "rules": [A]},
        routeSets={"Night": {"default": "a,n", "rules": list(entries)}},
        routeSet="Night",
    )


def of_set(app: Opened) -> list[Any]:
    found: list[Any] = app.raw["routeSets"]["Night"]["rules"]
    assert app.router["rules"] == [A]
    return found


async def asked(app: Opened, upstream: Upstream, *, agent: str = "") -> str:
    """The model that a request is sent to, as of Claude Code or of one of its helper agents."""
    first = {"type": "text", "text": "You are Claude Code, Anthropic's official CLI for Claude."}
    own = [{"type": "text", "text": agent, "cache_control": {"type": "ephemeral"}}] if agent else []
    body = {
        "model": "claude-sonnet-4-5",
        "max_tokens": 100,
        "stream": True,
        "system": [first, *own],
        "messages": [{"role": "user", "content": "hello"}],
    }
    headers = {AGENT_HEADER: "agent-1"} if agent else {}
    url = f"{app.desk.bridge.overview.service.url}/v1/messages"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, json=body, headers=headers) as response,
    ):
        assert response.status == 200, await response.text()
    return str(upstream.requests[-1].body["model"])


async def in_force(app: Opened) -> None:
    """The router has the change that a list may show a moment before."""
    await eventually(lambda: not app.desk.bridge.editor._turn.locked())


async def test_a_request_goes_where_the_rules_of_the_set_in_force_say(
    qloop: Loop, upstream: Upstream
) -> None:
    async with opened(with_set(upstream.url, ALL, PLAN), runs=True) as app:
        shown = tab(app)
        assert titles(shown)[0] == "1. Always use small from b."
        assert await asked(app, upstream, agent=PROMPT) == "small"

        choose(shown, 1)
        press(shown.list, Qt.Key.Key_Up, ctrl=True)
        await eventually(lambda: "Plan" in titles(shown)[0])
        await in_force(app)
        assert of_set(app) == [PLAN, ALL]
        assert await asked(app, upstream, agent=PROMPT) == "large"
        assert await asked(app, upstream) == "small"

        shown.action_wanted.emit(shown.list.rows.rows[0].key, "duplicate")
        await app.count_of(shown.list, 3)
        assert of_set(app) == [PLAN, {**PLAN, "name": "plans (copy)"}, ALL]

        shown.action_wanted.emit(shown.list.rows.rows[2].key, "remove")
        await app.count_of(shown.list, 2)
        await in_force(app)
        assert await asked(app, upstream) == "n"

        app.desk.bridge.undo()
        await app.count_of(shown.list, 3)
        await in_force(app)
        assert of_set(app) == [PLAN, {**PLAN, "name": "plans (copy)"}, ALL]
        assert await asked(app, upstream) == "small"
        assert not app.problems


async def test_a_rule_of_a_set_is_edited_and_taken_back(qloop: Loop) -> None:
    async with opened(with_set("http://127.0.0.1:1", PLAN, ALL)) as app:
        shown = tab(app)
        choose(shown, 0)
        press(shown.list, Qt.Key.Key_Return)
        dialog = await editor(app)
        assert dialog.sentence.text() == "When the helper agent is Plan, use large from b."
        dialog.name.setText("planning")
        dialog.save.click()
        await app.settled()
        assert of_set(app) == [{**PLAN, "name": "planning"}, ALL]

        app.desk.bridge.undo()
        await app.settled()
        assert of_set(app) == [PLAN, ALL]


async def test_a_rule_is_made_in_the_set_that_is_shown(qloop: Loop) -> None:
    async with opened(with_set("http://127.0.0.1:1", ALL)) as app:
        shown = tab(app)
        shown.add_button.click()
        dialog = await editor(app)
        dialog.conditions.part("folder").field.show_value("/code")  # type: ignore[union-attr]
        dialog.effects.part("route").field.picker.picked.emit("b,large")  # type: ignore[union-attr]
        dialog.save.click()
        await app.settled()

        assert of_set(app) == [ALL, {"when": {"folder": "/code"}, "route": "b,large"}]
        assert app.toasts == ["Added the rule “When the folder is /code, use large from b.”"]
