"""Claude Code's WebSearch through a provider that searches, and through one that can't."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import STAGE
from tests.e2e.stage import ALL_TOOLS, Stage, e2e
from tests.support.claude import NEWEST, executable
from tests.support.router import config, start_router
from tests.support.turns import JsonObject, Turn, call, text, tool_calls
from tests.support.upstream import Request, Upstream

pytestmark = e2e

QUERY = "heron news"
PAGES = {"https://herons.example/1": "Heron lands", "https://herons.example/2": "Heron flies"}


def start(request: pytest.FixtureRequest, folder: Path, **provider: object) -> Iterator[Stage]:
    executable(NEWEST)
    folders = [folder / name for name in ("router", "home", "project")]
    for each in folders:
        each.mkdir()
    router_folder, home, cwd = folders
    with Upstream() as upstream:
        configuration = config(upstream.chat_url)
        configuration["Providers"][0] |= provider
        router = start_router(router_folder, configuration)
        try:
            made = Stage(version=NEWEST, upstream=upstream, router=router, home=home, cwd=cwd)
            request.node.stash[STAGE] = made
            yield made
        finally:
            router.stop()


@pytest.fixture
def searching(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    yield from start(request, tmp_path, transformer={"use": ["openrouter"]})


@pytest.fixture
def unable(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    yield from start(request, tmp_path, transformer={"use": ["deepseek"]})


def found() -> Turn:
    """An answer in words, then where they came from, as OpenRouter streams it."""
    cited = [
        {"type": "url_citation", "url_citation": {"url": url, "title": title, "content": "…"}}
        for url, title in PAGES.items()
    ]
    return text("Herons were seen.") + Turn(deltas=({"annotations": cited},))


def searches(stage: Stage) -> None:
    """Let the main model search, and then speak."""
    loads = call("ToolSearch", {"query": "select:WebSearch", "max_results": 5})
    search = call("WebSearch", {"query": QUERY})
    stage.script(tool_calls([loads]), tool_calls([search]), text("Herons."))


def members(request: Request) -> JsonObject:
    return {name: request.body[name] for name in ("plugins", "tools") if name in request.body}


def test_a_search_shows_its_links(searching: Stage) -> None:
    searches(searching)
    searching.upstream.script(found(), model="search-model")

    run = searching.ask("What of herons?", ALL_TOOLS)

    assert run.answer == "Herons."
    [asked] = searching.upstream.asked("search-model")
    assert members(asked) == {"plugins": [{"id": "web"}]}
    assert QUERY in asked.texts("user")
    [shown] = searching.main[-1].results.values()
    assert "Herons were seen." in shown
    for url, title in PAGES.items():
        assert url in shown
        assert title in shown


def test_a_model_that_cannot_search_says_which_route_to_set(unable: Stage) -> None:
    searches(unable)

    run = unable.ask("What of herons?", ALL_TOOLS)

    assert run.answer == "Herons."
    assert not unable.upstream.asked("search-model")
    [shown] = unable.main[-1].results.values()
    assert "mock,search-model can't search the web" in shown
    assert "Router.webSearch" in shown
