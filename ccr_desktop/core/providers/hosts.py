"""Built-in facts about APIs that serve the models of others: data only.

The same notes as in `makers.py`.
"""

from __future__ import annotations

from dataclasses import replace

from ccr_desktop.core.providers.makers import COMPATIBLE
from ccr_desktop.core.providers.policies import copilot_headers
from ccr_desktop.core.providers.profile import (
    MidSystem,
    ReasoningReplay,
    ThinkingSwitch,
)
from ccr_desktop.core.providers.web_search import DASHSCOPE_SEARCH, GROQ_SEARCH, OPENROUTER_SEARCH

# https://openrouter.ai/docs/api-reference/chat-completion; cache breakpoints for these makers:
# https://openrouter.ai/docs/features/prompt-caching. Empty details mean something to DeepSeek:
# https://github.com/OpenRouterTeam/ai-sdk-provider, convert-to-openrouter-chat-messages.ts
OPENROUTER = replace(
    COMPATIBLE,
    name="openrouter",
    messages_bearer=True,
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
    by_model=(
        *COMPATIBLE.by_model,
        (
            r"^(openai|x-ai|deepseek|mistralai|meta-llama|moonshotai|nvidia|cohere|amazon)/",
            {"keeps_cache_control": False},
        ),
        (r"^deepseek/", {"demands_details": True}),
        (r"^minimax/", {"inline_think_tags": False, "replays_think_tags": False}),
    ),
)

# https://www.volcengine.com/docs/82379/1494384; efforts of the Seed models: litellm/llms/volcengine
VOLCENGINE = replace(
    COMPATIBLE,
    name="volcengine",
    mid_system=MidSystem.SYSTEM,
    thinking=ThinkingSwitch.TYPE,
    reasoning_field="reasoning_content",
    by_model=(
        (
            r"seed",
            {
                "thinking": ThinkingSwitch.TYPE_AND_EFFORT,
                "effort_levels": ("minimal", "low", "medium", "high"),
            },
        ),
    ),
)

# https://docs.siliconflow.cn/cn/api-reference/chat-completions/chat-completions: models outside
# of its list refuse `enable_thinking` (the list is not verified). A system message stands first.
# The limit is claude-code-router's.
SILICONFLOW = replace(
    COMPATIBLE,
    name="siliconflow",
    max_tokens_limit=16_384,
    thinking=ThinkingSwitch.ENABLE,
    reasoning_models=r"(?i)qwen3-\d+b(-a\d+b)?$|glm-(4\.[56]|5)|deepseek-v(3\.[12]|4)",
    reasoning_field="reasoning_content",
)

# https://www.modelscope.cn/docs/model-service/API-Inference/intro and litellm/llms/modelscope:
# Qwen's open models refuse to think in an answer that is not streamed.
MODELSCOPE = replace(
    COMPATIBLE,
    name="modelscope",
    always_streams=True,
    thinking=ThinkingSwitch.ENABLE,
    reasoning_models=r"(?i)qwen3(\.\d+)?-\d+b(-a\d+b)?$",
)

# https://help.aliyun.com/zh/model-studio/compatibility-of-openai-with-dashscope and
# …/deep-thinking: as at ModelScope; a model that thinks takes no choice of a tool but `auto`.
DASHSCOPE = replace(
    COMPATIBLE,
    name="dashscope",
    always_streams=True,
    mid_system=MidSystem.SYSTEM,
    keeps_cache_control=True,
    thinking=ThinkingSwitch.ENABLE,
    reasoning_models=r"^(qwen-(plus|flash|turbo)|qwen3(\.\d+)?-(max|plus|flash|\d+b(-a\d+b)?$))",
    accepts_choice_while_thinking=False,
    web_search=DASHSCOPE_SEARCH,
)

# https://docs.aihubmix.com
AIHUBMIX = replace(COMPATIBLE, name="aihubmix", mid_system=MidSystem.SYSTEM)

# https://platform.iflow.cn/en/docs: one request at a time. Reported to have ended in 2026.
IFLOW = replace(COMPATIBLE, name="iflow")

# https://deepinfra.com/docs/openai_api, which tells of nothing that differs.
DEEPINFRA = replace(COMPATIBLE, name="deepinfra")

