"""The app's tools as they are at its start, in a home of the test's own, with a real router."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from ccr_desktop import paths
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.desktop.shell import make_desk
from ccr_desktop.desktop.state import Problem


def write_config(raw: Any) -> Path:
    """Put *raw* where the app looks for its configuration; texts are written as they are."""
    path = paths.config_dir() / "config.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(raw if isinstance(raw, str) else json.dumps(raw), encoding="utf-8")
    return path


def read_config_file() -> Any:
    return json.loads((paths.config_dir() / "config.json").read_text(encoding="utf-8"))


def new_desk() -> Desk:
    """On a port that the system chooses, whatever the file says."""
    store = ConfigStore(paths.find_config(), overrides={"port": 0}, tolerant=True)
    return make_desk(store)


@asynccontextmanager
async def open_desk(*, is_started: bool = True) -> AsyncIterator[Desk]:
    """A desk whose router runs; nothing may have failed unheard by the end."""
    desk = new_desk()
    problems: list[Problem] = []
    desk.bridge.failed.connect(problems.append)
    await desk.bridge.begin()
    if is_started:
        await desk.bridge.supervisor.start()
        assert desk.bridge.supervisor.state.phase is Phase.RUNNING
    try:
        yield desk
    finally:
        await desk.bridge.end()
        desk.secrets.close()
    assert not problems
