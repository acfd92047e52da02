"""`/model provider,model` in the real Claude Code: it probes the model, then the router obeys."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desk import posix_only
from tests.e2e.stage import e2e
from tests.e2e.terminal import Terminal, claude_in_a_terminal
from tests.support.router import API_KEY, config, start_router
from tests.support.turns import text
from tests.support.upstream import Upstream

pytestmark = [*e2e, posix_only]


@pytest.fixture
def terminal(tmp_path: Path, upstream: Upstream) -> Iterator[Terminal]:
    folder = tmp_path / "router"
    folder.mkdir()
    router = start_router(folder, config(upstream.chat_url))
    try:
        with claude_in_a_terminal(tmp_path, router, API_KEY) as shown:
            shown.await_text("❯")
            yield shown
    finally:
        router.stop()


def test_a_model_that_is_chosen_is_probed_and_answers_from_then_on(
    terminal: Terminal, upstream: Upstream
) -> None:
    upstream.script(text("Hi"), text("Switched over."), model="search-model")

    terminal.type("/model MOCK, search-model")
    terminal.await_text("Set model to")
    terminal.type("Say hello")
    terminal.await_text("Switched over.")

    probe, turn = upstream.asked("search-model")
    assert (probe.texts("user"), probe.body["max_tokens"]) == ("Hi", 1)
    assert "Say hello" in turn.texts("user")


def test_a_provider_that_is_not_configured_is_not_switched_to(
    terminal: Terminal, upstream: Upstream
) -> None:
    upstream.script(text("Still the same."), model="main-model")

    terminal.type("/model nobody,x")
    terminal.await_text("not found")
    terminal.type("Say hello")
    terminal.await_text("Still the same.")

    assert [request.model for request in upstream.requests] == ["main-model"]
