"""`ccr config get`, `set` and `unset`: one setting at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.cli.changes import open_store, raw_of, save
from ccr_desktop.cli.output import print_json
from ccr_desktop.cli.prompts import say
from ccr_desktop.core.protocol.json import dumps_text
from ccr_desktop.core.setup.secret_fields import masked
from ccr_desktop.core.setup.setting_paths import find_path, read_value, value_at, with_value_at

if TYPE_CHECKING:
    import argparse

    from ccr_desktop.cli.actions import Actions
    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.setup.setting_paths import SettingPath

_PATH = "its path, such as PORT, Desktop.theme or Providers[deepseek].timeout.idle_s"


def add_to(actions: Actions) -> None:
    get = actions.add("get", "print one setting; secrets are masked", _get)
    get.add_argument("key", metavar="KEY", help=_PATH)
    get.add_argument("--json", action="store_true", help="print JSON")
    set_ = actions.add("set", "change one setting, after checking it", _set)
    set_.add_argument("key", metavar="KEY", help=_PATH)
    set_.add_argument("value", metavar="VALUE", help="a text as it is; all else as JSON5")
    unset = actions.add("unset", "remove one setting, so that its default counts", _unset)
    unset.add_argument("key", metavar="KEY", help=_PATH)


def _get(options: argparse.Namespace) -> int:
    path = find_path(options.key)
    found = value_at(raw_of(open_store(options, tolerant=True)), path)
    is_set = found is not None
    usual = path.setting.default if path.setting and not path.rest else None
    value = _shown(path, found if is_set else usual)
    if options.json:
        print_json({"key": options.key, "value": value, "is_set": is_set})
    elif isinstance(value, str):
        print(value)
    elif value is not None:
        print(dumps_text(value))
    return 0


def _shown(path: SettingPath, value: Any) -> Any:
    """Masked by the name that it has, as in the whole file."""
    name = path.parts[-1].strip("[]")
    if path.setting and path.setting.key == "Providers[].api_keys":
        name = "api_keys"
    return masked({name: value})[name]


def _set(options: argparse.Namespace) -> int:
    path = find_path(options.key)
    return _changed(options, path, read_value(path, options.value))


def _unset(options: argparse.Namespace) -> int:
    return _changed(options, find_path(options.key), None)


def _changed(options: argparse.Namespace, path: SettingPath, value: Any) -> int:
    options.called += f" {options.key}"  # what the history says of it
    store = open_store(options)
    raw = raw_of(store)
    before = set(store.config.issues)

    def change(raw: JsonObject) -> JsonObject:
        return with_value_at(raw, path, value)

    new = change(raw)
    if new == raw:
        say("Nothing to change.")
        return 0
    save(store, new, is_asked=False, again=change)
    _warn(store, before)
    return 0


def _warn(store: ConfigStore, before: set[Issue]) -> None:
    """What the change has brought that is not quite right."""
    for issue in store.config.issues:
        if issue not in before:
            say(f"Note: {issue}")
