"""What a person is shown of something found, piece by piece, before anything is taken."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.addresses import NO_PROXY
from ccr_desktop.core.config.hidden_names import note_hidden_signs
from ccr_desktop.core.config.legacy import legacy_settings
from ccr_desktop.core.config.settings import SETTINGS
from ccr_desktop.core.setup.addresses import same_host
from ccr_desktop.core.setup.edits import find_entry, provider_entries
from ccr_desktop.core.setup.secret_fields import (
    find_secrets,
    is_stand_in,
    json_path,
    shown_address,
)
from ccr_desktop.core.setup.templates import templates
from ccr_desktop.core.transfer.found import Origin, UnreadableError
from ccr_desktop.core.transfer.impossible import PROVIDERS, impossible
from ccr_desktop.core.transfer.items import (
    CLIENT_KEY_SETTINGS,
    Item,
    Kind,
    counted,
    item_key,
    sent_along,
    short,
)
from ccr_desktop.core.transfer.keys_in_use import KEY_FIELDS, key_texts, keys_of, with_keys
from ccr_desktop.core.transfer.route_items import named_routes, route_items
from ccr_desktop.core.transfer.unknown_transformers import PLUGINS, unknown_transformers
from ccr_desktop.core.transfer.warnings import address_warnings, references_in, unfilled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transfer.found import Found

_MOST_ITEMS, _MOST_LINES = 1500, 100
_TOO_MANY = f"{_MOST_ITEMS} at most can be looked at."
_RUNS_CODE = {"CUSTOM_ROUTER_PATH", "transformers", "CLAUDE_PATH", "plugins", "Plugins"}
_SPELLINGS = {spelling for setting in SETTINGS for spelling in setting.spellings}
_UNREAD = "Yours can't be read now, so it may be the same: unlock where it is stored to compare."
_KEY_FOR_ALL = "Programs that do not send this key to your router then get error 401."


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """All of it. `same` counts what is here already, just so."""

    title: str
    origin: Origin
    place: str = ""
    items: tuple[Item, ...] = ()
    needs_hand: tuple[str, ...] = ()
    lacking: Mapping[str, str] = field(default_factory=dict)
    """By provider, which line of `needs_hand` is about its transformers."""
    issues: tuple[str, ...] = ()
    same: int = 0
    known: frozenset[str] = frozenset()
    """Its providers that are here at the same address: these can get a key without being taken."""

    @property
    def ticked(self) -> frozenset[str]:
        return frozenset(item.key for item in self.items if item.is_ticked)

    def left(self, taken: Collection[str]) -> tuple[str, ...]:
        """What of `needs_hand` concerns who took these items."""
        has_plugins = item_key(Kind.SETTING, PLUGINS) in taken
        others = {
            line
            for name, line in self.lacking.items()
            if has_plugins or item_key(Kind.PROVIDER, name) not in taken
        }
        return tuple(line for line in self.needs_hand if line not in others)


def offer(found: Found, raw: JsonObject, in_use: Mapping[str, str] | None = None) -> Offer:
    """What *found* holds, compared with the configuration *raw*. Raises `UnreadableError`.

    *in_use* is what stands behind references of *raw*, as far as it is known.
    """
    twice: list[str] = []
    wrong = impossible(found.raw, raw)
    providers = list(_providers(found, raw, twice, in_use, wrong))
    offered = {item.name for item in providers if item and item.kind is Kind.PROVIDER}
    left = offered - {item.name for item in providers if item and item.is_ticked}
    rest = (*route_items(found, raw, left), *_settings(found, raw))
    every = [*providers, *(_doubted(item, wrong) for item in rest)]
    items = [item for item in every if item is not None]
    if len(items) > _MOST_ITEMS:
        raise UnreadableError(f"There are {len(items)} things in it", _TOO_MANY)
    order = list(Kind)
    lacking = unknown_transformers(found.raw, raw, offered)
    issues = [*found.issues]
    note_hidden_signs(found.raw, issues)
    return Offer(
        title=found.title,
        origin=found.origin,
        place=found.place,
        items=tuple(sorted(items, key=lambda item: order.index(item.kind))),
        needs_hand=_first([*found.needs_hand, *twice, *lacking.values()]),
        lacking=lacking,
        issues=_first([str(issue) for issue in issues]),
        same=sum(item is None for item in every),
        known=frozenset(_known(found.raw, raw)),
    )


def _doubted(item: Item | None, wrong: Mapping[str, tuple[str, ...]]) -> Item | None:
    """Not ticked where it can't be used as it is: it would keep all the others out."""
    said = wrong.get(item.key) if item else None
    if item is None or said is None or item.lacks_provider:
        return item
    return replace(item, warnings=(*said, *item.warnings), is_ticked=False)


