"""What can be added: servers that were found, known vendors in their groups, any address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.providers.catalog import find_profile, is_known
from ccr_desktop.core.setup.addresses import complete_url
from ccr_desktop.core.setup.templates import Template, find_template, templates
from ccr_desktop.desktop.core_words import title_words
from ccr_desktop.desktop.widgets.choices import Choice
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.upstream.local_servers import LocalServer

FOUND, ADDRESS = "found:", "address:"
OTHER = "other"
GROUPS = ("On this computer", "Well known", "Coding plans", "Aggregators")


def preset_choices(found: Sequence[LocalServer] = ()) -> list[Choice]:
    """All choices, those that were found first and the others in the order of their groups."""
    here = [_found(server) for server in found]
    ordered = sorted(_offered(), key=lambda template: GROUPS.index(template.group))
    return [*here, *map(_choice, ordered), _other()]


def address_choice(typed: str) -> Choice | None:
    """What was typed, where it is an address: completed, and with what is known of it."""
    if not _is_like_address(typed):
        return None
    try:
        url = complete_url(typed)
    except ClientError:
        return None
    return Choice(
        key=f"{ADDRESS}{url}", title=url, group=_tr("Other address"), detail=_known_as(url)
    )


def entry_of(choice: str, raw: JsonObject, found: Sequence[LocalServer]) -> JsonObject:
    """The entry that a choice begins with, under a name that is free in *raw*."""
    if choice.startswith(FOUND):
        server = next(s for s in found if f"{FOUND}{s.template.id}" == choice)
        entry = entry_of(server.template.id, raw, ())
        return {**entry, "models": list(server.models)} if server.models else entry
    if choice.startswith(ADDRESS):
        url = choice.removeprefix(ADDRESS)
        return {"name": unused_name(raw, _host_name(url)), "api_base_url": url, "models": []}
    template = find_template(choice)
    if template is None:
        return {"name": "", "api_base_url": "", "models": []}
    return template.entry(unused_name(raw, template.id))


def template_of(entry: JsonObject) -> Template | None:
    """The template that an entry was made from, as its address tells."""
    url = str(entry.get("api_base_url") or "").strip()
    host = urlsplit(url).netloc if "://" in url else ""
    exact = (template for template in templates().values() if template.url == url)
    if (found := next(exact, None)) is not None:
        return found
    is_here = host.startswith(("localhost", "127.0.0.1", "[::1]"))
    same = (t for t in templates().values() if host and urlsplit(t.url).netloc == host)
    return None if is_here else next(same, None)


def unused_name(raw: JsonObject, name: str) -> str:
    """*name*, with a number where a provider has it already."""
    taken = {known.casefold() for known in _names(raw)}
    number, result = 1, name
    while result.casefold() in taken:
        number += 1
        result = f"{name}-{number}"
    return result


def _names(raw: JsonObject) -> Iterable[str]:
    for key in ("Providers", "providers"):
        entries = raw.get(key)
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict):
                yield str(entry.get("name") or "").strip()


def _offered() -> list[Template]:
    return [template for template in templates().values() if not template.retired]


def _found(server: LocalServer) -> Choice:
    count = len(server.models)
    words = _tr("Found, {n} models") if count != 1 else _tr("Found, 1 model")
    return Choice(
        key=f"{FOUND}{server.template.id}",
        title=title_words(server.template),
        group=_tr("Found on this computer"),
        detail=words.format(n=count),
    )


def _choice(template: Template) -> Choice:
    needs = _tr("needs a key") if template.needs_key else _tr("needs no key")
    return Choice(
        key=template.id, title=title_words(template), group=_group(template.group), detail=needs
    )


def _other() -> Choice:
    return Choice(key=OTHER, title=_tr("Other address…"), group=_tr("Something else"))


def _group(name: str) -> str:
    return {
        "On this computer": _tr("On this computer"),
        "Well known": _tr("Well known"),
        "Coding plans": _tr("Coding plans"),
        "Aggregators": _tr("Aggregators"),
    }[name]


def _is_like_address(typed: str) -> bool:
    text = typed.strip()
    host = text.partition("://")[2] or text
    return " " not in text and ("." in host or ":" in host or host.startswith("localhost"))


def _known_as(url: str) -> str:
    profile = find_profile(url)
    return _tr("recognised: {name}").format(name=profile.name) if is_known(profile) else ""


def _host_name(url: str) -> str:
    """A name for an address: the telling part of its host."""
    host = urlsplit(url).hostname or "provider"
    parts = [part for part in host.split(".") if part not in {"www", "api"}]
    is_named = len(parts) > 1 and not host.replace(".", "").isdigit()
    return parts[-2] if is_named else host.replace(":", "-")


def _tr(text: str) -> str:
    return QCoreApplication.translate("AddProvider", text)
