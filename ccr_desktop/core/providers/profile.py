"""What is particular about a provider's API, as a record of facts.

A further OpenAI-compatible provider is an entry in `catalog.py`: these fields changed where its
API differs from plain Chat Completions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from ccr_desktop.core.providers.web_search import BY_NAME, WebSearch

JsonObject = dict[str, Any]


class ThinkingSwitch(Enum):
    """How a provider is told whether and how hard to think."""

    NONE = "none"
    EFFORT = "reasoning_effort"
    REASONING = "reasoning {effort}"
    TYPE = "thinking {type}"
    ENABLE = "enable_thinking"
    BOTH = "thinking {type} and enable_thinking"


class ReasoningReplay(Enum):
    """Which earlier answers carry their reasoning when they are sent again."""

    NEVER = "never"
    TOOL_TURNS = "answers with tool calls"
    ALL = "all answers"


class MidSystem(Enum):
    """What becomes of a system message in the middle of the conversation."""

    SYSTEM = "system message"
    USER = "user message in a <system-reminder> element"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Facts about one provider's Chat Completions API. The defaults are the careful ones."""

    name: str = "openai-compatible"
    max_tokens_field: str = "max_tokens"
    """The member that limits the answer's length."""
    max_tokens_limit: int | None = None
    """The largest value that is accepted there, in tokens."""
    mid_system: MidSystem = MidSystem.USER
    merges_users: bool = False
    """Whether user messages in a row must be one message (chat templates of local models)."""
    thinking: ThinkingSwitch = ThinkingSwitch.NONE
    effort_levels: tuple[str, ...] = ("low", "medium", "high")
    """The efforts that are accepted, weakest first."""
    reasoning_models: str = ""
    """A pattern of the models that take the effort; empty: all."""
    plain_models: str = r"(^|/)(gpt-[34]|chatgpt-|gpt-5.*-chat)"
    """A pattern of the models that a Responses API takes temperature for, and no reasoning."""
    reasoning_refuses_sampling: bool = False
    """Whether those models refuse temperature, top_p and stop sequences."""
    reasoning_replay: ReasoningReplay = ReasoningReplay.TOOL_TURNS
    reasoning_field: str | None = None
    """The member for reasoning that came from elsewhere; None drops it."""
    reasoning_filler: str | None = None
    """What stands for missing reasoning in an answer with tool calls, where one is demanded."""
    inline_think_tags: bool = False
    """Whether reasoning comes as `<think>…</think>` at the start of the text."""
    keeps_cache_control: bool = False
    """Whether `cache_control` on text parts is understood; elsewhere it is an error."""
    stream_usage: bool = True
    """Whether `stream_options.include_usage` is understood."""
    accepts_named_tool_choice: bool = True
    accepts_tool_choice: bool = True
    accepts_parallel_switch: bool = True
    """Whether `parallel_tool_calls` is understood."""
    accepts_files: bool = False
    """Whether PDF documents can be sent as `file` parts."""
    images_in_tool_results: bool = False
    empty_content: str | None = ""
    """`content` of an answer that has only tool calls."""
    tool_name_limit: int = 64
    """In characters."""
    tool_id_length: int | None = None
    """How many letters and digits an id of a tool call must have; None takes any id."""
    max_stop_sequences: int = 4
    sampling: frozenset[str] = frozenset({"temperature", "top_p"})
    """The sampling members that are accepted."""
    json_schema: bool = True
    """Whether `response_format: json_schema` is understood."""
    web_search: WebSearch = BY_NAME
    """What makes the provider search the web, for requests that ask for it."""
    session_field: str | None = None
    """The member for a session id that keeps a conversation on one prompt cache."""
    tool_call_extra: Mapping[str, Any] | None = None
    """Members for the first call of each answer, where a signature is demanded."""
    usage_excludes_reasoning: bool = False
    """Whether `completion_tokens` may leave out the reasoning."""
    extra_body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    clean_schema: Callable[[JsonObject], JsonObject] | None = None
    """A policy that rewrites tool schemas; None takes them as they are but for `$schema`."""
