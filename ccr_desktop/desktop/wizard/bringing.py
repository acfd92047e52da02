"""What the ticks of the first step come to: the lines, and the configuration. No I/O."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.spelling import note_unknown_keys
from ccr_desktop.core.setup.edits import (
    find_entry,
    provider_entries,
    with_provider,
    without_provider,
)
from ccr_desktop.core.setup.key_references import referring, setting_referring
from ccr_desktop.core.setup.known_members import known_members
from ccr_desktop.core.setup.secret_fields import find_secrets
from ccr_desktop.core.transfer.taking import Taken
from ccr_desktop.core.transfer.unknown_transformers import unknown_transformers
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import title_words
from ccr_desktop.desktop.key_destination import key_destination
from ccr_desktop.desktop.phrases import put_together

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import StoreStatus
    from ccr_desktop.core.setup.importing import Import
    from ccr_desktop.core.setup.templates import Template
    from ccr_desktop.core.upstream.local_servers import LocalServer
    from ccr_desktop.desktop.wizard.finding import Findings

OLD, SERVER, ENVIRONMENT = "old", "server", "env"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """One thing that can be taken over; `group` is the heading it stands under."""

    key: str
    group: str
    title: str
    detail: str
    is_ticked: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it."""

    carried: tuple[str, ...]
    needs_hand: tuple[str, ...]

    @property
    def summary(self) -> str:
        carried, needs = len(self.carried), len(self.needs_hand)
        words = _tr("1 thing taken over") if carried == 1 else _tr("{count} things taken over")
        text = words.format(count=carried)
        if not needs:
            return f"{text}."
        more = _tr("1 needs you") if needs == 1 else _tr("{count} need you")
        return f"{text}, {more.format(count=needs)}."


def found_lines(found: Findings, raw: JsonObject) -> tuple[FoundLine, ...]:
    """What is not in the settings yet; old settings count until they are taken over."""
    old = provider_entries(found.old.raw) if found.old else []
    servers = (each for each in found.servers if find_entry(raw, each.template.id) is None)
    keys = (each for each in found.environment if find_entry(raw, each.id) is None)
    return (
        *(_old_line(entry) for entry in old if find_entry(raw, _name(entry)) is None),
        *map(_server_line, servers),
        *map(_key_line, keys),
    )


def brought(
    raw: JsonObject, found: Findings, ticked: Collection[str], *, is_own: bool
) -> JsonObject:
    """The configuration with what is ticked. Settings of our own keep all that they have."""
    new = _with_old(raw, found, ticked, is_own=is_own)
    for server in found.servers:
        if f"{SERVER}:{server.template.id}" in ticked:
            entry = server.template.entry(server.template.id)
            if server.models:
                entry["models"] = list(server.models)
            new = with_provider(new, entry)
    for template in found.environment:
        if f"{ENVIRONMENT}:{template.id}" in ticked:
            key = {"api_key": f"${template.env}"}
            new = with_provider(new, template.entry(template.id) | key)
    return new


def apart(before: JsonObject, new: JsonObject, found: Findings, *, is_own: bool) -> Taken:
    """What was brought, with the keys of the old settings on their way to the store.

    What the settings had *before* stays as it was.
    """
    old = provider_entries(found.old.raw) if found.old else []
    here = {_name(entry) for entry in provider_entries(before)} if is_own else set()
    names = {_name(entry) for entry in old} - here
    raw, keys = copy.deepcopy(new), dict[str, str]()
    for entry in provider_entries(raw):
        if _name(entry) in names:
            entry.update(referring(_name(entry), entry, keys))
    if not is_own:
        raw |= {name: setting_referring(name, raw[name], keys) for name in raw}
    return Taken(raw, keys)


def report_of(
    found: Findings,
    ticked: Collection[str],
    raw: JsonObject | None = None,
    *,
    keys_trouble: str = "",
    store: StoreStatus | None = None,
) -> Report:
    """*raw* is what came of it: keys that are in it as such are told, and why they are there.

    *store* is where the others are; None: that is not known.
    """
    lines = found_lines(found, {})
    carried = [lists.aside(line.title, line.detail) for line in lines if line.key in ticked]
    has_old = any(key.startswith(f"{OLD}:") for key in ticked)
    if (old := found.old) and has_old:
        others = [text for text in old.carried if not text.startswith("provider ")]
        is_clear = any(find_secrets(old.raw if raw is None else raw))
        if old.clear_keys_note and not is_clear:
            words = _tr("keys, which are in {place} now")
            others.append(words.format(place=key_destination(store)))
        needs = _needs_hand(old, ticked, keys_trouble, is_clear=is_clear)
        brought = old.raw if raw is None else {key: old.raw[key] for key in old.raw if key in raw}
        return Report((*carried, *others), (*needs, *_unknown(brought)))
    return Report(tuple(carried), ())


def _needs_hand(
    old: Import, ticked: Collection[str], keys_trouble: str, *, is_clear: bool
) -> Iterator[str]:
    if not old.raw.get("transformers"):  # plugins, which are loaded when they are here
        names = [key.removeprefix(f"{OLD}:") for key in ticked]
        yield from unknown_transformers(old.raw, {}, names).values()
    for text in old.needs_hand:
        if text != old.clear_keys_note:
            yield text
        elif is_clear:
            yield put_together((keys_trouble, _clear_keys()))


def _unknown(raw: JsonObject) -> Iterator[str]:
    """What was brought along and has no effect."""
    issues: list[Issue] = []
    note_unknown_keys(raw, known_members((), raw) or (), "", issues)
    yield from map(str, issues)


def _clear_keys() -> str:
    return _tr(
        "Keys stand in clear text in the settings. On the page Settings, Keys, they can be"
        " moved to a safer place."
    )


def _with_old(
    raw: JsonObject, found: Findings, ticked: Collection[str], *, is_own: bool
) -> JsonObject:
    entries = provider_entries(found.old.raw) if found.old else []
    kept = [entry for entry in entries if f"{OLD}:{_name(entry)}" in ticked]
    if found.old is None or not kept:
        return raw
    new = raw if is_own else found.old.raw
    for entry in entries:
        if is_own and entry in kept and find_entry(new, _name(entry)) is None:
            new = with_provider(new, entry)
        elif not is_own and entry not in kept:
            new = without_provider(new, _name(entry))
    return new


def _old_line(entry: JsonObject) -> FoundLine:
    models = entry.get("models")
    return FoundLine(
        key=f"{OLD}:{_name(entry)}",
        group=_tr("In your settings of claude-code-router"),
        title=_name(entry),
        detail=_models(len(models) if isinstance(models, list) else 0),
    )


def _server_line(server: LocalServer) -> FoundLine:
    return FoundLine(
        key=f"{SERVER}:{server.template.id}",
        group=_tr("Running on this computer"),
        title=title_words(server.template),
        detail=_models(len(server.models)),
    )


def _key_line(template: Template) -> FoundLine:
    return FoundLine(
        key=f"{ENVIRONMENT}:{template.id}",
        group=_tr("Keys in your environment"),
        title=title_words(template),
        detail=template.env,
        is_ticked=False,
    )


def _name(entry: JsonObject) -> str:
    return str(entry["name"]).strip()


def _models(count: int) -> str:
    return _tr("1 model") if count == 1 else _tr("{count} models").format(count=count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Wizard", text)
