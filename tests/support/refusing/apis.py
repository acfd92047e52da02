"""The providers with particular rules: what each refuses, how it says so, and how it answers.

Sources are those of the facts in `ccr_desktop/core/providers`: a rule stands here because the
provider's reference or its users' reports say so, not because the router keeps it.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.refusing import shapes
from tests.support.refusing.own_rules import (
    AZURE_START,
    BARE_REASONING,
    CLOSED_CHUNKS,
    CONTRADICTION,
    DETAILS,
    ENABLE_WHERE_KNOWN,
    FREE_WHILE_THINKING,
    GROQ,
    KEPT_THINKING,
    KIMI_BACK,
    LETTERS_FIRST,
    LONG_ONLY_IN_STREAMS,
    MISTRAL,
    MISTRAL_MESSAGES,
    NO_TOOLS,
    NVIDIA,
    ONE_CALL,
    ONE_STOP,
    ONE_TEMPERATURE,
    OPENAI_RULES,
    QUICK_SEARCH,
    SIGNED,
    STREAMED_THINKING,
    TAGS_BACK,
    THINKING_BACK,
    WARM,
)
from tests.support.refusing.rules import (
    ALTERNATION,
    DATA_IMAGES,
    NO_CACHE_CONTROL,
    NO_FORMAT_BESIDE_TOOLS,
    NO_IMAGES,
    NO_NULLS,
    NO_SCHEMA_MARK,
    NO_TEXTLESS_LAST_ANSWER,
    NO_USER_AFTER_TOOL,
    PLAIN,
    PROPERTIES,
    STRINGS,
    SYSTEM_FIRST,
    Rule,
    at_most,
    choices,
    efforts,
    has_images,
    header,
    ids,
    messages,
    no_member,
    only_in_messages,
    only_members,
    reasoning_in_calls,
)
from tests.support.refusing.shapes import Refusal, Shape

JsonObject = dict[str, Any]
CallId = Callable[[str, int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """A provider as the router and its tests see it. `name` is that of the profile."""

    name: str
    model: str
    title: str = ""
    """What tests call it, when it is not the only one of its name."""
    rules: tuple[Rule, ...]
    refuse: Refusal = shapes.OPENAI_ERROR
    shape: Shape = field(default_factory=Shape)
    call_id: CallId = lambda name, number: f"call_{_hex(name, number)}"
    has_tools: bool = True

    @property
    def label(self) -> str:
        return self.title or self.name


def _hex(name: str, number: int) -> str:
    return hashlib.sha256(f"{name}{number}".encode()).hexdigest()[:24]


def _nine(name: str, number: int) -> str:
    return _hex(name, number)[:9]


def _renumbered(chunk: JsonObject) -> JsonObject:
    """Every call at index 0, as some servers count."""
    for choice in chunk["choices"]:
        for call in choice["delta"].get("tool_calls", ()):
            call["index"] = 0
    return chunk


def _azure(chunk: JsonObject) -> JsonObject:
    """Verdicts of its filters in every choice."""
    for choice in chunk["choices"]:
        choice["content_filter_results"] = {"hate": {"filtered": False}}
    return chunk


def _continued_without_names(chunk: JsonObject) -> JsonObject:
    """DashScope sends empty ids, and leaves `finish_reason` out."""
    for choice in chunk["choices"]:
        for call in choice["delta"].get("tool_calls", ()):
            call.setdefault("id", "")
        if choice["finish_reason"] is None:
            del choice["finish_reason"]
    return chunk


def _timed(chunk: JsonObject) -> JsonObject:
    return {**chunk, "timings": {"prompt_n": 1}, "time_info": {"total_time": 0.1}}


def _objects(chunk: JsonObject) -> JsonObject:
    """Mistral may send arguments as an object."""
    for choice in chunk["choices"]:
        for call in choice["delta"].get("tool_calls", ()):
            call.pop("type", None)
    return chunk


def _api(name: str, model: str, *rules: Rule, **members: Any) -> Api:
    return Api(name=name, model=model, rules=(*PLAIN, *rules), **members)


_MISTRAL = (
    only_in_messages(MISTRAL_MESSAGES),
    ids(r"[a-zA-Z0-9]{9}", "Tool call id must be a-z, A-Z, 0-9, with a length of 9."),
    NO_USER_AFTER_TOOL,
    NO_TEXTLESS_LAST_ANSWER,
    NO_SCHEMA_MARK,
    choices("auto", "none", "any", "required"),
)
APIS: tuple[Api, ...] = (
    _api("openai", "gpt-5.5", *OPENAI_RULES),
    _api(
        "azure",
        "gpt-5.5",
        *OPENAI_RULES,
        header("api-key"),
        no_member("prompt_cache_key"),
        shape=Shape(before=AZURE_START, change=_azure),
    ),
    _api(
        "openrouter",
        "anthropic/claude-sonnet-5",
        CONTRADICTION,
        SIGNED,
        BARE_REASONING,
        refuse=shapes.OPENROUTER_ERROR,
        shape=Shape(reasoning="reasoning_details", before=b": OPENROUTER PROCESSING\n\n"),
        call_id=lambda name, number: f"toolu_vrtx_{_hex(name, number)}",
    ),
    _api(
        "openrouter",
        "deepseek/deepseek-v4-pro",
        DETAILS,
        NO_CACHE_CONTROL,
        title="openrouter's deepseek",
        refuse=shapes.OPENROUTER_ERROR,
    ),
    _api(
        "deepseek",
        "deepseek-v4-pro",
        reasoning_in_calls("reasoning_content", THINKING_BACK, may_be_empty=True),
        NO_IMAGES,
        NO_CACHE_CONTROL,
        shape=Shape(before=b": keep-alive\n\n"),
        call_id=lambda name, number: f"call_00_{_hex(name, number)}",
    ),
    _api(
        "ollama",
        "gpt-oss:20b",
        DATA_IMAGES,
        ALTERNATION,
        no_member("tool_choice", "parallel_tool_calls"),
        shape=Shape(reasoning="reasoning"),
        call_id=lambda name, number: f"call_{_hex(name, number)[:8]}",
    ),
    _api(
        "volcengine",
        "doubao-seed-2-1-pro-260628",
        efforts("minimal", "low", "medium", "high"),
        no_member("max_completion_tokens"),
        NO_CACHE_CONTROL,
        refuse=shapes.ARK_ERROR,
    ),
    _api(
        "siliconflow",
        "Qwen/Qwen3-Coder-30B-A3B-Instruct",
        at_most("max_tokens", 16_384),
        SYSTEM_FIRST,
        ENABLE_WHERE_KNOWN,
        refuse=shapes.SILICONFLOW_ERROR,
    ),
    _api("modelscope", "Qwen/Qwen3-235B-A22B", STRINGS, SYSTEM_FIRST, STREAMED_THINKING, NO_NULLS),
    _api(
        "dashscope",
        "qwen3.7-plus",
        STREAMED_THINKING,
        FREE_WHILE_THINKING,
        refuse=shapes.DASHSCOPE_ERROR,
        shape=Shape(change=_continued_without_names),
    ),
    _api(
        "groq",
        "openai/gpt-oss-120b",
        only_members(GROQ),
        only_in_messages({"role", "content", "tool_calls", "tool_call_id", "reasoning"}),
        efforts("low", "medium", "high"),
        NO_SCHEMA_MARK,
        NO_NULLS,
        NO_FORMAT_BESIDE_TOOLS,
        shape=Shape(reasoning="reasoning", sends_usage="x_groq"),
        call_id=_nine,
    ),
    _api(
        "cerebras",
        "gpt-oss-120b",
        STRINGS,
        NO_IMAGES,
        NO_NULLS,
        NO_CACHE_CONTROL,
        no_member("max_tokens"),
        efforts("low", "medium", "high"),
        shape=Shape(reasoning="reasoning", change=_timed),
        call_id=_nine,
    ),
    _api(
        "mistral",
        "mistral-large-3",
        only_members(MISTRAL),
        *_MISTRAL,
        refuse=shapes.MISTRAL_ERROR,
        shape=Shape(reasoning="thinking list", sends_usage="finish", change=_objects),
        call_id=_nine,
    ),
    _api(
        "mistral",
        "mistral-medium-3-5",
        only_members(MISTRAL | {"reasoning_effort"}),
        *_MISTRAL,
        efforts("none", "high"),
        CLOSED_CHUNKS,
        title="mistral's reasoning",
        refuse=shapes.MISTRAL_ERROR,
        shape=Shape(reasoning="thinking list", sends_usage="finish", change=_objects),
        call_id=_nine,
    ),
    _api(
        "moonshot",
        "kimi-k2.6",
        reasoning_in_calls("reasoning_content", KIMI_BACK, may_be_empty=False),
        ids(r"functions\.[\w-]+:\d+", "tool_call_id is not in the form of functions.name:idx"),
        ONE_TEMPERATURE,
        QUICK_SEARCH,
        FREE_WHILE_THINKING,
        LETTERS_FIRST,
        STRINGS,
        shape=Shape(sends_usage="choice"),
        call_id=lambda name, number: f"functions.{name}:{number}",
    ),
    _api(
        "zhipu",
        "glm-5.2",
        choices("auto"),
        KEPT_THINKING,
        ONE_STOP,
        NO_IMAGES,
        no_member("parallel_tool_calls", "strict", "presence_penalty"),
        at_most("max_tokens", 131_072),
        refuse=shapes.ZHIPU_ERROR,
    ),
    _api(
        "minimax",
        "MiniMax-M3",
        TAGS_BACK,
        WARM,
        refuse=shapes.MINIMAX_ERROR,
        shape=Shape(reasoning="<think>"),
        call_id=lambda name, number: f"call_function_{_hex(name, number)[:12]}_1",
    ),
    _api(
        "xai",
        "grok-4.6",
        no_member("stop", "presence_penalty", "reasoning_effort"),
        refuse=shapes.XAI_ERROR,
        shape=Shape(calls_end_with=""),
    ),
    _api(
        "nvidia",
        "nvidia/nemotron-3-ultra-550b-a55b",
        only_members(NVIDIA),
        NO_CACHE_CONTROL,
        refuse=shapes.DETAIL_ERROR,
        shape=Shape(reasoning="<think>", sends_usage="finish"),
    ),
    _api("fireworks", "accounts/fireworks/models/glm-5p2", LONG_ONLY_IN_STREAMS),
    _api(
        "copilot",
        "claude-sonnet-5",
        header("Copilot-Integration-Id"),
        header("Editor-Version"),
        header("OpenAI-Intent", "conversation-panel"),
        header("X-Initiator", "agent", when=lambda body: bool(messages(body, "assistant"))),
        header("Copilot-Vision-Request", "true", when=has_images),
    ),
    _api(
        "lmstudio",
        "openai/gpt-oss-20b",
        PROPERTIES,
        ALTERNATION,
        DATA_IMAGES,
        choices("auto", "none", "required"),
        refuse=shapes.LM_STUDIO_ERROR,
        call_id=lambda name, number: str(100_000_000 + int(_hex(name, number)[:6], 16)),
    ),
    _api(
        "llama.cpp",
        "qwen3-next",
        ALTERNATION,
        PROPERTIES,
        choices("auto", "none", "required"),
        refuse=shapes.LLAMA_ERROR,
        shape=Shape(change=_timed, before=b'data: {"choices":[],"prompt_progress":{}}\n\n'),
        call_id=_hex,
    ),
    _api(
        "vllm",
        "openai/gpt-oss-120b",
        ALTERNATION,
        SYSTEM_FIRST,
        refuse=shapes.VLLM_ERROR,
        shape=Shape(reasoning="reasoning"),
        call_id=lambda name, number: f"chatcmpl-tool-{_hex(name, number)}",
    ),
    _api("chutes", "zai-org/GLM-5.2-TEE", NO_CACHE_CONTROL, shape=Shape(reasoning="<think>")),
    _api(
        "perplexity",
        "sonar-pro",
        NO_TOOLS,
        ALTERNATION,
        no_member("stream_options"),
        shape=Shape(sends_usage="finish"),
        has_tools=False,
    ),
    _api(
        "openai-compatible",
        "some-model",
        SYSTEM_FIRST,
        NO_CACHE_CONTROL,
        NO_SCHEMA_MARK,
        NO_NULLS,
        PROPERTIES,
        no_member("reasoning_effort", "reasoning", "thinking", "enable_thinking", "top_k"),
        no_member("max_completion_tokens", "prompt_cache_key", "session_id", "metadata"),
        at_most("max_tokens", 32_000),
        shape=Shape(change=_renumbered),
    ),
)
ONE_AT_A_TIME = _api(
    "vllm",
    "meta-llama/Llama-3.3-70B-Instruct",
    ONE_CALL,
    ALTERNATION,
    SYSTEM_FIRST,
    title="vllm's llama",
    refuse=shapes.VLLM_ERROR,
    shape=Shape(reasoning="reasoning"),
)
"""Its chat template refuses what nobody knows of beforehand: the router has to learn it."""
