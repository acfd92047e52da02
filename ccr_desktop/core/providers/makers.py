"""Built-in facts about the APIs of those who make models: data only.

Beside each fact stands where it was read. "Observed" means: in reports of users, not in the
reference; "not verified": believed right, not found in a reference.
"""

from __future__ import annotations

from dataclasses import replace

from ccr_desktop.core.providers.policies import complete_objects, without_marks
from ccr_desktop.core.providers.profile import (
    MidSystem,
    Profile,
    ReasoningReplay,
    ThinkingSwitch,
)
from ccr_desktop.core.providers.web_search import (
    BY_NAME,
    MOONSHOT_SEARCH,
    OPENAI_SEARCH,
    PERPLEXITY_SEARCH,
    ZHIPU_SEARCH,
)

# Claude Code asks for up to 128,000 tokens, which most models refuse; what it asked for until
# 2025 is a limit that servers in general take. Whole objects in schemas suit all. Kimi K2 wants
# the ids of its template wherever it is served:
# https://huggingface.co/moonshotai/Kimi-K2-Instruct/blob/main/docs/tool_call_guidance.md
# MiniMax's models think in tags, and want it back so, where no parser of the server's takes it out:
# https://huggingface.co/MiniMaxAI/MiniMax-M2
# Claude refuses ids that Anthropic could not have given, whoever serves it.
COMPATIBLE = Profile(
    max_tokens_limit=32_000,
    clean_schema=complete_objects,
    by_model=(
        (r"kimi-k2", {"numbers_tool_calls": True}),
        (r"claude", {"tool_id_pattern": r"[a-zA-Z0-9_-]{1,64}"}),
        (
            r"minimax-m\d",
            {
                "inline_think_tags": True,
                "replays_think_tags": True,
                "reasoning_replay": ReasoningReplay.ALL,
            },
        ),
    ),
)

# https://platform.openai.com/docs/api-reference/chat/create and the openai package (3.54):
# reasoning models refuse `max_tokens` and any sampling. The efforts of each model are those of
# its page; those of models from 5.1 on are not verified. Ids above 40 characters: observed. From
# gpt-5.3-codex on answers say their phase, and do worse when it is not sent back. The o models
# refuse `parallel_tool_calls`: https://github.com/langchain-ai/langchain/issues/29416
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
    tool_id_limit=40,
    session_field="prompt_cache_key",
    by_model=(
        (
            r"^o\d",
            {"effort_levels": ("low", "medium", "high"), "accepts_parallel_switch": False},
        ),
        (r"^gpt-5\.1", {"effort_levels": ("none", "low", "medium", "high")}),
        (
            r"^gpt-(5\.([2-9]|\d\d)|[6-9])",
            {"effort_levels": ("none", "low", "medium", "high", "xhigh")},
        ),
        (r"^gpt-(5\.(3-codex|[4-9]|\d\d)|[6-9])", {"labels_phases": True}),
    ),
    web_search=OPENAI_SEARCH,
    searches_field="max_tool_calls",
)

# https://learn.microsoft.com/azure/ai-foundry/openai/reference: the same API, with the key in
# `api-key`. Older versions of it refuse members that they don't know (not verified).
AZURE = replace(OPENAI, name="azure", key_header="api-key", session_field=None)

# https://api-docs.deepseek.com/guides/thinking_mode: thinking is on unless switched off, and an
# answer with calls must come back with its reasoning, be it empty. Two efforts count. Only
# `json_object` is known: https://api-docs.deepseek.com/guides/json_mode. The models that can't
# see are not verified.
DEEPSEEK = replace(
    COMPATIBLE,
    name="deepseek",
    max_tokens_limit=None,
    mid_system=MidSystem.SYSTEM,
    thinking=ThinkingSwitch.TYPE_AND_EFFORT,
    effort_levels=("high", "max"),
    reasoning_field="reasoning_content",
    reasoning_filler="",
    json_schema=False,
    by_model=((r"^deepseek-(chat|reasoner|flash|v\d)", {"accepts_images": False}),),
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

# https://docs.mistral.ai/api/ and the mistralai package (3.7): what is not in this list is
# refused with 422 (`stream_options`: github.com/dnakov/anon-kode/issues/53), also inside of
# messages. Usage comes unasked. Ids, schemas and roles: litellm/llms/mistral. Who takes an effort:
# https://docs.mistral.ai/inference/conversations/reasoning; reasoning goes back in its chunks:
# https://github.com/vercel/ai, packages/mistral, convert-to-mistral-chat-messages.ts
MISTRAL = replace(
    COMPATIBLE,
    name="mistral",
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
            "parallel_tool_calls",
            "response_format",
            "random_seed",
            "safe_prompt",
            "prompt_mode",
            "reasoning_effort",
            "presence_penalty",
            "frequency_penalty",
            "prediction",
            "metadata",
            "n",
        }
    ),
    stream_usage=False,
    tool_id_length=9,
    reasoning_replay=ReasoningReplay.NEVER,
    user_after_tool=False,
    prefill_members={"prefix": True},
    accepts_named_tool_choice=False,
    clean_schema=without_marks,
    by_model=(
        (r"magistral", {"reasoning_replay": ReasoningReplay.ALL}),
        (
            r"mistral-(small-(latest|26|4)|medium-(3[-.]5|26))",
            {
                "thinking": ThinkingSwitch.EFFORT,
                "effort_levels": ("none", "high"),
                "reasoning_replay": ReasoningReplay.ALL,
            },
        ),
        (
            r"mistral-large-4",
            {
                "thinking": ThinkingSwitch.EFFORT,
                "reasoning_replay": ReasoningReplay.ALL,
            },
        ),
    ),
)

