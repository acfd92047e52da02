"""What is particular about a provider's API, as a record of facts.

A further OpenAI-compatible provider is an entry in `catalog.py`: these fields changed where its
API differs from plain Chat Completions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
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
    TYPE_AND_EFFORT = "thinking {type} and reasoning_effort"
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

    # -- the call
    key_header: str = "Authorization"
    """Where the key goes: as `Bearer KEY` there, as it is in any other header."""
    messages_bearer: bool = False
    """Whether its Anthropic endpoint wants the key as `Bearer` too, not in `x-api-key`."""
    headers: Mapping[str, str] = field(default_factory=dict)
    messages_headers: Mapping[str, str] = field(default_factory=dict)
    """What its Anthropic endpoint wants of them otherwise."""
    request_headers: Callable[[JsonObject], Mapping[str, str]] | None = None
    """A policy for headers that follow from the request."""
    always_streams: bool = False
    """Whether complete answers are refused, at least for some requests; a stream serves as well."""

    # -- the request
    known_members: frozenset[str] | None = None
    """The members of a request that are accepted, where unknown ones are an error."""
    max_tokens_field: str = "max_tokens"
    """The member that limits the answer's length."""
    max_tokens_limit: int | None = None
    """The largest value that is accepted there, in tokens."""
    sampling: frozenset[str] = frozenset({"temperature", "top_p"})
    """The sampling members that are accepted."""
    temperatures: tuple[float, float] | None = None
    """The lowest and the highest temperature that are accepted."""
    max_stop_sequences: int = 4
    json_schema: bool = True
    """Whether `response_format: json_schema` is understood."""
    json_schema_alone: bool = False
    """Whether it is refused beside tools and in streams."""
    stream_usage: bool = True
    """Whether `stream_options.include_usage` is understood."""
    web_search: WebSearch = BY_NAME
    """What makes the provider search the web, for requests that ask for it."""
    searches_field: str | None = None
    """The member of a Responses request that limits the searches of an answer."""
    session_field: str | None = None
    """The member for a session id that keeps a conversation on one prompt cache."""
    extra_body: Mapping[str, Any] = field(default_factory=dict)
    streamed_tools_body: Mapping[str, Any] = field(default_factory=dict)
    """Members for streams with tools: what makes arguments come piece by piece."""

    # -- thinking
    thinking: ThinkingSwitch = ThinkingSwitch.NONE
    always_thinks: bool = False
    """Whether thinking can't be switched off; who wants none gets the weakest effort."""
    effort_levels: tuple[str, ...] = ("low", "medium", "high")
    """The efforts that are accepted, weakest first; `default` leaves it to the model. A Responses
    API is sent none where there are none."""
    thinking_members: Mapping[str, Any] = field(default_factory=dict)
    """What stands beside `type` in the switch while thinking is on."""
    reasoning_models: str = ""
    """A pattern of the models that take the effort; empty: all."""
    plain_models: str = r"(^|/)(gpt-[34]|chatgpt-|gpt-5.*-chat)"
    """A pattern of the models that a Responses API takes temperature for, and no reasoning."""
    reasoning_refuses_sampling: bool = False
    """Whether those models refuse temperature, top_p and stop sequences."""
    reasoning_replay: ReasoningReplay = ReasoningReplay.TOOL_TURNS
    reasoning_field: str | None = None
    """The member for reasoning that came from elsewhere; None drops it."""
    reasoning_members: frozenset[str] | None = None
    """The members that reasoning may go back in; None: the one that it came in."""
    reasoning_filler: str | None = None
    """What stands for missing reasoning in an answer with tool calls, where one is demanded."""
    demands_details: bool = False
    """Whether an answer with calls must have `reasoning_details`, be they empty."""
    may_repeat_details: bool = False
    """Whether a piece of `reasoning_details` may hold all that came before it, too."""
    inline_think_tags: bool = False
    """Whether reasoning comes as `<think>…</think>` at the start of the text."""
    replays_think_tags: bool = False
    """Whether it goes back so, too."""

    # -- messages
    mid_system: MidSystem = MidSystem.USER
    merges_users: bool = False
    """Whether user messages in a row must be one message (chat templates of local models)."""
    user_after_tool: bool = True
    """Whether a user message may follow the results of tools directly."""
    labels_phases: bool = False
    """Whether earlier answers in a Responses request say if they were commentary or final."""
    prefill_members: Mapping[str, Any] = field(default_factory=dict)
    """What an answer that the model is to continue must carry."""
    keeps_cache_control: bool = False
    """Whether `cache_control` on text parts is understood; elsewhere it is an error."""
    accepts_images: bool = True
    accepts_image_urls: bool = True
    """Whether an image may be the address of one."""
    accepts_files: bool = False
    """Whether PDF documents can be sent as `file` parts."""
    empty_content: str | None = ""
    """`content` of an answer that has only tool calls."""

    # -- tools
    accepts_tools: bool = True
    accepts_tool_choice: bool = True
    """Whether `tool_choice` is understood. Without it, what is offered says what is wanted."""
    accepts_named_tool_choice: bool = True
    accepts_choice_while_thinking: bool = True
    """Whether a tool can be demanded of a model that thinks."""
    accepts_parallel_switch: bool = True
    """Whether `parallel_tool_calls` is understood."""
    tool_name_limit: int = 64
    """In characters."""
    tool_name_pattern: str = r"[a-zA-Z0-9_-]+"
    """What a whole name must match."""
    tool_id_length: int | None = None
    """How many letters and digits an id of a tool call must have; None leaves that open."""
    tool_id_limit: int | None = None
    """How long an id may be, in characters; None: as the pattern says."""
    tool_id_pattern: str = r"(?s).*"
    """What a whole id must match: any, since a server knows its own."""
    numbers_tool_calls: bool = False
    """Whether ids must be `functions.NAME:NUMBER`, counted through the conversation."""
    tool_call_extra: Mapping[str, Any] | None = None
    """Members for the first call of each answer, where a signature is demanded."""
    clean_schema: Callable[[JsonObject], JsonObject] | None = None
    """A policy that rewrites tool schemas; None takes them as they are but for `$schema`."""

    # -- the answer
    usage_excludes_reasoning: bool = False
    """Whether `completion_tokens` may leave out the reasoning."""

    # -- models
    by_model: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    """Fields that are different for models whose names match a pattern (in any case). All
    patterns that match count, the later ones over the earlier."""

    def own_headers(self, body: JsonObject, *, is_messages: bool = False) -> Mapping[str, str]:
        """The headers that the API wants with a request, besides the key."""
        policy = self.request_headers
        own = {**self.headers, **self.messages_headers} if is_messages else self.headers
        return {**own, **policy(body)} if policy else own

    def for_model(self, model: str) -> Profile:
        """The facts that hold for *model*."""
        changes: JsonObject = {"by_model": ()}
        for pattern, fields in self.by_model:
            if re.search(pattern, model, re.IGNORECASE):
                changes |= fields
        return replace(self, **changes) if self.by_model else self
