"""From a rule to a request that its conditions fit, and from a request to a rule that fits it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.desktop.trial import EFFORTS, MOST_TOKENS, THINKING, Trial

if TYPE_CHECKING:
    from ccr_desktop.core.observe.journal import Entry


def trial_for(rule: dict[str, Any]) -> Trial:
    """As far as "Try it" has a field for each condition; the rest is as usual."""
    found = rule.get("when")
    when = found if isinstance(found, dict) else {}
    trial = Trial()
    if text := _first(when.get("contains")):
        trial = replace(trial, text=text)
    if folder := _first(when.get("folder")):
        trial = replace(trial, folder=folder)
    if model := _first(when.get("model")):
        trial = replace(trial, model=model if "*" not in model else trial.model)
    if agent := _first(when.get("agent")):
        trial = replace(trial, agent=agent)
    tokens = when.get("tokensOver")
    if isinstance(tokens, int) and tokens > 0:
        trial = replace(trial, tokens=min(tokens + 1, MOST_TOKENS))
    sign = _first(when.get("thinking")).removeprefix("effort:")
    thinking = sign if sign in {*THINKING, *EFFORTS} else ""
    return replace(trial, thinking=thinking, has_picture=when.get("hasImage") is True)


def rule_like(entry: Entry) -> dict[str, Any]:
    """A rule that begins with what is known of a past request."""
    when: dict[str, Any] = {}
    if entry.folder:
        when["folder"] = entry.folder
    if entry.model:
        when["model"] = entry.model
    if entry.scenario == "image":
        when["hasImage"] = True
    return {"when": when, "route": ""}


def _first(value: Any) -> str:
    """The first alternative, what stands around its stars aside."""
    items = value if isinstance(value, list) else [value]
    text = items[0] if items and isinstance(items[0], str) else ""
    return text.removesuffix("/**").removesuffix("/*")