# https://docs.x.ai/docs/api-reference; no stop sequences: litellm/llms/xai. All models but these
# refuse an effort: https://docs.x.ai/developers/model-capabilities/text/reasoning, and what others
# have measured: https://github.com/NousResearch/hermes-agent/pull/23435
XAI = replace(
    COMPATIBLE,
    name="xai",
    mid_system=MidSystem.SYSTEM,
    max_stop_sequences=0,
    usage_excludes_reasoning=True,
    reasoning_replay=ReasoningReplay.NEVER,
    effort_levels=(),
    by_model=(
        (
            r"grok-3-mini",
            {"thinking": ThinkingSwitch.EFFORT, "effort_levels": ("low", "high")},
        ),
        (
            r"grok-4\.3",
            {
                "thinking": ThinkingSwitch.EFFORT,
                "effort_levels": ("none", "low", "medium", "high"),
            },
        ),
        (
            r"grok-4\.20-multi-agent",
            {
                "thinking": ThinkingSwitch.EFFORT,
                "effort_levels": ("low", "medium", "high", "xhigh"),
            },
        ),
    ),
)

# https://platform.kimi.ai/docs/api/chat and litellm/llms/moonshot: models from 2.5 on take only
# temperature 1, want reasoning in every answer with calls (a space will do) and refuse to be made
# to use a tool. Names of tools begin with a letter (not verified).
MOONSHOT = replace(
    COMPATIBLE,
    name="moonshot",
    sampling=frozenset(),
    reasoning_field="reasoning_content",
    reasoning_filler=" ",
    numbers_tool_calls=True,
    tool_name_pattern=r"[a-zA-Z_][a-zA-Z0-9_-]*",
    accepts_choice_while_thinking=False,
    accepts_parallel_switch=False,
    reasoning_models=r"k2\.[5-9]|k[3-9]|thinking|for-coding",
    thinking=ThinkingSwitch.TYPE,
    web_search=MOONSHOT_SEARCH,
)

# https://www.kimi.com/code/docs: the longest answer is that of https://models.dev.
KIMI_CODING = replace(MOONSHOT, name="kimi-coding", max_tokens_limit=32_768, web_search=BY_NAME)

# https://docs.z.ai/guides/capabilities/thinking-mode and the zai-sdk package (0.2.3): a switch
# since 4.5, efforts since 5.3, `auto` as the only choice of tools, arguments in pieces only when
# asked for. One stop sequence: not verified. From 4.7 on the reasoning of all earlier answers
# counts where the request says that it is not to be cleared; in the coding plan it always does.
ZHIPU = replace(
    COMPATIBLE,
    name="zhipu",
    thinking=ThinkingSwitch.TYPE,
    reasoning_models=r"glm-(4\.[5-9]|[5-9])",
    reasoning_field="reasoning_content",
    accepts_tool_choice=False,
    accepts_parallel_switch=False,
    json_schema=False,
    max_stop_sequences=1,
    by_model=(
        (r"glm-(4\.[6-9]|[5-9])", {"streamed_tools_body": {"tool_stream": True}}),
        (
            r"glm-(4\.[7-9]|[5-9])",
            {
                "thinking_members": {"clear_thinking": False},
                "reasoning_replay": ReasoningReplay.ALL,
            },
        ),
        (
            r"glm-5\.[3-9]",
            {
                "thinking": ThinkingSwitch.TYPE_AND_EFFORT,
                "always_thinks": True,
                "effort_levels": ("low", "high", "max"),
            },
        ),
        (r"glm-(4\.[5-9]|[5-9][.\d]*)(-|$)", {"accepts_images": False}),
    ),
    web_search=ZHIPU_SEARCH,
)

# https://platform.minimax.io/docs/api-reference/text-openai-api: thinking comes as tags and goes
# back with them; temperatures above 0. Errors come inside of a 200, as `base_resp`.
MINIMAX = replace(
    COMPATIBLE,
    name="minimax",
    temperatures=(0.01, 1.0),
    inline_think_tags=True,
    replays_think_tags=True,
    reasoning_replay=ReasoningReplay.ALL,
    may_repeat_details=True,
)

# https://docs.perplexity.ai/api-reference/chat-completions-post: no tools (models.dev), roles
# that alternate, usage in every chunk (not verified).
PERPLEXITY = replace(
    COMPATIBLE,
    name="perplexity",
    accepts_tools=False,
    merges_users=True,
    stream_usage=False,
    reasoning_replay=ReasoningReplay.NEVER,
    web_search=PERPLEXITY_SEARCH,
)

# Their references name nothing that differs from plain Chat Completions.
XIAOMI_MIMO = replace(COMPATIBLE, name="xiaomi-mimo", max_tokens_limit=131_072)
STEPFUN = replace(COMPATIBLE, name="stepfun")
LONGCAT = replace(COMPATIBLE, name="longcat")

# https://docs.claude.com/en/api/openai-sdk, for who asks for Chat Completions there; requests in
# Anthropic's own protocol pass through whatever a profile says.
ANTHROPIC = replace(
    COMPATIBLE, name="anthropic", max_tokens_limit=64_000, reasoning_replay=ReasoningReplay.NEVER
)
