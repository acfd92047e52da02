"""Fixtures of the tests of the configuration."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from ccr_desktop.core.config import reader
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.errors import ConfigError
from tests.unit.core.config.schema_checks import problems
from tests.unit.core.config.stores import home, older, own

__all__ = ["home", "older", "own"]


class AnyKey:
    """A store in which every name has a key."""

    def get(self, name: str) -> str:
        return f"key-of-{name}"

    def describe(self) -> str:
        return "a test's store"


@pytest.fixture(autouse=True)
def schema_agrees(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the reader took without a word during the test is valid by the JSON Schema, too."""
    read: list[tuple[Any, dict[str, str]]] = []
    usual = reader.interpolate

    def interpolate(value: Any, environment: Mapping[str, str], issues: list[Issue]) -> Any:
        read.append((value, dict(environment)))
        return usual(value, environment, issues)

    with monkeypatch.context() as patched:
        patched.setattr(reader, "interpolate", interpolate)
        yield
    for raw, environment in read:
        if _is_taken(raw, environment):
            assert problems(raw) == [], raw


def _is_taken(raw: Any, environment: Mapping[str, str]) -> bool:
    try:
        return not read_config(raw, None, environment, secrets=AnyKey()).issues
    except ConfigError:
        return False
