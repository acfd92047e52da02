"""Taking what was ticked: the new configuration and the keys for the store, as one change."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ccr_desktop.core.secrets import storing
from ccr_desktop.core.setup.addresses import same_host
from ccr_desktop.core.setup.edits import (
    default_route,
    find_entry,
    provider_entries,
    put_provider,
    with_provider,
)
from ccr_desktop.core.setup.key_moves import Change, KeyPlace
from ccr_desktop.core.setup.key_moving import Moved
from ccr_desktop.core.setup.key_references import referring, setting_referring
from ccr_desktop.core.transfer.items import Kind, item_key
from ccr_desktop.core.transfer.keys_in_use import KEY_FIELDS
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore
    from ccr_desktop.core.transfer.items import Item
    from ccr_desktop.core.transfer.offer import Offer


@dataclass(frozen=True, slots=True)
class Taken:
    """What a change comes to. `keys` are to be stored before `raw` is saved."""

    raw: JsonObject = field(repr=False)
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    carried: tuple[str, ...] = ()


def take(
    raw: JsonObject, offer: Offer, ticked: Collection[str], *, keys_in_file: bool = False
) -> Taken:
    """*raw* with the ticked items of *offer*. What is not ticked stays as it is."""
    chosen = [item for item in offer.items if item.key in ticked]
    _refuse_lone_keys(chosen, offer)
    brought = {item.name: item.value for item in offer.items if item.kind is Kind.KEY}
    new, keys = copy.deepcopy(raw), dict[str, str]()
    for item in chosen:
        match item.kind:
            case Kind.PROVIDER:
                has_key = item_key(Kind.KEY, item.name) in ticked
                _put_provider(new, item.value, {} if has_key else _kept_key(raw, item.value))
            case Kind.KEY:
                _put_key(new, item.name, brought[item.name], keys, keys_in_file=keys_in_file)
            case Kind.ROUTE:
                _object_at(new, "Router")[item.name] = copy.deepcopy(item.value)
            case Kind.SETTING:
                new[item.name] = copy.deepcopy(item.value)
                if not keys_in_file:
                    new[item.name] = setting_referring(item.name, new[item.name], keys)
    if not default_route(new) and (entry := _last_provider(new)):
        new = with_provider(new, entry)  # which gives it a default
    words = tuple(f"{item.title}: {item.detail}" if item.detail else item.title for item in chosen)
    return Taken(new, keys, words)


def left_without_key(raw: JsonObject, offer: Offer, ticked: Collection[str]) -> list[str]:
    """Those of the ticked providers that came with a key, and get none."""
    return [
        item.name
        for item in offer.items
        if item.kind is Kind.KEY
        and item.key not in ticked
        and (provider := _provider_in(offer, item.name)) is not None
        and provider.key in ticked
        and not any(_kept_key(raw, provider.value).values())
    ]


def _provider_in(offer: Offer, name: str) -> Item | None:
    key = item_key(Kind.PROVIDER, name)
    return next((item for item in offer.items if item.key == key), None)


def store_taken(
    taken: Taken, store: ConfigStore, secrets: SecretStore, *, base: str | None = None
) -> Moved:
    """Store the keys and save the configuration; whatever fails leaves both as they were."""
    with storing(taken.keys, secrets) as before:
        store.save(taken.raw, base=base)
    change = Change("", KeyPlace.KEYRING, taken.raw)
    return Moved(change, revision=store.revision, stored_before=before)


def _refuse_lone_keys(chosen: Collection[Item], offer: Offer) -> None:
    """A key goes to the address that it is for."""
    providers = {item.name for item in chosen if item.kind is Kind.PROVIDER} | offer.known
    for item in chosen:
        if item.kind is Kind.KEY and item.name not in providers:
            hint = "Take the provider, too."
            raise ClientError(f"The key of {item.name} is for its provider", hint)


def _put_provider(new: JsonObject, entry: JsonObject, key: JsonObject) -> None:
    """Without a default route of its own making: routes are items of their own."""
    old = find_entry(new, str(entry["name"]))
    name = {"name": old["name"]} if old else {}
    put_provider(new, {**entry, **name, **key})


def _kept_key(raw: JsonObject, entry: JsonObject) -> JsonObject:
    """The key that a replaced provider had, for the same address only."""
    old = find_entry(raw, str(entry["name"]))
    urls = [str(each.get("api_base_url") or "") for each in (old or {}, entry)]
    if old is None or not same_host(*urls):
        return {}
    return {key: old[key] for key in KEY_FIELDS if key in old}


def _put_key(
    new: JsonObject, name: str, value: JsonObject, keys: dict[str, str], *, keys_in_file: bool
) -> None:
    entry = find_entry(new, name)
    if entry is None:
        raise ClientError(f"There is no provider {name!r} for the key", "Take the provider, too.")
    kept = copy.deepcopy(value)
    if not keys_in_file:
        kept = referring(str(entry["name"]).strip(), kept, keys)
    rest = {key: item for key, item in entry.items() if key not in KEY_FIELDS}
    ordered = _in_order({**rest, **kept})
    entry.clear()
    entry.update(ordered)


def _in_order(merged: JsonObject) -> JsonObject:
    """The key where people look for it: after the address."""
    places = ("name", "api_base_url", *KEY_FIELDS)
    front = {key: merged[key] for key in places if key in merged}
    return {**front, **{key: value for key, value in merged.items() if key not in front}}


def _object_at(raw: JsonObject, key: str) -> JsonObject:
    found = raw.setdefault(key, {})
    if not isinstance(found, dict):
        raise ClientError(f"{key} is no object", "`ccr config check` says what is wrong.")
    return found


def _last_provider(raw: JsonObject) -> JsonObject | None:
    entries = provider_entries(raw)
    return entries[-1] if entries else None
