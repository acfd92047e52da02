"""The built-in transformers by name; `core/config/known_transformers` declares them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ccr_desktop.core.transformers.bedrock import BedrockClaude
from ccr_desktop.core.transformers.cerebras import Cerebras
from ccr_desktop.core.transformers.chutes_glm import ChutesGlm
from ccr_desktop.core.transformers.clean_cache import CleanCache
from ccr_desktop.core.transformers.copilot import Copilot
from ccr_desktop.core.transformers.custom_params import CustomParams, OpenRouter
from ccr_desktop.core.transformers.enhance_tool import EnhanceTool
from ccr_desktop.core.transformers.extra_think_tag import ExtraThinkTag
from ccr_desktop.core.transformers.force_reasoning import ForceReasoning
from ccr_desktop.core.transformers.gemini import GeminiFilters
from ccr_desktop.core.transformers.gemini_cli import GeminiCli
from ccr_desktop.core.transformers.marker import Marker
from ccr_desktop.core.transformers.max_completion_tokens import MaxCompletionTokens
from ccr_desktop.core.transformers.max_token import MaxToken
from ccr_desktop.core.transformers.qwen_cli import QwenCli
from ccr_desktop.core.transformers.reasoning import Reasoning
from ccr_desktop.core.transformers.rovo_cli import RovoCli
from ccr_desktop.core.transformers.sampling import Sampling
from ccr_desktop.core.transformers.stream_options import StreamOptions
from ccr_desktop.core.transformers.tool_use import ToolUse
from ccr_desktop.core.transformers.vercel import Vercel
from ccr_desktop.core.transformers.vertex import VertexClaude, VertexGemini, VertexOpenAI

Maker = Callable[[Mapping[str, Any]], Any]
"""Makes a transformer of the options of one use."""

BUILT_IN: Mapping[str, Maker] = {
    "Anthropic": Marker,
    "OpenAI": Marker,
    "openai-responses": Marker,
    "deepseek": Marker,
    "gemini": GeminiFilters,
    "groq": Marker,
    "openrouter": OpenRouter,
    "maxtoken": MaxToken,
    "maxcompletiontokens": MaxCompletionTokens,
    "sampling": Sampling,
    "cleancache": CleanCache,
    "streamoptions": StreamOptions,
    "customparams": CustomParams,
    "tooluse": ToolUse,
    "enhancetool": EnhanceTool,
    "reasoning": Reasoning,
    "forcereasoning": ForceReasoning,
    "extrathinktag": ExtraThinkTag,
    "chutes-glm": ChutesGlm,
    "cerebras": Cerebras,
    "vercel": Vercel,
    "qwen-cli": QwenCli,
    "rovo-cli": RovoCli,
    "gemini-cli": GeminiCli,
    "copilot": Copilot,
    "vertex-gemini": VertexGemini,
    "vertex-claude": VertexClaude,
    "vertex-openai": VertexOpenAI,
    "bedrock-claude": BedrockClaude,
}
