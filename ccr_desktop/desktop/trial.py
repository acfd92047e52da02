"""A request that is never sent: what "Try it" asks the router about.

It is as Claude Code would send it: the same places for the folder, plan mode and sub-agents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.routing.subagents import AGENT_HEADER, OWN_AGENTS
from ccr_desktop.core.routing.tokens import TokenCounter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.observe.journal import Entry
    from ccr_desktop.core.protocol.json import JsonObject

USUAL_MODEL = "claude-sonnet-5"
MODELS = ("claude-sonnet-5", "claude-opus-5", "claude-haiku-4-5", "claude-fable-5")
EFFORTS = ("low", "medium", "high", "xhigh", "max")
THINKING = ("", "plan", "ultrathink", *EFFORTS)
MOST_TOKENS = 2_000_000
_ANSWER_TOKENS = 32_000  # what Claude Code asks for
_FILLER = " -"  # one token in every vocabulary, and no word that a rule could look for
_TOKENS_OF_MODEL = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
_DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is asked. `tokens` is how large the whole is at least: the rest is filled up.

    `agent` is None for the main conversation, and empty for a helper agent of no known name.
    `prompts` are those of the user's own helper agents, by name.
    """

    text: str = ""
    tokens: int = 0
    folder: str = ""
    model: str = USUAL_MODEL
    thinking: str = ""
    has_picture: bool = False
    searches_web: bool = False
    agent: str | None = None
    prompts: Mapping[str, str] = field(default_factory=dict)


def body_of(trial: Trial) -> JsonObject:
    """The Messages body. Counts tokens, so it may take a while for a large one."""
    body = _body(trial, 0)
    if not trial.tokens:
        return body
    counter = TokenCounter()
    lacking = trial.tokens - counter.count(counter.survey(body))
    return _body(trial, lacking) if lacking > 0 else body


def headers_of(trial: Trial) -> dict[str, str]:
    return {} if trial.agent is None else {AGENT_HEADER: "trial"}


def trial_of(entry: Entry, think_when: Sequence[str]) -> Trial:
    """A request like a past one. Its text is not kept: kind, model, size and folder have to do."""
    scenario = entry.scenario
    return Trial(
        model=entry.model or USUAL_MODEL,
        tokens=min(_tokens(entry), MOST_TOKENS),
        folder=entry.folder,
        thinking=_thinking(think_when) if scenario == "think" else "",
        has_picture=scenario == "image",
        searches_web=scenario == "webSearch",
        agent="" if scenario == "subagent" else None,
    )


def _tokens(entry: Entry) -> int:
    told = entry.decision.as_json()["tokens"] if entry.decision else None
    counts = (entry.usage.get(name) for name in _TOKENS_OF_MODEL)
    return told or sum(count for count in counts if isinstance(count, int))


def _thinking(think_when: Sequence[str]) -> str:
    """The first sign of those that count as hard thinking."""
    signs = (sign.removeprefix("effort:") for sign in think_when)
    return next((sign for sign in signs if sign in THINKING), "ultrathink")


def _body(trial: Trial, filler: int) -> JsonObject:
    before: list[JsonObject] = []
    if filler:
        before = [
            {"role": "user", "content": _FILLER * filler},
            {"role": "assistant", "content": "-"},
        ]
    body: JsonObject = {
        "model": trial.model.strip() or USUAL_MODEL,
        "max_tokens": _ANSWER_TOKENS,
        "stream": True,
        "system": _system(trial),
        "messages": [*before, {"role": "user", "content": _said(trial)}],
        "thinking": {"type": "adaptive"},
    }
    if trial.thinking in EFFORTS:
        body["output_config"] = {"effort": trial.thinking}
    if trial.searches_web:
        body["tools"] = [{"type": "web_search_20250305", "name": "web_search"}]
    return body


def _system(trial: Trial) -> list[JsonObject]:
    said = [_prompt(trial)]
    if trial.folder.strip():
        said.append(f"Working directory: {paths.expanded(trial.folder.strip())}")
    return [{"type": "text", "text": text} for text in said]


def _prompt(trial: Trial) -> str:
    beginnings = {name: beginning for beginning, name in OWN_AGENTS.items()}
    known = {**trial.prompts, **beginnings}
    return known.get(trial.agent or "", "You are a helpful coding agent.")


def _said(trial: Trial) -> list[JsonObject]:
    words = trial.text.strip() or "Hello"
    if trial.thinking == "ultrathink":
        words = f"{words}\nultrathink"
    said: list[JsonObject] = [{"type": "text", "text": words}]
    if trial.thinking == "plan":
        reminder = "<system-reminder>\nPlan mode is active.\n</system-reminder>"
        said.insert(0, {"type": "text", "text": reminder})
    if trial.has_picture:
        source = {"type": "base64", "media_type": "image/png", "data": _DOT}
        said.append({"type": "image", "source": source})
    return said
