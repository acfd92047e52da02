"""How many tokens a model takes: what the configuration says, the provider said, or is published.

The published windows are those of genai-prices, bundled as `resources/context_windows.json`.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.config.discovered import discovered_window, discovered_windows
from ccr_desktop.core.providers.catalog import find_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ccr_desktop.core.config.schema import Config, Provider, Route
    from ccr_desktop.core.protocol.json import JsonObject

_LEAST_ANSWER = 1024  # tokens; for less the provider is left to say that it is too much
_MARGIN = 10  # one token in ten
_PLAIN = re.compile(r"(?:[\w:/-]|\\\.)*")
_GROUP = re.compile(r"(?:\((?:\?:)?[^()]*\)|\[[^\]]*\])[?*+]?")
_UNSURE = re.compile(r"(?:\\?.)?[?*+]|(?<!\\)\.|[\n^$]")
_CUT = "\n"
TABLE = "context_windows.json"


def window_of(route: Route, config: Config) -> int | None:
    """The context window of a route's model in tokens; None when nobody knows it."""
    provider = config.providers.get(route.provider)
    if provider is None:
        return None
    return (
        provider.context_window(route.model)
        or discovered_window(provider.url, route.model)
        or _published(provider.url, route.model)
    )


def windows_of(provider: Provider) -> dict[str, int]:
    """The windows in tokens of those of its models whose window somebody knows."""
    discovered = discovered_windows(provider.url)
    if not (provider.context_windows or discovered or _entry_for(provider.url)):
        return {}
    found = {
        model: told or discovered.get(model) or _published(provider.url, model)
        for model in provider.models
        for told in (provider.context_window(model),)
    }
    return {model: window for model, window in found.items() if window}


def told_window(provider: Provider, model: str) -> int | None:
    """The window of *model* in tokens as it is known without asking the provider."""
    return provider.context_window(model) or _published(provider.url, model)


def room_for_answer(route: Route, tokens: int | None, config: Config) -> int | None:
    """How many tokens the answer may have beside a prompt of *tokens*; None when nobody knows.

    Providers count otherwise than we do, so a part of the window is left for that.
    """
    window = None if tokens is None else window_of(route, config)
    if window is None or tokens is None:
        return None
    least = min(_LEAST_ANSWER, window // 2)
    return max(window - tokens - tokens // _MARGIN, least)


def wanted_answer(route: Route, body: JsonObject, config: Config) -> int:
    """The most `max_tokens` that the provider may be asked for, in tokens."""
    provider, wanted = config.providers.get(route.provider), body.get("max_tokens")
    if provider is None or not isinstance(wanted, int) or provider.dialect == "anthropic":
        return 0  # Anthropic's servers see to it themselves
    names = provider.transformers_of(route.model)
    profile = find_profile(provider.url, names, provider.dialect, provider.profile)
    limit = profile.for_model(route.model).max_tokens_limit
    may_raise_it = provider.chain or provider.model_chains  # as the transformer `maxtoken` does
    return min(wanted, limit) if limit and not may_raise_it else wanted


@cache
def _published(address: str, model: str) -> int | None:
    entry = _entry_for(address)
    return _look_up(entry, model.casefold()) if entry else None


@cache
def _entry_for(address: str) -> Mapping[str, Any] | None:
    return next((entry for fits, entry in _table() if fits(address)), None)


def _beginning(pattern: str) -> Callable[[str], object]:
    """Whether an address fits, as `re.match` says, compiled only for those that may fit.

    Most patterns are plain text, most others have some in them, and all take 10 ms to compile.
    """
    sure = _sure_text(pattern)
    if _PLAIN.fullmatch(pattern):
        return lambda address: address.startswith(sure)
    return lambda address: sure in address and re.match(pattern, address)


def _sure_text(pattern: str) -> str:
    """The longest text that is in all that fits *pattern*; empty where there may be none."""
    while (shorter := _GROUP.sub(_CUT, pattern)) != pattern:
        pattern = shorter
    if "|" in pattern:
        return ""
    return max(_UNSURE.split(pattern), key=len).replace(r"\.", ".")


def _look_up(entry: Mapping[str, Any], model: str) -> int | None:
    if size := entry.get("equals", {}).get(model):
        return int(size)
    fitting = [
        (text, size) for text, size in entry.get("prefix", {}).items() if model.startswith(text)
    ]
    fitting = fitting or [
        (text, size) for text, size in entry.get("part", {}).items() if text in model
    ]
    longest = max(fitting, key=lambda pair: len(pair[0]), default=None)
    return int(longest[1]) if longest else None


@cache
def _table() -> list[tuple[Callable[[str], object], dict[str, Any]]]:
    content = json.loads(paths.resource(TABLE).read_text(encoding="utf-8"))
    return [(_beginning(entry["address"]), entry) for entry in content["providers"]]
