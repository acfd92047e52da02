"""What holds for the whole suite: how long properties are searched for counterexamples, and that
no test sees what another one has left in memory. What pytest itself holds, millions of objects, is
none of the collector's business: it would go through all of it for seconds, again and again.
"""

import gc
import logging
import os
from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck, settings

from ccr_desktop.core.config import discovered
from ccr_desktop.core.routing import real_paths
from tests.support.ports import free_port

_SLOW_IS_FINE = (HealthCheck.too_slow,)

settings.register_profile(
    "ci", max_examples=500, deadline=None, derandomize=True, suppress_health_check=_SLOW_IS_FINE
)
settings.register_profile(
    "dev", max_examples=50, deadline=None, suppress_health_check=_SLOW_IS_FINE
)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "dev")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """The collector rests while tests are found, and never looks at them later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Thousands of examples may take minutes, where other work shares the processors."""
    for item in items:
        is_property = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if is_property and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(900))


@pytest.fixture
def nothing_frozen() -> Iterator[None]:
    """As any other process has it, for tests of what is out of the collector's sight."""
    gc.unfreeze()
    yield
    gc.freeze()


@pytest.fixture(autouse=True)
def unremembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own memory of what providers said of their models."""
    monkeypatch.setattr(discovered, "_last", type(discovered._last)())


@pytest.fixture(autouse=True)
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder's real name is waited for, however busy the machine is."""
    monkeypatch.setattr(real_paths, "_PATIENCE_S", 60.0)


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """What a test wants to hear of the log is nothing to the next one."""
    logger = logging.getLogger("ccr_desktop")
    level, propagates = logger.level, logger.propagate
    yield
    logger.setLevel(level)
    logger.propagate = propagates


@pytest.fixture
def unused_tcp_port() -> int:
    """In place of pytest-asyncio's, which any connection of another worker may be given."""
    return free_port()
