"""What the questions of a preset are called: those that name a place, as the window names it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccr_desktop.core.presets.sharing import asked_place
from ccr_desktop.core.setup.secret_fields import json_path
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.setting_places import ALL_PLACES, nearest_title

if TYPE_CHECKING:
    from ccr_desktop.core.presets.manifest import Input, Manifest

_NUMBER = re.compile(r"\[\d+\]")


def question_words(entry: Input, manifest: Manifest) -> tuple[str, str]:
    """Its title and its help: "Key: kimi", and the place in the settings file."""
    path = asked_place(manifest, entry)
    if path is None:
        return entry.title, entry.prompt if entry.prompt != entry.title else ""
    where = json_path(path)
    place = _NUMBER.sub("[]", where)
    title = nearest_title(place)
    if not title:
        return entry.title, where
    owner = [_provider(path[1], manifest)] if path[0] == "Providers" else []
    last = [] if place in ALL_PLACES else [str(path[-1])]
    about = lists.phrases([*owner, *last])
    return lists.titled(title, about) if about else title, where


def _provider(number: object, manifest: Manifest) -> str:
    entry = manifest.parts["Providers"][number]
    return str(entry.get("name", number) if isinstance(entry, dict) else number)
