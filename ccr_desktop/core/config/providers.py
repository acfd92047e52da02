"""Reading the `Providers` list."""

from __future__ import annotations

import fnmatch
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.addresses import NO_PROXY, check_url, read_proxy
from ccr_desktop.core.config.dialects import inferred_dialect
from ccr_desktop.core.config.fields import (
    is_given,
    is_unresolved,
    positive_number,
    positive_numbers,
    read_setting,
    shown,
    texts,
)
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.keys import read_keys
from ccr_desktop.core.config.prices import read_prices
from ccr_desktop.core.config.protocols import note_protocols
from ccr_desktop.core.config.routes import DoubledName, find_provider
from ccr_desktop.core.config.schema import Provider, Timeouts
from ccr_desktop.core.config.settings import BY_KEY, keys_of
from ccr_desktop.core.config.sign_ins import note_two_sign_ins
from ccr_desktop.core.config.spelling import did_you_mean, note_unknown_keys
from ccr_desktop.core.config.tokenizers import read_encodings
from ccr_desktop.core.config.transformers import read_chains
from ccr_desktop.core.providers.catalog import PROFILES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.config.transformers import Chains
    from ccr_desktop.core.protocol.json import JsonObject

_DIALECTS = BY_KEY["Providers[].dialect"].choices
_PHASES = keys_of("Providers[].timeout")


def read_providers(values: Mapping[str, Any], issues: list[Issue]) -> dict[str, Provider]:
    """All providers that can be used, by name."""
    key, entries = _entries(values)
    if not isinstance(entries, list):
        issues.append(Issue(key, f"found {shown(entries)}.", "A list of providers is allowed."))
        return {}
    has_plugins = bool(values.get("transformers"))
    providers: dict[str, Provider] = {}
    for index, entry in enumerate(entries):
        provider = _read_provider(entry, f"{key}[{index}]", issues, has_plugins=has_plugins)
        if provider is None:
            continue
        if (other := find_provider(provider.name, providers)) and other.name != provider.name:
            problem = f"{provider.name!r} and {other.name!r} differ only in case."
            hint = "Routes are read in any case: give each its own name."
            issues.append(Issue(f"{key}[{index}].name", problem, hint, "warning"))
        if provider.name in providers:
            hint = "The later one counts; give each its own name."
            issues.append(
                Issue(f"{key}[{index}].name", f"{provider.name!r} is there twice.", hint, "warning")
            )
        providers[provider.name] = provider
    return providers


def names_of_broken(values: Mapping[str, Any], usable: Mapping[str, Provider]) -> frozenset[str]:
    """The names of providers that are in the list and could not be read."""
    _, entries = _entries(values)
    entries = entries if isinstance(entries, list) else []
    names = (entry.get("name") for entry in entries if isinstance(entry, dict))
    return frozenset(name.strip() for name in names if isinstance(name, str)) - set(usable)


def doubled_names(values: Mapping[str, Any]) -> tuple[DoubledName, ...]:
    """The names that several entries of the list have."""
    key, entries = _entries(values)
    by_name: dict[str, list[tuple[int, JsonObject]]] = {}
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(entry, dict) and isinstance(name := entry.get("name"), str):
            by_name.setdefault(name.strip(), []).append((index, entry))
    return tuple(
        DoubledName(
            name=name,
            where=f"{key}[{found[-1][0]}].name",
            models=frozenset(
                model for _, entry in found for model in texts(entry.get("models"), "", [])
            ),
        )
        for name, found in by_name.items()
        if len(found) > 1
    )


