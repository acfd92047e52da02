"""A home of its own for each test, and stores that read there."""

import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config import store as store_module
from ccr_desktop.core.config.store import ConfigStore

JsonObject = dict[str, Any]

PROVIDER = {"name": "p", "api_base_url": "https://h.test/v1", "api_key": "$KEY", "models": ["m"]}
BASE: JsonObject = {"Providers": [PROVIDER], "Router": {"default": "p,m"}}
OTHER: JsonObject = {**BASE, "PORT": 4000}
ENVIRONMENT = {"KEY": "sk-from-the-environment"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setattr(store_module, "_SECOND_LOOK_S", 0.0)
    monkeypatch.setattr(store_module, "_GONE_AFTER_S", 0.0)
    return tmp_path


@pytest.fixture
def own(home: Path) -> Path:
    return home / "own" / "config" / "config.json"


@pytest.fixture
def older(home: Path) -> Path:
    return home / ".claude-code-router" / "config.json"


def write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = value if isinstance(value, str) else json.dumps(value)
    path.write_text(text, encoding="utf-8")


def opened(path: Path | None = None, **options: Any) -> ConfigStore:
    return ConfigStore(path, environment=ENVIRONMENT, **options)
