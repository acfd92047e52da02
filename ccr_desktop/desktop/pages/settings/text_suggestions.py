"""What may stand at a place of the text, in the words of the window."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.json_schema import config_schema
from ccr_desktop.core.config.settings import BY_KEY
from ccr_desktop.core.config.suggestions import suggest
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.setting_places import ALL_PLACES, help_of, title_of
from ccr_desktop.desktop.widgets.offers import Offer

if TYPE_CHECKING:
    from ccr_desktop.core.config.suggestions import Suggestion


def offers_at(text: str, position: int) -> tuple[int, int, list[Offer]]:
    found = suggest(text, position, _schema())
    offers = [Offer(item.label, item.text, _about(item), item.back) for item in found.items]
    return found.start, found.end, offers


@cache
def _schema() -> dict[str, object]:
    return config_schema()


def _about(item: Suggestion) -> str:
    """What the setting is called in the window, and what it is for."""
    title = title_of(item.key) if item.key in ALL_PLACES else ""
    return "\n".join(filter(None, (title, _help(item))))


def _help(item: Suggestion) -> str:
    setting = BY_KEY.get(item.key)
    if setting is None:
        kinds = {"default": _tr("default"), "example": _tr("example")}
        return kinds.get(item.about) or in_words(item.about).replace("`", "")
    unit = _tr("In {unit}.").format(unit=setting.unit) if setting.unit else ""
    idle = _tr("Without effect so far.") if setting.is_idle else ""
    return put_together((help_of(item.key), unit, idle))


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsText", text)
