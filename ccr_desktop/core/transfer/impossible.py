"""What the reader of settings would refuse, told of each thing before it is taken.

One impossible value would keep all the others out: the settings could not be saved.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.setup.edits import provider_entries
from ccr_desktop.core.transfer.items import Kind, as_object, item_key
from ccr_desktop.core.transfer.keys_in_use import KEY_FIELDS
from ccr_desktop.core.transfer.warnings import references_in
from ccr_desktop.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.protocol.json import JsonObject

PROVIDERS = ("Providers", "providers")
_PLACE = re.compile(r"(?:Providers\[(?P<number>\d+)\]|Router\.(?P<route>\w+)|(?P<setting>\w+))")


def impossible(found: JsonObject, raw: JsonObject) -> Mapping[str, tuple[str, ...]]:
    """By the keys of items of *found*: what is wrong with them beside the providers of *raw*.

    Values that refer to variables are left out: what stands behind them is for here to say.
    """
    offered = _by_name(found)
    every = list((_by_name(raw) | offered).values())
    names = [str(entry["name"]).strip() for entry in every]
    settings = {
        key: value
        for key, value in found.items()
        if key not in (*PROVIDERS, "Router") and not references_in(value)
    }
    router = {
        key: value
        for key, value in as_object(found.get("Router")).items()
        if not references_in(value)
    }
    wrong: dict[str, tuple[str, ...]] = {}
    for issue in _errors({**settings, "Providers": every, "Router": router}):
        place = _PLACE.match(issue.where)
        if place is None:
            continue
        if number := place["number"]:
            entry = every[int(number)]
            if str(entry["name"]).strip().casefold() not in offered or references_in(entry):
                continue
            key = item_key(Kind.PROVIDER, names[int(number)])
        elif place["route"]:
            key = item_key(Kind.ROUTE, place["route"])
        else:
            key = item_key(Kind.SETTING, place["setting"])
        wrong[key] = (*wrong.get(key, ()), _told(issue, place.end()))
    return wrong


def _by_name(raw: JsonObject) -> dict[str, JsonObject]:
    """Of several with one name the last counts; their keys are judged by nobody."""
    return {
        str(entry["name"]).strip().casefold(): {
            key: value for key, value in entry.items() if key not in KEY_FIELDS
        }
        for entry in provider_entries(raw)
    }


def _errors(raw: JsonObject) -> list[Issue]:
    try:
        read_config(raw, None, {}, secrets=MemorySecrets())
    except ConfigError as exc:
        return [issue for issue in exc.issues if issue.severity == "error"]
    return []


def _told(issue: Issue, begin: int) -> str:
    """Without the place of its item, beside which it stands."""
    inner = issue.where[begin:].removeprefix(".")
    said = str(Issue(inner, issue.problem, issue.hint))
    return said if inner else f"{said[:1].upper()}{said[1:]}"