def _first(lines: list[str]) -> tuple[str, ...]:
    rest = len(lines) - _MOST_LINES
    return (*lines[:_MOST_LINES], f"{rest} more are not listed.") if rest > 0 else tuple(lines)


def _known(found: JsonObject, raw: JsonObject) -> Iterator[str]:
    for name, entry in _each_once(found, []):
        old = find_entry(raw, name)
        if _at_one_address(old, entry):
            yield name


def _at_one_address(old: JsonObject | None, entry: JsonObject) -> bool:
    """Where a provider that is replaced keeps its key."""
    urls = [str(each.get("api_base_url") or "") for each in (old or {}, entry)]
    return old is not None and same_host(*urls)


# -- providers and their keys --------------------------------------------------------------------


def _providers(
    found: Found,
    raw: JsonObject,
    twice: list[str],
    in_use: Mapping[str, str] | None,
    wrong: Mapping[str, tuple[str, ...]],
) -> Iterator[Item | None]:
    """None for each that is here as it is. No two have one name: each tick means one of them."""
    for name, entry in _each_once(found.raw, twice):
        old = find_entry(raw, name)
        is_here = old is not None and _same_but_keys(old, entry)
        new = None if is_here else _provider(name, entry, old, found.origin)
        provider = _doubted(new, wrong)
        yield provider
        if old is not None and _has_its_keys(old, entry, in_use or {}):
            yield None
            continue
        key = _key(name, entry, old, found.origin)
        if key is not None and in_use is not None and old is not None and _is_unread(old, in_use):
            key = replace(key, warnings=(*key.warnings, _UNREAD))
        if key is not None:
            is_wanted = provider is None or provider.is_ticked
            yield replace(key, is_ticked=key.is_ticked and is_wanted)


def _each_once(raw: JsonObject, twice: list[str]) -> Iterator[tuple[str, JsonObject]]:
    """Of several with one name that which counts where it comes from: the last."""
    named = [(str(entry["name"]).strip(), entry) for entry in provider_entries(raw)]
    last = dict(named)
    seen: set[str] = set()
    for name, _ in named:
        if name.casefold() in seen:
            twice.append(f"provider {name}: it is there twice. The one that counts is offered.")
            continue
        seen.add(name.casefold())
        yield name, last[name]


def _provider(name: str, entry: JsonObject, old: JsonObject | None, origin: Origin) -> Item:
    url = str(entry.get("api_base_url") or "")
    models = entry.get("models")
    parts = [
        shown_address(url) or "no address",
        counted(len(models) if isinstance(models, list) else 0, "model"),
    ]
    warnings = address_warnings(url) if origin is not Origin.HERE and url else []
    if old is not None:
        was = str(old.get("api_base_url") or "no address")
        same = "at the same address" if was == url else f"at {shown_address(was)}"
        warnings.append(f"You have a provider {old['name']} {same}. It would be replaced.")
    gaps = unfilled(url)
    if gaps:
        warnings.append(
            f"Its address is not complete: {', '.join(gaps)} has to be filled in. Fill it in where"
            " it comes from and import it again, or change the address here after taking it."
        )
    if origin is not Origin.HERE:
        left = {"api_base_url"} if gaps else set()
        warnings += _more_that_matters({k: v for k, v in entry.items() if k not in left})
    warnings += _left_readable(entry)
    borrows = origin is not Origin.HERE and bool(references_in(url))
    is_complete = bool(url) and not gaps and not borrows
    return Item(
        kind=Kind.PROVIDER,
        name=name,
        title=name,
        detail=", ".join(parts),
        warnings=tuple(warnings),
        is_ticked=old is None and is_complete and not (origin is Origin.LINK and warnings),
        value={key: value for key, value in entry.items() if key not in KEY_FIELDS},
    )


def _more_that_matters(entry: JsonObject) -> list[str]:
    rest = {key: value for key, value in entry.items() if key not in KEY_FIELDS}
    found = []
    found += sent_along(rest)
    if _is_no_proxy(proxy := entry.get("proxy_url")):
        found.append("Its requests go past the proxy, where you have one.")
    elif proxy:
        found.append(f"Its requests go through {shown_address(str(proxy))}.")
    if headers := entry.get("headers"):
        names = list(headers) if isinstance(headers, dict) else ["?"]
        found.append(f"It sends headers of its own: {', '.join(map(str, names))}.")
    return found


def _is_no_proxy(value: Any) -> bool:
    return isinstance(value, str) and value.strip().lower() == NO_PROXY


def _left_readable(entry: JsonObject) -> list[str]:
    """A warning of secrets that are no keys of requests, which go to no store."""
    rest = {key: value for key, value in entry.items() if key not in KEY_FIELDS}
    places = [json_path(path) for path, _ in find_secrets(rest)]
    if not places:
        return []
    return [f"It holds secrets that stay readable in the settings file: {', '.join(places)}."]


