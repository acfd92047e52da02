"""Built-in facts about servers that people run themselves: data only.

The same notes as in `makers.py`.
"""

from __future__ import annotations

from dataclasses import replace

from ccr_desktop.core.providers.makers import COMPATIBLE
from ccr_desktop.core.providers.profile import MidSystem, ThinkingSwitch

# Chat templates of models demand that roles alternate.
LOCAL = replace(COMPATIBLE, name="local", merges_users=True)

# https://github.com/ollama/ollama/blob/main/docs/openai.md. A model that can't think refuses an
# effort, so none is sent. https://docs.ollama.com/api/anthropic-compatibility: its cloud takes
# the key as `Bearer` only.
OLLAMA = replace(
    LOCAL,
    name="ollama",
    messages_bearer=True,
    thinking=ThinkingSwitch.NONE,
    reasoning_field="reasoning",
    accepts_image_urls=False,
    accepts_tool_choice=False,
    accepts_parallel_switch=False,
)

# https://lmstudio.ai/docs/developer/openai-compat: a tool can't be named in `tool_choice`.
LM_STUDIO = replace(
    LOCAL,
    name="lmstudio",
    accepts_named_tool_choice=False,
    accepts_image_urls=False,
)

# https://github.com/ggml-org/llama.cpp/tree/master/tools/server: a named tool counts as `auto`.
LLAMA_CPP = replace(LOCAL, name="llama.cpp", accepts_named_tool_choice=False)

# https://docs.vllm.ai/en/stable/serving/openai_compatible_server: unknown members are ignored,
# reasoning comes as `reasoning` or, until 0.15, as `reasoning_content`, and goes back the same.
VLLM = replace(LOCAL, name="vllm")

DEMO = replace(COMPATIBLE, name="demo", mid_system=MidSystem.SYSTEM)
