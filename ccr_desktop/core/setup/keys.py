"""Where the key of a provider comes from, and whether it is there: never the key itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ccr_desktop.core.config.interpolation import interpolate, is_reference
from ccr_desktop.core.config.transformers import read_chains
from ccr_desktop.core.providers.catalog import LOOPBACK
from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.errors import SecretError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.transformers import Chains
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore


@dataclass(frozen=True, slots=True)
class KeyState:
    """`source` is file, environment, keyring, pool, none (no key needed) or missing."""

    source: str
    is_there: bool
    reference: str = ""
    """What stands in the file instead of the key: `$VAR` or `keyring:NAME`."""
    problem: str = ""

    def __str__(self) -> str:
        words = {
            "file": "in the configuration file",
            "pool": "several keys in the configuration file",
            "none": "not needed",
            "missing": "missing",
        }
        text = words.get(self.source) or f"{self.source}, {self.reference}"
        return text if self.is_there else f"{text} ({self.problem})" if self.problem else text


def key_state(entry: JsonObject, environment: Mapping[str, str], secrets: SecretStore) -> KeyState:
    """The state of a provider's key as the file has it; what the file says counts first."""
    found = entry.get("api_key")
    text = found.strip() if isinstance(found, str) else ""
    if text.startswith(PREFIX):
        return _in_keyring(text.removeprefix(PREFIX).strip(), secrets)
    if is_reference(text):
        return reference_state(text, environment, secrets)
    if text:
        return KeyState("file", True)
    if entry.get("api_keys"):
        return KeyState("pool", True)
    if needs_no_key(entry):
        return KeyState("none", True)
    return _missing(str(entry.get("name") or "").strip(), secrets)


def reference_state(text: str, environment: Mapping[str, str], secrets: SecretStore) -> KeyState:
    """Whether a reference can be resolved."""
    if text.startswith(PREFIX):
        return _in_keyring(text.removeprefix(PREFIX).strip(), secrets)
    issues: list[Issue] = []
    interpolate(text, environment, issues)
    problem = "not set" if issues else ""
    return KeyState("environment", not issues, text, problem)


def needs_no_key(entry: JsonObject) -> bool:
    """A server on this machine, one that is said to want none, or whose transformer signs."""
    url = str(entry.get("api_base_url") or "")
    if entry.get("auth") == "none" or url.startswith("demo:") or is_local(url):
        return True
    return _chains(entry).bring_key


def signs_in_at(entry: JsonObject) -> str:
    """Who gives a key to a person who signs in there; empty where keys are only pasted."""
    return _chains(entry).sign_in_at


def _chains(entry: JsonObject) -> Chains:
    return read_chains(entry.get("transformer"), "", [], has_plugins=True)


def is_local(url: str) -> bool:
    try:
        return (urlsplit(url).hostname or "") in LOOPBACK
    except ValueError:
        return False


def references(value: Any, path: str = "") -> list[tuple[str, str]]:
    """Places and texts of everything in a configuration that refers to a key elsewhere."""
    match value:
        case str() if value.startswith(PREFIX) or is_reference(value):
            return [(path, value)]
        case list():
            return [
                pair
                for index, item in enumerate(value)
                for pair in references(item, f"{path}[{index}]")
            ]
        case dict():
            return [
                pair
                for key, item in value.items()
                for pair in references(item, f"{path}.{key}" if path else str(key))
            ]
        case _:
            return []


def _missing(name: str, secrets: SecretStore) -> KeyState:
    """A stored key counts only when the file refers to it."""
    is_kept = _in_keyring(name, secrets).is_there
    problem = f"one is stored: write {PREFIX}{name}" if is_kept else ""
    return KeyState("missing", False, problem=problem)


def _in_keyring(name: str, secrets: SecretStore) -> KeyState:
    reference = f"{PREFIX}{name}"
    try:
        is_there = secrets.get(name) is not None
    except SecretError as exc:
        return KeyState("keyring", False, reference, exc.title)
    return KeyState("keyring", is_there, reference, "" if is_there else "no such key")