# https://console.groq.com/docs/api-reference and the groq package (1.7): unknown members of
# messages are refused; reasoning goes back as `reasoning` only; usage comes unasked, and the
# package knows no `stream_options`. Efforts of each family and `reasoning_format`:
# https://console.groq.com/docs/reasoning
GROQ = replace(
    COMPATIBLE,
    name="groq",
    max_tokens_field="max_completion_tokens",
    mid_system=MidSystem.SYSTEM,
    reasoning_members=frozenset({"reasoning"}),
    stream_usage=False,
    json_schema_alone=True,
    by_model=(
        *COMPATIBLE.by_model,
        (r"gpt-oss", {"thinking": ThinkingSwitch.EFFORT}),
        (
            r"qwen3",
            {
                "thinking": ThinkingSwitch.EFFORT,
                "effort_levels": ("none", "default"),
                "extra_body": {"reasoning_format": "parsed"},
            },
        ),
    ),
    web_search=GROQ_SEARCH,
)

# https://inference-docs.cerebras.ai/api-reference/chat-completions and the cerebras-cloud-sdk
# package (1.91); lists of content parts refused: observed.
CEREBRAS = replace(
    COMPATIBLE,
    name="cerebras",
    max_tokens_field="max_completion_tokens",
    accepts_images=False,
    reasoning_members=frozenset({"reasoning"}),
    by_model=(
        (r"gpt-oss", {"thinking": ThinkingSwitch.EFFORT}),
        (
            r"glm",
            {
                "thinking": ThinkingSwitch.EFFORT,
                "effort_levels": ("none", "low", "medium", "high"),
            },
        ),
    ),
)

# https://docs.together.ai/reference/chat-completions-1
TOGETHER = replace(COMPATIBLE, name="together")

# https://docs.fireworks.ai/api-reference/post-chatcompletions: an answer of more than 4,096
# tokens must be streamed (not verified).
FIREWORKS = replace(COMPATIBLE, name="fireworks", always_streams=True)

# https://docs.api.nvidia.com/nim/reference/llm-apis: members that a model does not know are
# refused with 422 (changelog 3.20 of https://github.com/farion1231/cc-switch); these are those
# that the pages of all models name.
NVIDIA = replace(
    COMPATIBLE,
    name="nvidia",
    known_members=frozenset(
        {
            "model",
            "messages",
            "max_tokens",
            "temperature",
            "top_p",
            "stop",
            "stream",
            "tools",
            "tool_choice",
        }
    ),
    stream_usage=False,
    reasoning_field=None,
    inline_think_tags=True,
)

# https://github.com/ericc-ch/copilot-api and litellm/llms/github_copilot: an editor's headers.
# The key is a short-lived token, which the transformer `copilot` has GitHub give.
COPILOT = replace(
    COMPATIBLE,
    name="copilot",
    messages_bearer=True,
    headers={
        "Copilot-Integration-Id": "vscode-chat",
        "Editor-Version": "vscode/1.104.0",
        "Editor-Plugin-Version": "copilot-chat/0.31.0",
        "OpenAI-Intent": "conversation-panel",
        "X-GitHub-Api-Version": "2025-05-01",
    },
    messages_headers={"OpenAI-Intent": "messages-proxy"},
    request_headers=copilot_headers,
    mid_system=MidSystem.SYSTEM,
    reasoning_replay=ReasoningReplay.NEVER,
)

# https://huggingface.co/docs/inference-providers: `model:provider` picks who answers.
HUGGING_FACE = replace(COMPATIBLE, name="huggingface")

# https://chutes.ai/docs: vLLM and SGLang; GLM's thinking may come as tags
# (https://github.com/musistudio/claude-code-router, chutes-glm).
CHUTES = replace(COMPATIBLE, name="chutes", inline_think_tags=True)

# https://cloud.baidu.com/doc/qianfan, https://novita.ai/docs, https://opencode.ai/docs/zen:
# nothing that differs. OpenCode's Anthropic side takes the key as `x-api-key` only.
QIANFAN = replace(COMPATIBLE, name="qianfan")
NOVITA = replace(COMPATIBLE, name="novita")
OPENCODE = replace(COMPATIBLE, name="opencode")

# https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html: the open
# models, with a Bedrock API key. Claude is served at other paths: inference-messages-api.html
# there, and the transformer `bedrock-claude`.
BEDROCK = replace(
    COMPATIBLE,
    name="bedrock",
    messages_bearer=True,
    max_tokens_field="max_completion_tokens",
    reasoning_replay=ReasoningReplay.NEVER,
)
