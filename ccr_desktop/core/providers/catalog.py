"""Built-in facts about providers: data only. Sources are the providers' API references.

A provider is recognised by the host of its address, or by the name of a claude-code-router
transformer that stands for it.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from ccr_desktop.core.providers.profile import (
    MidSystem,
    Profile,
    ReasoningReplay,
    ThinkingSwitch,
)
from ccr_desktop.core.providers.web_search import (
    DASHSCOPE_SEARCH,
    GROQ_SEARCH,
    OPENAI_SEARCH,
    OPENROUTER_SEARCH,
    PERPLEXITY_SEARCH,
    ZHIPU_SEARCH,
)

# Claude Code asks for up to 128,000 tokens, which most models refuse; what it asked for until
# 2025 is a limit that servers in general take.
COMPATIBLE = Profile(max_tokens_limit=32_000)

LOCAL = replace(COMPATIBLE, name="local", merges_users=True)

# https://platform.openai.com/docs/api-reference/chat
OPENAI = replace(
    COMPATIBLE,
    name="openai",
    max_tokens_limit=None,
    max_tokens_field="max_completion_tokens",
    mid_system=MidSystem.SYSTEM,
    thinking=ThinkingSwitch.EFFORT,
    effort_levels=("minimal", "low", "medium", "high"),
    reasoning_models=r"^(o\d|gpt-[5-9])",
    reasoning_refuses_sampling=True,
    reasoning_replay=ReasoningReplay.NEVER,
    accepts_files=True,
    empty_content=None,
    session_field="prompt_cache_key",
    web_search=OPENAI_SEARCH,
)

# https://openrouter.ai/docs/api-reference/chat-completion
OPENROUTER = replace(
    COMPATIBLE,
    name="openrouter",
    max_tokens_limit=64_000,
    mid_system=MidSystem.SYSTEM,
    thinking=ThinkingSwitch.REASONING,
    effort_levels=("minimal", "low", "medium", "high", "xhigh", "max"),
    reasoning_replay=ReasoningReplay.ALL,
    keeps_cache_control=True,
    accepts_files=True,
    web_search=OPENROUTER_SEARCH,
    session_field="session_id",
    headers={"X-Title": "CCR Desktop"},
)

# https://api-docs.deepseek.com/guides/thinking_mode
DEEPSEEK = replace(
    COMPATIBLE,
    name="deepseek",
    max_tokens_limit=None,
    mid_system=MidSystem.SYSTEM,
    thinking=ThinkingSwitch.TYPE,
    reasoning_field="reasoning_content",
    reasoning_filler="",
)

# https://github.com/ollama/ollama/blob/main/docs/openai.md
OLLAMA = replace(
    LOCAL,
    name="ollama",
    thinking=ThinkingSwitch.NONE,
    reasoning_field="reasoning",
    accepts_tool_choice=False,
    accepts_parallel_switch=False,
)

# https://ai.google.dev/gemini-api/docs/openai; calls need a signature or this stand-in for one:
# https://ai.google.dev/gemini-api/docs/thought-signatures
GEMINI = replace(
    COMPATIBLE,
    name="gemini",
    max_tokens_limit=65_536,
    reasoning_replay=ReasoningReplay.NEVER,
    accepts_parallel_switch=False,
    tool_call_extra={
        "extra_content": {"google": {"thought_signature": "skip_thought_signature_validator"}}
    },
)

# Its own protocol; what is true of single models is in `gemini_models.py`.
GEMINI_NATIVE = Profile(name="gemini")

# https://www.volcengine.com/docs/82379/1494384
VOLCENGINE = replace(
    COMPATIBLE,
    name="volcengine",
    mid_system=MidSystem.SYSTEM,
    thinking=ThinkingSwitch.TYPE,
    reasoning_field="reasoning_content",
)

# https://www.modelscope.cn/docs/model-service/API-Inference/intro
MODELSCOPE = replace(COMPATIBLE, name="modelscope")

# https://help.aliyun.com/zh/model-studio/compatibility-of-openai-with-dashscope
DASHSCOPE = replace(
    COMPATIBLE,
    name="dashscope",
    mid_system=MidSystem.SYSTEM,
    keeps_cache_control=True,
    web_search=DASHSCOPE_SEARCH,
)

# https://docs.aihubmix.com
AIHUBMIX = replace(COMPATIBLE, name="aihubmix", mid_system=MidSystem.SYSTEM)

# https://console.groq.com/docs/openai
GROQ = replace(
    COMPATIBLE,
    name="groq",
    max_tokens_field="max_completion_tokens",
    mid_system=MidSystem.SYSTEM,
    reasoning_replay=ReasoningReplay.NEVER,
    web_search=GROQ_SEARCH,
)

# https://docs.mistral.ai/api/: unknown members are refused
MISTRAL = replace(
    COMPATIBLE,
    name="mistral",
    stream_usage=False,
    tool_id_length=9,
    reasoning_replay=ReasoningReplay.NEVER,
    accepts_named_tool_choice=False,
)

# https://docs.x.ai/docs/api-reference
XAI = replace(
    COMPATIBLE,
    name="xai",
    mid_system=MidSystem.SYSTEM,
    usage_excludes_reasoning=True,
    reasoning_replay=ReasoningReplay.NEVER,
)

# https://docs.z.ai/api-reference/llm/chat-completion
ZHIPU = replace(
    COMPATIBLE,
    name="zhipu",
    max_tokens_limit=131_072,
    reasoning_field="reasoning_content",
    web_search=ZHIPU_SEARCH,
)

# https://docs.perplexity.ai/api-reference/chat-completions-post: it searches for every answer
PERPLEXITY = replace(COMPATIBLE, name="perplexity", web_search=PERPLEXITY_SEARCH)

DEMO = replace(COMPATIBLE, name="demo", mid_system=MidSystem.SYSTEM)

_BY_HOST: tuple[tuple[str, Profile], ...] = (
    ("api.openai.com", OPENAI),
    ("openrouter.ai", OPENROUTER),
    ("api.deepseek.com", DEEPSEEK),
    ("generativelanguage.googleapis.com", GEMINI),
    ("volces.com", VOLCENGINE),
    ("api-inference.modelscope.cn", MODELSCOPE),
    ("dashscope.aliyuncs.com", DASHSCOPE),
    ("dashscope-intl.aliyuncs.com", DASHSCOPE),
    ("aihubmix.com", AIHUBMIX),
    ("api.groq.com", GROQ),
    ("api.mistral.ai", MISTRAL),
    ("api.x.ai", XAI),
    ("open.bigmodel.cn", ZHIPU),
    ("api.z.ai", ZHIPU),
    ("api.perplexity.ai", PERPLEXITY),
)
_BY_TRANSFORMER = {"openrouter": OPENROUTER, "deepseek": DEEPSEEK, "groq": GROQ}
_BY_DIALECT = {"ollama": OLLAMA, "gemini": GEMINI_NATIVE}
_OLLAMA_PORT = 11434
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def find_profile(url: str, transformers: tuple[str, ...] = (), dialect: str = "") -> Profile:
    """The profile for a provider's address; a transformer's name wins over dialect and host."""
    for name in transformers:
        if name in _BY_TRANSFORMER:
            return _BY_TRANSFORMER[name]
    if dialect in _BY_DIALECT:
        return _BY_DIALECT[dialect]
    parts = urlsplit(url)
    if parts.scheme == "demo":
        return DEMO
    host = parts.hostname or ""
    for known, profile in _BY_HOST:
        if host == known or host.endswith(f".{known}"):
            return profile
    if parts.port == _OLLAMA_PORT:
        return OLLAMA
    return LOCAL if host in LOOPBACK else COMPATIBLE
