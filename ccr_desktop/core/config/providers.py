"""Reading the `Providers` list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ccr_desktop.core.config.fields import positive_numbers, shown, texts
from ccr_desktop.core.config.interpolation import is_reference
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.schema import Provider, Timeouts
from ccr_desktop.core.config.transformers import read_chains
from ccr_desktop.core.providers.catalog import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.protocol.json import JsonObject

_DIALECTS = ("openai-chat", "anthropic")
_ANTHROPIC_HOST = "api.anthropic.com"


def read_providers(values: Mapping[str, Any], issues: list[Issue]) -> dict[str, Provider]:
    """All providers that can be used, by name."""
    key = next((key for key in ("Providers", "providers") if values.get(key)), "Providers")
    entries = values.get(key) or []
    if not isinstance(entries, list):
        issues.append(Issue(key, f"found {shown(entries)}.", "A list of providers is allowed."))
        return {}
    providers: dict[str, Provider] = {}
    for index, entry in enumerate(entries):
        provider = _read_provider(entry, f"{key}[{index}]", issues)
        if provider is None:
            continue
        if provider.name in providers:
            hint = "The later one counts; give each its own name."
            issues.append(
                Issue(f"{key}[{index}].name", f"{provider.name!r} is there twice.", hint, "warning")
            )
        providers[provider.name] = provider
    return providers


def _read_provider(entry: Any, where: str, issues: list[Issue]) -> Provider | None:
    if not isinstance(entry, dict):
        issues.append(Issue(where, f"found {shown(entry)}.", "An object is allowed."))
        return None
    name = _required(entry, "name", where, issues)
    url = _required(entry, "api_base_url", where, issues)
    if not name or not url or not _check_url(url, f"{where}.api_base_url", issues):
        return None
    chains = read_chains(entry.get("transformer"), f"{where}.transformer", issues)
    return Provider(
        name=name,
        url=url,
        api_key=_read_key(entry, url, where, issues),
        models=texts(entry.get("models"), f"{where}.models", issues),
        transformers=chains.names,
        dialect=_dialect(entry, url, chains.names, f"{where}.dialect", issues),
        bearer=chains.uses_bearer,
        headers=_headers(entry.get("headers"), f"{where}.headers", issues),
        proxy_url=str(entry.get("proxy_url") or ""),
        timeouts=_timeouts(entry.get("timeout"), f"{where}.timeout", issues),
        context_windows=positive_numbers(
            entry.get("context_windows"), f"{where}.context_windows", issues
        ),
        max_tokens=chains.max_tokens,
    )


def _required(entry: JsonObject, key: str, where: str, issues: list[Issue]) -> str:
    value = entry.get(key)
    if isinstance(value, str) and value.strip():
        return value.strip()
    found = "is missing." if value is None else f"found {shown(value)}."
    issues.append(Issue(f"{where}.{key}", found, "A text is required."))
    return ""


def _check_url(url: str, where: str, issues: list[Issue]) -> bool:
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # brackets that don't match, a port that is no number
        is_web = False
    if is_web or url.startswith("demo:"):
        return True
    hint = "Give the whole address, for example https://openrouter.ai/api/v1/chat/completions."
    issues.append(Issue(where, f"{shown(url)} is no address.", hint))
    return False


def _read_key(entry: JsonObject, url: str, where: str, issues: list[Issue]) -> str:
    value = entry.get("api_key")
    if value is not None and not isinstance(value, str):
        issues.append(Issue(f"{where}.api_key", "found no text.", "A text is allowed."))
        return ""
    key = (value or "").strip()
    if is_reference(key):
        return ""  # reported already; the text of a reference is no key
    needs_none = entry.get("auth") == "none" or (urlsplit(url).hostname or "") in LOOPBACK
    if not key and not needs_none and not url.startswith("demo:"):
        hint = 'Set api_key, or "auth": "none" when the server wants no key.'
        issues.append(Issue(f"{where}.api_key", "there is no key.", hint, "warning"))
    return key


def _headers(found: Any, where: str, issues: list[Issue]) -> dict[str, str]:
    if found is None:
        return {}
    if isinstance(found, dict) and all(isinstance(value, str) for value in found.values()):
        return dict(found)
    issues.append(
        Issue(where, "found something else than texts.", "An object of texts is allowed.")
    )
    return {}


def _timeouts(found: Any, where: str, issues: list[Issue]) -> Timeouts:
    if found is None:
        return Timeouts()
    names = ("connect_s", "first_byte_s", "idle_s", "total_s")
    known = {}
    for name, value in found.items() if isinstance(found, dict) else [("", found)]:
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
        if name in names and is_number:
            known[name] = float(value)
        else:
            hint = f"Seconds above 0 are allowed for {', '.join(names)}."
            issues.append(Issue(f"{where}.{name}".rstrip("."), f"found {shown(value)}.", hint))
    return Timeouts(**known)


def _dialect(
    entry: JsonObject, url: str, chain: tuple[str, ...], where: str, issues: list[Issue]
) -> str:
    """What is said, else what the chain and the address tell."""
    said = entry.get("dialect")
    if said in _DIALECTS:
        return str(said)
    if said is not None:
        problem = f"the dialect {said!r} is not part of this version."
        issues.append(Issue(where, problem, f"Allowed: {', '.join(_DIALECTS)}.", "warning"))
    parts = urlsplit(url)
    segments = parts.path.rstrip("/").split("/")
    if chain == ("Anthropic",) or segments[-1] == "messages":
        return "anthropic"
    is_chat = segments[-1] == "completions"
    if not is_chat and ("anthropic" in segments or parts.hostname == _ANTHROPIC_HOST):
        return "anthropic"
    return "openai-chat"