def _key(name: str, entry: JsonObject, old: JsonObject | None, origin: Origin) -> Item | None:
    """The key or the pool; None where the entry has none."""
    value = keys_of(entry)
    if not value:
        return None
    texts = key_texts(value)
    behind = [text for text in texts if is_stand_in(text)]
    url = str(entry.get("api_base_url") or "")
    title = f"The key of {name}" if len(texts) == 1 else f"{len(texts)} keys of {name}"
    warnings = []
    is_known = origin is Origin.HERE or all(_belongs(text, url, old) for text in behind)
    has_one = old is not None and bool(keys_of(old))
    if behind and not is_known:
        warnings.append(
            f"It would send what stands behind {', '.join(behind)} to {shown_address(url)}."
        )
    if has_one:
        warnings.append("You have a key for it. It would be replaced.")
    return Item(
        kind=Kind.KEY,
        name=name,
        title=title,
        detail=f"from {', '.join(behind)}" if behind else "",
        warnings=tuple(warnings),
        is_ticked=is_known and not has_one,
        goes_along=is_known and not (has_one and _at_one_address(old, entry)),
        value=value,
    )


def _is_unread(old: JsonObject, in_use: Mapping[str, str]) -> bool:
    """Whether nobody could compare its keys: their store is locked, or they are not there."""
    return any(is_stand_in(text) and text not in in_use for text in key_texts(keys_of(old)))


def _has_its_keys(old: JsonObject, entry: JsonObject, in_use: Mapping[str, str]) -> bool:
    """Whether those of *entry* are the keys that are sent to that address already."""
    keys = keys_of(entry)
    is_same = bool(keys) and with_keys(keys, {}) == with_keys(keys_of(old), in_use)
    return is_same and _at_one_address(old, entry)


def _belongs(reference: str, url: str, old: JsonObject | None) -> bool:
    """Whether a reference is that of a known provider, at the address that it is for."""
    if old is not None and reference in key_texts(old):
        return same_host(str(old.get("api_base_url") or ""), url)
    variable = reference.removeprefix("$").strip("{}")
    return any(each.env == variable and same_host(each.url, url) for each in templates().values())


def _same_but_keys(old: JsonObject, entry: JsonObject) -> bool:
    strip = (*KEY_FIELDS, "name")
    return {k: v for k, v in old.items() if k not in strip} == {
        k: v for k, v in entry.items() if k not in strip
    }


# -- everything else -----------------------------------------------------------------------------


def _settings(found: Found, raw: JsonObject) -> Iterator[Item | None]:
    legacy = legacy_settings(found.raw)  # without effect: `Providers` are beside them by now
    for name, value in found.raw.items():
        if name in (*PROVIDERS, "Router") or value in (None, "", [], {}):
            continue
        if raw.get(name) == value:
            yield None
            continue
        warnings = _setting_warnings(name, value, found.origin)
        idle = _idle(name, legacy)
        is_harmless = found.origin is Origin.HERE or not warnings
        if name == "APIKEY":
            warnings.append(_KEY_FOR_ALL)
        elif name not in CLIENT_KEY_SETTINGS and any(True for _ in find_secrets({name: value})):
            warnings.append("It holds a secret, which stays readable in the settings file.")
        warnings += [idle] if idle else []
        is_free = raw.get(name) in (None, "", [], {})
        if not is_free:
            before = named_routes(name, raw[name]) or short(name, raw[name])
            warnings.append(f"It would replace {before}.")
        yield Item(
            kind=Kind.SETTING,
            name=name,
            title=name,
            detail=named_routes(name, value) or short(name, value),
            warnings=tuple(warnings),
            is_ticked=is_free and is_harmless and name not in legacy,
            value=value,
        )


def _idle(name: str, legacy: list[str]) -> str:
    """Why a setting would do nothing; empty where it does something."""
    if name in legacy:
        return "It has no effect beside Providers."
    is_known = name in _SPELLINGS or name.startswith("//")
    return "" if is_known else "There is no such setting here: it is kept, without effect."


def _setting_warnings(name: str, value: Any, origin: Origin) -> list[str]:
    found = []
    if name in _RUNS_CODE:
        found.append("It runs programs or code on this computer. Take it only if you know them.")
    if name == "HOST" and str(value) not in {"127.0.0.1", "localhost", "::1"}:
        found.append("Other devices could reach your router.")
    if name == "ClientKeys":
        found.append("Who has one of these keys can use your router, where it can be reached.")
    if "PROXY" in name.upper() and not _is_no_proxy(value):
        found.append("All requests, with their keys, would go through it.")
    if origin is not Origin.HERE and references_in(value):
        found.append("It uses variables of this computer.")
    return found