def addresses_of(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The addresses in the list, with their places."""
    key, entries = _entries(values)
    found = [
        (f"{key}[{index}].api_base_url", entry.get("api_base_url"))
        for index, entry in enumerate(entries if isinstance(entries, list) else [])
        if isinstance(entry, dict)
    ]
    return [(where, url) for where, url in found if isinstance(url, str)]


def _entries(values: Mapping[str, Any]) -> tuple[str, Any]:
    """The list and what it is called in the file; an empty one does not hide the other."""
    spellings = BY_KEY["Providers"].spellings
    key = next((key for key in spellings if values.get(key)), None)
    key = key or next((key for key in spellings if is_given(values.get(key))), spellings[0])
    return key, values[key] if is_given(values.get(key)) else []


def _read_provider(
    entry: Any, where: str, issues: list[Issue], *, has_plugins: bool
) -> Provider | None:
    if not isinstance(entry, dict):
        issues.append(Issue(where, f"found {shown(entry)}.", "An object is allowed."))
        return None
    note_unknown_keys(entry, keys_of("Providers[]"), where, issues)
    name = _required(entry, "name", where, issues)
    found = entry.get("transformer")
    chains = read_chains(found, f"{where}.transformer", issues, has_plugins=has_plugins)
    url = _address(entry, chains, where, issues)
    if not name or not url or not check_url(url, f"{where}.api_base_url", issues):
        return None
    if "," in name:
        hint = "Routes are split at the first comma: leave it out."
        issues.append(Issue(f"{where}.name", f"{shown(name)} holds a comma.", hint))
    keys = read_keys(entry, url, where, issues, is_needed=not chains.bring_key)
    models = _models(entry.get("models"), f"{where}.models", issues)
    _note_unlisted(entry, models, where, issues)
    said = chains.dialect or _dialect(entry, url, chains.names, f"{where}.dialect", issues)
    note_protocols(chains, url, said, where, issues, models=models)
    provider = Provider(
        name=name,
        url=url,
        paused=_paused(entry.get("paused"), f"{where}.paused", issues),
        api_key=keys.first,
        key_problem=keys.problem,
        awaits_key=keys.is_awaited,
        keys=keys.pool,
        models=models,
        chain=chains.own,
        model_chains=chains.by_model,
        dialect=said,
        profile=_profile(entry.get("profile"), f"{where}.profile", issues),
        bearer=chains.uses_bearer,
        brings_key=chains.bring_key,
        headers=_headers(entry.get("headers"), f"{where}.headers", issues),
        proxy_url=_proxy(entry.get("proxy_url"), f"{where}.proxy_url", issues),
        timeouts=_timeouts(entry.get("timeout"), f"{where}.timeout", issues),
        context_windows=positive_numbers(
            entry.get("context_windows"), f"{where}.context_windows", issues
        ),
        prices=read_prices(entry.get("prices"), f"{where}.prices", issues),
        encodings=read_encodings(entry.get("tokenizer"), f"{where}.tokenizer", issues),
    )
    note_two_sign_ins(provider, where, issues)
    return provider


def _paused(found: Any, where: str, issues: list[Issue]) -> bool:
    setting = replace(BY_KEY["Providers[].paused"], key=where)
    return bool(read_setting(setting, {where: found}, issues))


def _models(found: Any, where: str, issues: list[Issue]) -> tuple[str, ...]:
    models = texts(found, where, issues)
    if "" in models:
        hint = "Write its name, or leave it out."
        issues.append(Issue(where, "a model has no name.", hint, "warning"))
    return tuple(filter(None, models))


def _address(entry: JsonObject, chains: Chains, where: str, issues: list[Issue]) -> str:
    """The provider's address. A chain may know its own, whatever stands there for none."""
    said = entry.get("api_base_url")
    if chains.address and not (isinstance(said, str) and "://" in said):
        return chains.address
    return _required(entry, "api_base_url", where, issues)


def _note_unlisted(
    entry: JsonObject, models: tuple[str, ...], where: str, issues: list[Issue]
) -> None:
    """What is said about a model by a name that is not in the list is of no use."""
    folded = [name.casefold() for name in models]
    tokenizer = entry.get("tokenizer")
    by_model = tokenizer.get("models") if isinstance(tokenizer, dict) else None
    said_of = {key: entry.get(key) for key in ("context_windows", "prices")}
    for key, said in {**said_of, "tokenizer.models": by_model}.items():
        for model in said if models and isinstance(said, dict) else ():
            fits = fnmatch.filter(folded, model.casefold()) if key == "context_windows" else []
            if not fits and model not in models:
                hint = f"{did_you_mean(model, models)}Add it to `models`, or correct the name."
                problem = "there is no such model in `models`."
                issues.append(Issue(f"{where}.{key}.{model}", problem, hint, "warning"))


def _required(entry: JsonObject, key: str, where: str, issues: list[Issue]) -> str:
    value = entry.get(key)
    if isinstance(value, str) and value.strip():
        return value.strip()
    found = "is missing." if value is None else f"found {shown(value)}."
    issues.append(Issue(f"{where}.{key}", found, "A text is required."))
    return ""


def _proxy(found: Any, where: str, issues: list[Issue]) -> str:
    if found is None:
        return ""
    if not isinstance(found, str):
        issues.append(Issue(where, "found no text.", "The address of a proxy is allowed."))
        return ""
    if is_unresolved(found):
        return ""
    is_none = found.strip().lower() == NO_PROXY
    return NO_PROXY if is_none else read_proxy(found, where, issues)


def _headers(found: Any, where: str, issues: list[Issue]) -> dict[str, str]:
    if found is None:
        return {}
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        hint = "An object of texts is allowed."
        issues.append(Issue(where, "found something else than texts.", hint))
        return {}
    headers = {}
    for name, value in found.items():
        if name.isascii() and name.replace("-", "").replace("_", "").isalnum() and _is_line(value):
            headers[name] = value.strip()
        else:
            hint = "Names have letters, digits, - and _; values have no line ends."
            issues.append(Issue(f"{where}.{name}", "this is no header.", hint))
    return headers


def _is_line(value: str) -> bool:
    return not any(character in value.strip() for character in "\r\n\0")


def _timeouts(found: Any, where: str, issues: list[Issue]) -> Timeouts:
    if found is None:
        return Timeouts()
    if not isinstance(found, dict):
        hint = f"An object of seconds is allowed: {', '.join(_PHASES)}."
        issues.append(Issue(where, f"found {shown(found)}.", hint))
        return Timeouts()
    note_unknown_keys(found, _PHASES, where, issues)
    known = {}
    for name in _PHASES:
        if (value := found.get(name)) is None:
            continue
        if (seconds := positive_number(value, f"{where}.{name}", issues)) is not None:
            known[name] = seconds
    return Timeouts(**known)


def _profile(found: Any, where: str, issues: list[Issue]) -> str:
    """The name of a known API, which must be one of the catalogue's."""
    if found is None or (isinstance(found, str) and found in PROFILES):
        return found or ""
    meant = did_you_mean(found, PROFILES) if isinstance(found, str) else ""
    hint = f"{meant}Known are: {', '.join(PROFILES)}."
    issues.append(Issue(where, f"there is no API {shown(found)} in the list.", hint, "warning"))
    return ""


def _dialect(
    entry: JsonObject, url: str, chain: tuple[str, ...], where: str, issues: list[Issue]
) -> str:
    """What is said, else what the chain and the address tell."""
    said = entry.get("dialect")
    if said in _DIALECTS:
        return str(said)
    if is_given(said):
        problem, meant = f"found {shown(said)}.", ""
        if isinstance(said, str):
            problem = f"the dialect {said!r} is not part of this version."
            meant = did_you_mean(said, _DIALECTS)
        hint = f"{meant}Allowed: {', '.join(_DIALECTS)}."
        issues.append(Issue(where, problem, hint, "warning"))
    return inferred_dialect(url, chain)
