"""Removing a provider, with a question first where something else depends on it.

Own rules may name it, and it may be the main model of the routes or of a route set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.legacy import with_legacy_provider_written
from ccr_desktop.core.setup.edits import without_provider
from ccr_desktop.core.setup.main_routes import replaced_main_routes
from ccr_desktop.core.setup.rule_mentions import mentions, without_mentions
from ccr_desktop.desktop.dialogs import Answer, choose
from ccr_desktop.desktop.pages.routes.rules.sentences import sentence
from ccr_desktop.desktop.state import model_of, provider_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.setup.main_routes import Replaced
    from ccr_desktop.core.setup.rule_mentions import Mention
    from ccr_desktop.desktop.bridge import Bridge

_tr = QCoreApplication.translate
_MOST_SHOWN = 4
_RULES = "routes/rules"


@dataclass(frozen=True, slots=True)
class _Dependents:
    """What has to be asked about: rules that name it, and main models that are others then."""

    rules: Sequence[Mention]
    replaced: Sequence[Replaced]

    @property
    def sole(self) -> list[Mention]:
        """The rules that would forbid nothing any more."""
        return [mention for mention in self.rules if mention.is_sole]


async def remove_provider(bridge: Bridge, parent: QWidget, name: str) -> None:
    """As one change that can be undone; what rules say of it goes only when that is wanted."""
    before = with_legacy_provider_written(bridge.raw)
    replaced = replaced_main_routes(before, without_provider(before, name))
    found = _Dependents(mentions(before, name), replaced)
    asks = bool(found.rules or found.replaced)
    answer = await _answer(parent, name, found) if asks else "remove"
    if answer == "open":
        bridge.page_wanted.emit(_RULES)
    elif answer:

        def edit(raw: JsonObject) -> JsonObject:
            raw = with_legacy_provider_written(raw)
            return without_provider(without_mentions(raw, name) if found.rules else raw, name)

        bridge.edit(edit, _tr("Providers", "Removed {name}").format(name=name))


async def _answer(parent: QWidget, name: str, found: _Dependents) -> str:
    rules, other = _tr("Providers", "Rules name {name}"), _tr("Providers", "Remove {name}?")
    lines = _about_rules(name, found) if found.rules else []
    if found.replaced and not found.sole:
        lines += [*([""] if lines else []), *_about_main_models(found.replaced)]
    return await choose(
        parent,
        (rules if found.rules else other).format(name=name),
        "\n".join(lines),
        _answers(found),
    )


def _answers(found: _Dependents) -> list[Answer]:
    keep = Answer("", _tr("Providers", "Cancel"))
    if not found.rules:
        return [keep, Answer("remove", _tr("Providers", "Remove"), "danger")]
    show = Answer("open", _tr("Providers", "Show the rules"), "primary" if found.sole else "plain")
    remove = Answer("remove", _tr("Providers", "Remove from rules, too"), "danger")
    return [keep, show] if found.sole else [keep, show, remove]


def _about_rules(name: str, found: _Dependents) -> list[str]:
    if found.sole:
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
    said = [sentence(mention.rule) for mention in found.sole or found.rules]
    return [text.format(name=name), "", *_listed(said)]


def _about_main_models(replaced: Sequence[Replaced]) -> list[str]:
    text = _tr("Providers", "It has the main model of routes. Another takes its place there:")
    line = _tr("Providers", "{set}: {model} from {provider}")
    standard = _tr("Routes", "Standard")
    said = [
        line.format(
            set=each.route_set or standard,
            model=model_of(each.route),
            provider=provider_of(each.route),
        )
        for each in replaced
    ]
    return [text, "", *_listed(said)]


def _listed(said: Sequence[str]) -> list[str]:
    shown = [f"• {each}" for each in said[:_MOST_SHOWN]]
    more = len(said) - len(shown)
    return [*shown, _tr("Providers", "… and {count} more").format(count=more)] if more else shown
