"""Taking over a configuration of claude-code-router: what carries over, what needs a hand.

Its keys are ours, so most is kept as it is. Keys in clear text may go to the keyring on the way.
"""

from __future__ import annotations

import copy
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.files import read_bytes
from ccr_desktop.core.config.legacy import makes_legacy_provider
from ccr_desktop.core.config.syntax import parse
from ccr_desktop.core.setup.edits import current_routes, provider_entries
from ccr_desktop.core.setup.key_references import referring, setting_referring
from ccr_desktop.core.setup.secret_fields import find_secrets, json_path

if TYPE_CHECKING:
    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.protocol.json import JsonObject

_BUILT_IN = "token-speed"
_SCRIPTS = (".js", ".mjs", ".cjs")
_OF_CLIENTS = {
    "APIKEY": "APIKEY, the key of clients, which goes to the keyring",
    "ClientKeys": "ClientKeys, the keys of single devices, which go to the keyring",
}
_WITHOUT_NODE = (
    "Node.js was not found. Install it, or write them in Python: docs/writing-plugins.md shows how."
)


@dataclass(slots=True)
class Import:
    """What an import makes of a file. `to_keyring` are keys to store before it is saved."""

    source: Path
    raw: JsonObject
    carried: list[str] = field(default_factory=list)
    needs_hand: list[str] = field(default_factory=list)
    clear_keys_note: str = ""
    """The one of `needs_hand` about keys in clear text, for those with their own way to move."""
    to_keyring: dict[str, str] = field(default_factory=dict, repr=False)
    issues: list[Issue] = field(default_factory=list)


def read_import(source: Path, presets: Path, *, keys_to_keyring: bool = False) -> Import:
    """What the file *source* would become; *presets* is claude-code-router's folder of them."""
    issues: list[Issue] = []
    found = parse(read_bytes(source), source, issues)
    result = Import(source, copy.deepcopy(found), issues=issues)
    _take_over_providers(result, keys_to_keyring=keys_to_keyring)
    _take_over_routes(result)
    _note_scripts(result)
    _note_the_rest(result)
    _note_secrets(result)
    _note_presets(result, presets)
    return result


def _take_over_providers(result: Import, *, keys_to_keyring: bool) -> None:
    for entry in provider_entries(result.raw):
        models = entry.get("models")
        count = len(models) if isinstance(models, list) else 0
        name = str(entry["name"]).strip()
        result.carried.append(f"provider {name} with {_counted(count, 'model')}")
        if keys_to_keyring:
            _move_keys(result, name, entry)
    if keys_to_keyring:
        _move_client_keys(result)


def _move_client_keys(result: Import) -> None:
    for name, words in _OF_CLIENTS.items():
        before = result.raw.get(name)
        after = setting_referring(name, before, result.to_keyring)
        if after != before:
            result.raw[name] = after
            result.carried.append(words)


def _move_keys(result: Import, name: str, entry: JsonObject) -> None:
    """All of them: that of the entry, and those of its pool."""
    before = len(result.to_keyring)
    entry.update(referring(name, entry, result.to_keyring))
    if count := len(result.to_keyring) - before:
        if count == 1:
            result.carried.append(f"the key of {name}, which goes to the keyring")
        else:
            result.carried.append(f"{count} keys of {name}, which go to the keyring")


def _take_over_routes(result: Import) -> None:
    for scenario, routes in current_routes(result.raw).items():
        result.carried.append(f"route {scenario}: {', then '.join(routes)}")
    if result.raw.get("fallback"):
        result.carried.append("fallback routes")
    if makes_legacy_provider(result.raw):
        result.carried.append("the OPENAI_… settings, as a provider named openai")


def _note_scripts(result: Import) -> None:
    """Plugins in JavaScript go on as they are, where there is Node.js to run them."""
    found = [("custom router", result.raw.get("CUSTOM_ROUTER_PATH"))]
    entries = result.raw.get("transformers")
    found += [("transformer", entry.get("path")) for entry in _objects(entries)]
    scripts = [f"{kind} {path}" for kind, path in found if _is_script(path)]
    result.carried += [f"{script} (JavaScript)" for script in scripts]
    if scripts and shutil.which("node") is None:
        result.needs_hand.append(f"{', '.join(scripts)}: JavaScript, and {_WITHOUT_NODE}")


def _note_the_rest(result: Import) -> None:
    raw = result.raw
    plain = ("HOST", "PORT", "APIKEY", "LOG", "LOG_LEVEL", "PROXY_URL", "API_TIMEOUT_MS")
    kept = [key for key in plain if raw.get(key) not in (None, "")]
    if kept:
        result.carried.append(f"settings {', '.join(kept)}")
    if raw.get("StatusLine"):
        result.carried.append("the status line (Claude Code must call `ccr statusline`)")
    plugins = raw.get("plugins") or raw.get("Plugins")
    names = [str(item.get("name")) for item in _objects(plugins) if item.get("enabled")]
    if _BUILT_IN in names:
        result.carried.append(f"server plugin {_BUILT_IN}, which is built in")
    result.needs_hand += [
        f"server plugin {name}: there is none of this name here, so that it has no effect."
        for name in names
        if name != _BUILT_IN
    ]


def _note_secrets(result: Import) -> None:
    places = [json_path(path) for path, _ in find_secrets(result.raw)]
    if places:
        result.clear_keys_note = (
            f"{_counted(len(places), 'key')} in clear text: {', '.join(places)}. Those of"
            " providers and of clients can be moved with --keys-to-keyring; others can be written"
            " as $NAME."
        )
        result.needs_hand.append(result.clear_keys_note)


def _note_presets(result: Import, folder: Path) -> None:
    names = sorted(path.parent.name for path in folder.glob("*/manifest.json"))
    if names:
        result.needs_hand.append(
            f"presets {', '.join(names)}: see them with `ccr preset list`, use one with"
            f" `ccr preset apply {names[0]}`."
        )


def _is_script(path: Any) -> bool:
    return isinstance(path, str) and Path(path).suffix.lower() in _SCRIPTS


def _objects(found: Any) -> list[JsonObject]:
    items = found if isinstance(found, list) else []
    return [item for item in items if isinstance(item, dict)]


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
