"""A home of the test's own, and what checks look at in it."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop import paths
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.doctor.all_checks import all_checks
from ccr_desktop.doctor.check import Around, Finding
from ccr_desktop.doctor.examine import examine

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
Look = Callable[..., Finding]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing is read from or written to the real home."""
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("CLAUDE_CONFIG_DIR", "SERVICE_PORT", *_PROXIES):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return tmp_path


@pytest.fixture
def look(home: Path) -> Look:
    """What one check finds with this configuration and environment."""

    def found(
        key: str, raw: Any = None, environment: dict[str, str] | None = None, **more: Any
    ) -> Finding:
        around = around_of(home, raw, environment, **more)

        async def examined() -> Finding:
            checks = [check for check in all_checks(around) if check.key == key]
            (result,) = await examine(checks, around)
            return result.finding

        return asyncio.run(examined())

    return found


def around_of(
    home: Path, raw: Any = None, environment: dict[str, str] | None = None, **more: Any
) -> Around:
    if raw is not None:
        path = paths.config_dir() / "config.json"
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(raw if isinstance(raw, str) else json.dumps(raw), encoding="utf-8")
        path.chmod(0o600)
    secrets = more.pop("secrets", None) or MemorySecrets()
    store = ConfigStore(paths.find_config(), tolerant=True, secrets=secrets)
    return Around(
        store=store,
        secrets=secrets,
        environment=environment or {},
        home=home,
        folder=home / "project",
        **more,
    )
