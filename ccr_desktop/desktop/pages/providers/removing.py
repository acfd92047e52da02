"""Removing a provider, with a question first where own rules name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.legacy import with_legacy_provider_written
from ccr_desktop.core.setup.edits import without_provider
from ccr_desktop.core.setup.rule_mentions import mentions, without_mentions
from ccr_desktop.desktop.dialogs import Answer, choose
from ccr_desktop.desktop.pages.routes.rules.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.setup.rule_mentions import Mention
    from ccr_desktop.desktop.bridge import Bridge

_tr = QCoreApplication.translate
_MOST_SHOWN = 4
_RULES = "routes/rules"


async def remove_provider(bridge: Bridge, parent: QWidget, name: str) -> None:
    """As one change that can be undone; what rules say of it goes only when that is wanted."""
    found = mentions(with_legacy_provider_written(bridge.raw), name)
    answer = await _answer(parent, name, found) if found else "remove"
    if answer == "open":
        bridge.page_wanted.emit(_RULES)
    elif answer:

        def edit(raw: JsonObject) -> JsonObject:
            raw = with_legacy_provider_written(raw)
            return without_provider(without_mentions(raw, name) if found else raw, name)

        bridge.edit(edit, _tr("Providers", "Removed {name}").format(name=name))


async def _answer(parent: QWidget, name: str, found: Sequence[Mention]) -> str:
    sole = [mention for mention in found if mention.is_sole]
    show = Answer("open", _tr("Providers", "Show the rules"), "primary" if sole else "plain")
    remove = Answer("remove", _tr("Providers", "Remove from rules, too"), "danger")
    keep = Answer("", _tr("Providers", "Cancel"))
    if sole:
        text = _tr(
            "Providers",
            "These rules allow nobody else. Without {name} they would forbid nothing, so change or"
            " remove them first:",
        )
    else:
        text = _tr(
            "Providers",
            "These rules name it. Its name can be taken out of them in the same change, which can"
            " be undone:",
        )
    title = _tr("Providers", "Rules name {name}").format(name=name)
    lines = [text.format(name=name), "", *_sentences(sole or found)]
    answers = [keep, show] if sole else [keep, show, remove]
    return await choose(parent, title, "\n".join(lines), answers)


def _sentences(found: Sequence[Mention]) -> list[str]:
    said = [f"• {sentence(mention.rule)}" for mention in found[:_MOST_SHOWN]]
    more = len(found) - len(said)
    return [*said, _tr("Providers", "… and {count} more").format(count=more)] if more else said
