"""Reading a provider's `transformer` object: one chain for all its models, one for single models.

What takes effect by its name alone so far is a dialect, a profile, or a limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.fields import shown, whole_number
from ccr_desktop.core.config.issues import Issue

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_FOR_PROVIDERS = frozenset({"Anthropic", "deepseek", "gemini", "openrouter", "groq", "maxtoken"})
_FOR_MODELS = frozenset({"maxtoken"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """`names` are those of the provider's own chain; limits are by model, `""` for all others."""

    names: tuple[str, ...] = ()
    uses_bearer: bool = False
    max_tokens: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Link:
    name: str
    options: JsonObject
    where: str


def read_chains(found: Any, where: str, issues: list[Issue]) -> Chains:
    """The chains of a provider; what this version can't do is reported."""
    if not found:
        return Chains()
    if not isinstance(found, dict):
        hint = 'Write {"use": ["name", …]}.'
        issues.append(Issue(where, f"found {shown(found)}.", hint))
        return Chains()
    own = _links(found, where, _FOR_PROVIDERS, issues)
    limits = {"": _limit(own, issues)}
    for model, chain in found.items():
        if model != "use":
            limits[model] = _limit(_links(chain, f"{where}.{model}", _FOR_MODELS, issues), issues)
    return Chains(
        names=tuple(link.name for link in own),
        uses_bearer=any(link.name == "Anthropic" and link.options.get("UseBearer") for link in own),
        max_tokens={model: limit for model, limit in limits.items() if limit},
    )


def _links(found: Any, where: str, known: frozenset[str], issues: list[Issue]) -> list[_Link]:
    use = found.get("use") if isinstance(found, dict) else found
    if use is None:
        return []
    if not isinstance(use, list):
        hint = 'A list of names, or of ["name", {options}], is allowed.'
        issues.append(Issue(f"{where}.use", f"found {shown(use)}.", hint))
        return []
    links = []
    for index, element in enumerate(use):
        if link := _link(element, f"{where}.use[{index}]", issues):
            links.append(link)
            _note_unknown(link, known, issues)
    return links


def _link(element: Any, where: str, issues: list[Issue]) -> _Link | None:
    match element:
        case str(name) | [str(name)]:
            return _Link(name, {}, where)
        case [str(name), dict(options)]:
            return _Link(name, options, where)
        case _:
            hint = 'A name or ["name", {options}] is allowed.'
            issues.append(Issue(where, f"found {shown(element)}.", hint))
            return None


def _note_unknown(link: _Link, known: frozenset[str], issues: list[Issue]) -> None:
    if link.name in known:
        return
    if link.name in _FOR_PROVIDERS:
        problem = f"the transformer {link.name!r} has no effect for a single model."
        hint = "Use it for the whole provider, or make a provider for that model."
    else:
        problem = f"the transformer {link.name!r} is not part of this version and has no effect."
        hint = ""
    issues.append(Issue(link.where, problem, hint, "warning"))


def _limit(links: list[_Link], issues: list[Issue]) -> int | None:
    """The limit that `maxtoken` sets."""
    link = next((link for link in links if link.name == "maxtoken"), None)
    if link is None:
        return None
    found = link.options.get("max_tokens")
    limit = whole_number(found)
    if limit is not None and limit > 0:
        return limit
    problem = f"max_tokens: found {shown(found)}."
    issues.append(Issue(link.where, problem, "A whole number above 0 is allowed."))
    return None
