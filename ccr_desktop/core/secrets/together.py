"""Storing keys together with what refers to them: both are done, or neither."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ccr_desktop.errors import SecretError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccr_desktop.core.secrets.store import SecretStore


@contextmanager
def storing(keys: Mapping[str, str], secrets: SecretStore) -> Iterator[dict[str, str | None]]:
    """Store *keys*, then run the body with what was there before; put it back when that fails."""
    before = {name: secrets.get(name) for name in sorted(keys)}
    try:
        for name, key in keys.items():
            store_safely(name, key, secrets)
        yield before
    except BaseException:
        put_back(before, secrets)
        raise


def store_safely(name: str, key: str, secrets: SecretStore) -> None:
    """Raises `SecretError` also for a store that lost the key without a word."""
    secrets.set(name, key)
    if secrets.get(name) != key:
        hint = "The configuration was not changed."
        raise SecretError(f"{secrets.describe()} did not keep the key of {name}", hint)


def put_back(before: Mapping[str, str | None], secrets: SecretStore) -> None:
    """The store as it was, for those names."""
    for name, key in before.items():
        if key is None:
            secrets.delete(name)
        elif secrets.get(name) != key:
            secrets.set(name, key)
