"""The real Claude Code at work with providers that refuse what the real ones refuse."""

from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.stage import ALL_TOOLS, e2e
from tests.support.claude import NEWEST, executable, run_claude
from tests.support.refusing.apis import APIS, ONE_AT_A_TIME, Api
from tests.support.refusing.play import Numbers, Player, thought
from tests.support.router import API_KEY, Router, start_router
from tests.support.turns import JsonObject, text
from tests.support.upstream import Upstream

pytestmark = e2e
for_every_api = pytest.mark.parametrize(
    "api", [api for api in APIS if api.has_tools], ids=lambda api: api.label
)


def config(chat_url: str, api: Api) -> JsonObject:
    """All of the client's requests go to the provider, small ones and large."""
    entry = {
        "name": "refusing",
        "api_base_url": chat_url,
        "api_key": "k",
        "models": [api.model],
        "profile": api.name,
    }
    return {
        "APIKEY": API_KEY,
        "Providers": [entry],
        "Router": {"default": f"refusing,{api.model}"},
    }


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as server:
        yield server


@pytest.fixture
def router(api: Api, upstream: Upstream, tmp_path: Path) -> Iterator[Router]:
    executable(NEWEST)
    folder = tmp_path / "router"
    folder.mkdir()
    started = start_router(folder, config(upstream.chat_url, api))
    try:
        yield started
    finally:
        started.stop()


@for_every_api
def test_a_task_with_tools_is_completed(
    api: Api, upstream: Upstream, router: Router, tmp_path: Path
) -> None:
    player, report = completed_task(api, upstream, router, tmp_path)

    assert player.broken == [], report


@pytest.mark.parametrize("api", [ONE_AT_A_TIME], ids=[ONE_AT_A_TIME.label])
def test_a_task_is_completed_where_calls_must_come_one_by_one(
    api: Api, upstream: Upstream, router: Router, tmp_path: Path
) -> None:
    player, report = completed_task(api, upstream, router, tmp_path)

    assert set(player.broken) == {"one call at a time"}, report


def completed_task(
    api: Api, upstream: Upstream, router: Router, tmp_path: Path
) -> tuple[Player, str]:
    """What the provider saw of a task of several turns, which must end well; and a report."""
    home, cwd = tmp_path / "home", tmp_path / "project"
    home.mkdir()
    cwd.mkdir()
    made = str(cwd / "a.txt")
    numbers = Numbers(api)
    write = numbers.call("Write", file_path=made, content="one\ntwo – três\n")
    echo = numbers.call("Bash", command="echo out-42 | tee b.txt", description="x")
    read = numbers.call("Read", file_path=made)
    fail = numbers.call("Bash", command="exit 3", description="x")
    player = Player(
        api,
        deque(
            [
                thought(write, echo, words="I begin."),
                thought(read, fail),
                thought() + text("All done."),
            ]
        ),
        only_with_tools=True,
    )
    upstream.respond(player)

    run = run_claude(
        NEWEST,
        router_url=router.url,
        token=API_KEY,
        prompt="Do it",
        home=home,
        cwd=cwd,
        args=[ALL_TOOLS],
    )

    report = f"{player.broken}\n{run.report()}\n{router.stderr_tail()}\n{upstream.report()}"
    assert run.answer == "All done.", report
    assert Path(made).read_text(encoding="utf-8") == "one\ntwo – três\n"
    assert (cwd / "b.txt").read_text(encoding="utf-8") == "out-42\n"
    words = upstream.requests[-1].texts("tool")
    assert "two – três" in words, report
    assert "out-42" in words, report
    return player, report
