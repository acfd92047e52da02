"""The desktop of a test, its tray and its notifications. `session.py` tells how to use them."""

import os
import sys
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.desktop.screen_reader import LAUNCHER, ScreenReader
from tests.desktop.session import Desktop, missing_programs
from tests.desktop.sink import NotificationSink
from tests.desktop.watcher import StatusNotifierWatcher
from tests.support.upstream import Upstream


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)  # noqa: PTH120  # compared with text
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.desktop)


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    """A desktop with a window manager and no tray; without its programs only CI fails."""
    need(*missing_programs())
    with Desktop() as own:
        yield own


@pytest.fixture
async def watcher(desktop: Desktop) -> AsyncIterator[StatusNotifierWatcher]:
    async with StatusNotifierWatcher(desktop.bus_address) as own:
        yield own


@pytest.fixture
async def sink(desktop: Desktop) -> AsyncIterator[NotificationSink]:
    async with NotificationSink(desktop.bus_address) as own:
        yield own


@pytest.fixture
async def reader(desktop: Desktop) -> AsyncIterator[ScreenReader]:
    if not LAUNCHER.exists():
        need(LAUNCHER.name)
    async with ScreenReader(desktop) as own:
        yield own


def need(*missing: str) -> None:
    if not missing:
        return
    reason = f"scripts/system-packages.sh installs what is missing: {', '.join(missing)}"
    if os.environ.get("CI") == "true" and sys.platform == "linux":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def provider() -> Iterator[Upstream]:
    """A scripted provider on a loopback port."""
    with Upstream() as own:
        yield own
