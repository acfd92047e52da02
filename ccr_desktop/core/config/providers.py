"""Reading the `Providers` list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ccr_desktop.core.config.fields import positive_numbers, texts, whole_number
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.schema import Provider, Timeouts
from ccr_desktop.core.providers.catalog import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ccr_desktop.core.protocol.json import JsonObject

_DIALECTS = ("openai-chat", "anthropic")
_ANTHROPIC_HOST = "api.anthropic.com"
# What takes effect by its name alone so far: a dialect, a profile, or a limit.
_KNOWN_TRANSFORMERS = frozenset({"Anthropic", "deepseek", "openrouter", "groq", "maxtoken"})


def read_providers(values: Mapping[str, Any], issues: list[Issue]) -> dict[str, Provider]:
    """All providers that can be used, by name."""
    key = "Providers" if "Providers" in values else "providers"
    entries = values.get(key) or []
    if not isinstance(entries, list):
        issues.append(Issue(key, f"found {entries!r}.", "A list of providers is allowed."))
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
        issues.append(Issue(where, f"found {entry!r}.", "An object is allowed."))
        return None
    name = _required(entry, "name", where, issues)
    url = _required(entry, "api_base_url", where, issues)
    if not name or not url or not _check_url(url, f"{where}.api_base_url", issues):
        return None
    chain = _chain_names(entry.get("transformer"), f"{where}.transformer", issues)
    return Provider(
        name=name,
        url=url,
        api_key=_read_key(entry, url, where, issues),
        models=texts(entry.get("models"), f"{where}.models", issues),
        transformers=chain,
        dialect=_dialect(entry, url, chain, f"{where}.dialect", issues),
        bearer=_uses_bearer(entry.get("transformer")),
        headers=_headers(entry.get("headers"), f"{where}.headers", issues),
        proxy_url=str(entry.get("proxy_url") or ""),
        timeouts=_timeouts(entry.get("timeout"), f"{where}.timeout", issues),
        context_windows=positive_numbers(
            entry.get("context_windows"), f"{where}.context_windows", issues
        ),
        max_tokens=_max_tokens(entry.get("transformer")),
    )


def _required(entry: JsonObject, key: str, where: str, issues: list[Issue]) -> str:
    value = entry.get(key)
    if isinstance(value, str) and value.strip():
        return value.strip()
    found = "is missing." if value is None else f"found {value!r}."
    issues.append(Issue(f"{where}.{key}", found, "A text is required."))
    return ""


def _check_url(url: str, where: str, issues: list[Issue]) -> bool:
    parts = urlsplit(url)
    if (parts.scheme in {"http", "https"} and parts.hostname) or parts.scheme == "demo":
        return True
    hint = "Give the whole address, for example https://openrouter.ai/api/v1/chat/completions."
    issues.append(Issue(where, f"{url!r} is no address.", hint))
    return False


def _read_key(entry: JsonObject, url: str, where: str, issues: list[Issue]) -> str:
    value = entry.get("api_key")
    if value is not None and not isinstance(value, str):
        issues.append(Issue(f"{where}.api_key", "found no text.", "A text is allowed."))
        return ""
    key = (value or "").strip()
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
            issues.append(Issue(f"{where}.{name}".rstrip("."), f"found {value!r}.", hint))
    return Timeouts(**known)


# -- the transformer chain ---------------------------------------------------------------------


def _chain(found: Any) -> Sequence[Any]:
    use = found.get("use") if isinstance(found, dict) else None
    return use if isinstance(use, list) else ()


def _chain_names(found: Any, where: str, issues: list[Issue]) -> tuple[str, ...]:
    names = []
    for index, element in enumerate(_chain(found)):
        name = element[0] if isinstance(element, list) and element else element
        if not isinstance(name, str):
            hint = 'A name or ["name", {options}] is allowed.'
            issues.append(Issue(f"{where}.use[{index}]", f"found {element!r}.", hint))
            continue
        names.append(name)
        if name not in _KNOWN_TRANSFORMERS:
            problem = f"the transformer {name!r} is not part of this version and has no effect."
            issues.append(Issue(f"{where}.use[{index}]", problem, "", "warning"))
    return tuple(names)


def _options(found: Any, name: str) -> JsonObject:
    for element in _chain(found):
        if isinstance(element, list) and len(element) == 2 and element[0] == name:
            return element[1] if isinstance(element[1], dict) else {}
    return {}


def _uses_bearer(found: Any) -> bool:
    return bool(_options(found, "Anthropic").get("UseBearer"))


def _max_tokens(found: Any) -> dict[str, int]:
    """The limits of `maxtoken`, for the provider (`""`) and for single models."""
    if not isinstance(found, dict):
        return {}
    chains = {"": found, **{model: chain for model, chain in found.items() if model != "use"}}
    limits = {m: whole_number(_options(c, "maxtoken").get("max_tokens")) for m, c in chains.items()}
    return {model: limit for model, limit in limits.items() if limit}


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
    is_messages = segments[-1] == "messages" or "anthropic" in segments
    if chain == ("Anthropic",) or is_messages or parts.hostname == _ANTHROPIC_HOST:
        return "anthropic"
    return "openai-chat"
