"""What older and newer files of claude-code-router hold beside the settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop.core.config.fields import is_given
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.settings import BY_KEY

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_KEY, _URL, _MODEL = "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"
OF_PRESETS = (
    "name",
    "version",
    "description",
    "author",
    "homepage",
    "repository",
    "license",
    "keywords",
    "ccrVersion",
    "source",
    "sourceType",
    "checksum",
    "noServer",
    "claudeCodeSettings",
    "schema",
    "template",
    "configMappings",
    "userValues",
    "presets",
)
"""Members of a preset's manifest, which may be merged into a configuration."""


_WITHOUT_EFFECT = {"LOG_FILE": "Logs are in the log folder: see `ccr logs`."}
"""Settings of claude-code-router that mean nothing here, and what to know instead."""
OF_CLAUDE_CODE_ROUTER = (*OF_PRESETS, *_WITHOUT_EFFECT)

_PLACES = {
    "Providers[0].api_key": _KEY,
    "Providers[0].api_base_url": _URL,
    "Providers[0].models[0]": _MODEL,
    "Router.default": _MODEL,
}


def note_without_effect(values: JsonObject, issues: list[Issue]) -> None:
    for key, hint in _WITHOUT_EFFECT.items():
        if is_given(values.get(key)):
            issues.append(Issue(key, "has no effect here.", hint, "warning"))


def own_place(issue: Issue, values: JsonObject) -> Issue:
    """*issue* with the place in the file when it is about the provider that was made of it."""
    is_made = not _has_providers(values)
    if is_made and issue.where in _PLACES and is_given(values.get(_KEY) or values.get(_URL)):
        return replace(issue, where=_PLACES[issue.where])
    return issue


def with_legacy_provider(values: JsonObject, issues: list[Issue]) -> JsonObject:
    """*values* with a provider `openai` from the keys that came before `Providers`."""
    given = legacy_settings(values)
    if not given:
        return values
    if _has_providers(values):
        hint = "Write a provider for it, or remove it."
        problem = "has no effect beside Providers."
        issues.extend(Issue(key, problem, hint, "warning") for key in given)
        return values
    router = values.get("Router") or {"default": f"openai,{values.get(_MODEL) or ''}"}
    if not is_given(values.get(_MODEL)) and not values.get("Router"):
        issues.append(Issue(_MODEL, "is missing.", "Write the name of the model."))
        router = {}
    return {**values, "Providers": [_provider(values)], "Router": router}


def legacy_settings(values: JsonObject) -> list[str]:
    """Those of the keys from before `Providers` that hold something."""
    return [key for key in (_KEY, _URL, _MODEL) if is_given(values.get(key))]


def makes_legacy_provider(values: JsonObject) -> bool:
    """Whether these keys are the one provider there is."""
    return bool(legacy_settings(values)) and not _has_providers(values)


def with_legacy_provider_written(raw: JsonObject) -> JsonObject:
    """*raw* with the provider of these keys in `Providers`, where it stays beside others."""
    if not makes_legacy_provider(raw):
        return raw
    legacy = with_legacy_provider(raw, [])
    provider = {key: value for key, value in legacy["Providers"][0].items() if is_given(value)}
    new: JsonObject = {}
    for key, value in raw.items():
        if key in (_KEY, _URL, _MODEL, *BY_KEY["Providers"].spellings):
            new["Providers"] = [provider]
        else:
            new[key] = value
    return {**new, **({"Router": legacy["Router"]} if legacy["Router"] else {})}


def _provider(values: JsonObject) -> JsonObject:
    return {
        "name": "openai",
        "api_base_url": values.get(_URL) or BY_KEY[_URL].default,
        "api_key": values.get(_KEY),
        "models": [values[_MODEL]] if is_given(values.get(_MODEL)) else [],
    }


def _has_providers(values: JsonObject) -> bool:
    return any(values.get(key) for key in BY_KEY["Providers"].spellings)
