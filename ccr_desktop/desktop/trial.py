"""A request that is never sent: what "Try it" asks the router about.

It is as Claude Code would send it: the same places for the folder, plan mode and sub-agents. Of a
past request only some is kept; the rest is `unknown`, and nothing is made up for it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.routing.rules import SCENARIO_HEADER
from ccr_desktop.core.routing.subagents import AGENT_HEADER, OWN_AGENTS
from ccr_desktop.core.routing.tokens import TokenCounter
from ccr_desktop.core.routing.unknown import ALWAYS, Fact

if TYPE_CHECKING:
    from ccr_desktop.core.observe.asked import Asked
    from ccr_desktop.core.observe.journal import Entry
    from ccr_desktop.core.protocol.json import JsonObject

USUAL_MODEL = "claude-sonnet-5"
MODELS = ("claude-sonnet-5", "claude-opus-5", "claude-haiku-4-5", "claude-fable-5")
EFFORTS = ("low", "medium", "high", "xhigh", "max")
THINKING = ("", "plan", "ultrathink", *EFFORTS)
MOST_TOKENS = 2_000_000
_ANSWER_TOKENS = 32_000  # what Claude Code asks for
_BY_STRENGTH = ("plan", "ultrathink", *reversed(EFFORTS))
_NO_WORDS = "-"  # where nothing was said; the API takes no empty text
_FILLER = " -"  # one token in every vocabulary, and no word that a rule could look for
_TOKENS_OF_MODEL = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
_WEB_SEARCH: JsonObject = {"type": "web_search_20250305", "name": "web_search"}
_DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is asked. `tokens` is how large the whole is at least: the rest is filled up.

    `agent` is None for the main conversation, and empty for a helper agent of no known name.
    `prompts` are those of the user's own helper agents, by name. `unknown` is what nobody knows.
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
    asked: Asked | None = None
    """What is kept of the past request that this one is like, beyond the fields."""
    unknown: frozenset[Fact] = frozenset()
    at_s: float | None = None
    """When the past request was asked; None: now."""


def body_of(trial: Trial) -> JsonObject:
    """The Messages body. Counts tokens, so it may take a while for a large one."""
    body = _body(trial, 0)
    if not trial.tokens:
        return body
    counter = TokenCounter()
    lacking = trial.tokens - counter.count(counter.survey(body))
    return _body(trial, lacking) if lacking > 0 else body


def headers_of(trial: Trial) -> dict[str, str]:
    headers = {} if trial.agent is None else {AGENT_HEADER: "trial"}
    if trial.asked and trial.asked.named_route:
        headers[SCENARIO_HEADER] = trial.asked.named_route
    return headers


def trial_of(entry: Entry) -> Trial:
    """A request like a past one, as far as it is kept."""
    asked, tokens = entry.asked, _tokens(entry)
    unknown = set(ALWAYS) if asked else set(Fact) - {Fact.SIZE}
    if not tokens:
        unknown.add(Fact.SIZE)
    if asked and asked.agent is None:
        unknown.add(Fact.AGENT)
    trial = Trial(
        model=entry.model or USUAL_MODEL,
        tokens=min(tokens, MOST_TOKENS),
        folder=entry.folder,
        unknown=frozenset(unknown),
        at_s=entry.at_s,
    )
    if asked is None:
        return trial
    return replace(
        trial,
        thinking=_thinking(asked.signs),
        has_picture=asked.has_image,
        searches_web=asked.searches_web,
        agent=(asked.agent or "") if asked.is_subagent else None,
        asked=asked,
    )


def filled_in(past: Trial, now: Trial) -> Trial:
    """*now*, what stands in the fields, with what is known of the *past* request besides.

    What somebody stated since is known.
    """
    stated: set[Fact] = set()
    if now.text.strip():
        stated |= {Fact.TEXT}
    if now.tokens != past.tokens:
        stated |= {Fact.SIZE}
    if now.agent != past.agent:
        stated |= {Fact.AGENT, Fact.SUBAGENT}
    if now.has_picture != past.has_picture:
        stated |= {Fact.PICTURE}
    if now.thinking != past.thinking:
        stated |= {Fact.THINKING}
    return replace(now, asked=past.asked, unknown=past.unknown - stated, at_s=past.at_s)


def _tokens(entry: Entry) -> int:
    told = entry.decision.as_json()["tokens"] if entry.decision else None
    counts = (entry.usage.get(name) for name in _TOKENS_OF_MODEL)
    return told or sum(count for count in counts if isinstance(count, int))


def _thinking(signs: Collection[str]) -> str:
    """The strongest that there is a choice for; the body shows all of them."""
    found = {sign.removeprefix("effort:") for sign in signs}
    return next((choice for choice in _BY_STRENGTH if choice in found), "")


def _body(trial: Trial, filler: int) -> JsonObject:
    body: JsonObject = {
        "model": trial.model.strip() or USUAL_MODEL,
        "max_tokens": _ANSWER_TOKENS,
        "stream": asked.is_stream if (asked := trial.asked) else True,
        "system": _system(trial),
        "messages": [*_before(trial, filler), {"role": "user", "content": _said(trial)}],
    }
    for sign in sorted(_signs(trial)):
        kind, _, value = sign.partition(":")
        if kind == "thinking":
            body["thinking"] = {"type": value}
        elif kind == "effort":
            body["output_config"] = {"effort": value}
    if tools := _tools(trial):
        body["tools"] = tools
    return body


def _signs(trial: Trial) -> Collection[str]:
    """Those of the past request, unless another way of thinking was chosen since."""
    if trial.asked and trial.thinking == _thinking(trial.asked.signs):
        return trial.asked.signs
    effort = f"effort:{trial.thinking}" if trial.thinking in EFFORTS else trial.thinking
    return {"thinking:adaptive", effort}


def _tools(trial: Trial) -> list[JsonObject]:
    offered = trial.asked.tools if trial.asked else ()
    tools: list[JsonObject] = [
        {"name": name, "input_schema": {"type": "object"}}
        for name in offered
        if name != _WEB_SEARCH["name"]
    ]
    return [*tools, _WEB_SEARCH] if trial.searches_web else tools


def _before(trial: Trial, filler: int) -> list[JsonObject]:
    """What was said earlier: what fills the request up, and a picture that is not new."""
    said: list[JsonObject] = [{"type": "text", "text": _FILLER * filler}] if filler else []
    if _is_old_picture(trial):
        said.append(_picture())
    return (
        [{"role": "user", "content": said}, {"role": "assistant", "content": "-"}] if said else []
    )


def _is_old_picture(trial: Trial) -> bool:
    asked = trial.asked
    return bool(trial.has_picture and asked and asked.has_image and not asked.has_new_image)


def _picture() -> JsonObject:
    source = {"type": "base64", "media_type": "image/png", "data": _DOT}
    return {"type": "image", "source": source}


def _system(trial: Trial) -> list[JsonObject]:
    said = [_prompt(trial)]
    if trial.asked and trial.asked.tag:
        said.append(f"<CCR-SUBAGENT-MODEL>{trial.asked.tag}</CCR-SUBAGENT-MODEL>")
    if trial.folder.strip():
        said.append(f"Working directory: {paths.expanded(trial.folder.strip())}")
    return [{"type": "text", "text": text} for text in said]


def _prompt(trial: Trial) -> str:
    beginnings = {name: beginning for beginning, name in OWN_AGENTS.items()}
    known = {**trial.prompts, **beginnings}
    return known.get(trial.agent or "", "You are a helpful coding agent.")


def _said(trial: Trial) -> list[JsonObject]:
    words, signs = trial.text.strip() or _NO_WORDS, _signs(trial)
    if "ultrathink" in signs:
        words = f"{words}\nultrathink"
    said: list[JsonObject] = [{"type": "text", "text": words}]
    if "plan" in signs:
        reminder = "<system-reminder>\nPlan mode is active.\n</system-reminder>"
        said.insert(0, {"type": "text", "text": reminder})
    if trial.has_picture and not _is_old_picture(trial):
        said.append(_picture())
    return said
