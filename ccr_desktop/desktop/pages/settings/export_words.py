"""What a link or a file that was made does not bring, by the names that the window has for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.setup.edits import provider_entries
from ccr_desktop.core.transfer import own_link
from ccr_desktop.core.transfer.file_places import files_named_in
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.setting_places import nearest_title

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_IN_PROVIDER = re.compile(r"[Pp]roviders\[(\d+)\]\.(.+)")


def missing_in_link(raw: JsonObject) -> list[str]:
    """Lines of text; none when the link brings everything."""
    settings: dict[str, list[str]] = {}
    private = []
    for left in own_link.left_behind(raw):
        if not left.keys:
            private.append(left.provider)
        for key in left.keys:
            owners = settings.setdefault(f"Providers[].{key}" if left.provider else key, [])
            owners.extend([left.provider] if left.provider else [])
    lines = [_of(_title(key), owners) for key, owners in settings.items()]
    if private:
        words = _tr("Providers whose address holds a secret: {names}")
        lines.append(words.format(names=lists.names(private)))
    return [_tr("Not in the link:"), *(f"• {line}" for line in lines)] if lines else []


def missing_in_file(raw: JsonObject) -> list[str]:
    """Settings of which the file has only the path to another file."""
    names = dict.fromkeys(_file_title(place, raw) for place in files_named_in(raw))
    head = _tr("These are files of this computer. Only where they are is in it:")
    return [head, *(f"• {name}" for name in names)] if names else []


def _file_title(place: str, raw: JsonObject) -> str:
    found = _IN_PROVIDER.match(place)
    if not found:
        return _title(place)
    entries, number = provider_entries(raw), int(found[1])
    owner = str(entries[number]["name"]) if number < len(entries) else ""
    return _of(_title(f"Providers[].{found[2]}"), [owner] if owner else [])


def _of(name: str, owners: list[str]) -> str:
    return lists.titled(name, lists.names(owners)) if owners else name


def _title(key: str) -> str:
    """One that is not known has the name it has."""
    return nearest_title(key) or key.removeprefix("Providers[].")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
