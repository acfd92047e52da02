"""The stage of an end-to-end test and what a failing one shows of it, and a desk for commands."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.e2e.desk import Desk
from tests.e2e.stage import Stage
from tests.support.claude import NEWEST, OLD, executable
from tests.support.router import config, start_router
from tests.support.turns import text
from tests.support.upstream import Upstream

STAGE = pytest.StashKey[Stage]()


@pytest.fixture
def provider_path() -> str:
    """The endpoint of the provider, which tells what it speaks; modules have their own."""
    return "/v1/chat/completions"


@pytest.fixture(params=[NEWEST, OLD])
def stage(request: pytest.FixtureRequest, tmp_path: Path, provider_path: str) -> Iterator[Stage]:
    """Everything wired together, for each version of the client."""
    version: str = request.param
    executable(version)
    folders = [tmp_path / name for name in ("router", "home", "project")]
    for folder in folders:
        folder.mkdir()
    router_folder, home, cwd = folders
    with Upstream() as upstream:
        router = start_router(router_folder, config(f"{upstream.url}{provider_path}"))
        try:
            made = Stage(version=version, upstream=upstream, router=router, home=home, cwd=cwd)
            request.node.stash[STAGE] = made
            yield made
        finally:
            router.stop()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream(text("Hello from upstream.")) as server:
        yield server


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add what client, router and provider said to the report of a failure."""
    report = yield
    stage = item.stash.get(STAGE, None)
    if call.when == "call" and report.failed and stage is not None:
        report.sections.extend(stage.report().items())
    return report
