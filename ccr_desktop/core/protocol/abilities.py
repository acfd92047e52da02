"""What providers say of models that can't do what was asked of them, and what helps then.

The words are those of OpenRouter, Ollama, DeepSeek, vLLM, SGLang and llama.cpp.
"""

from __future__ import annotations

import re

NO_IMAGES = re.compile(
    rb"(not|n't|cannot|endpoints found that) (support|accept|handle|process)\w*( the)?"
    rb" (image|vision|multi-?modal)(?! (format|type|mime))"
    rb"|(image|vision|multi-?modal)s?( inputs?)? (is|are) (not supported|unsupported|not enabled)"
    rb"|unknown variant.{0,5}image_url|not a multi-?modal|unsupported content part.{0,40}image",
    re.IGNORECASE,
)
_NO_TOOLS = re.compile(
    rb"(not|n't|endpoints found that) support (the )?(tool|function)"
    rb"|(tool|function)s?( use| calls?| calling)?`? (is|are) (not supported|unsupported)"
    rb"|tool choice requires --enable-auto-tool-choice",
    re.IGNORECASE,
)
_TOOLS_HINT = "Choose a model that can use tools, or start the server with tool calling on."
_IMAGES_HINT = "Choose a model that sees, or set Router.image to one."


def lacking(message: str) -> str:
    """What to do about a refusal that means an ability of the model; empty for all others."""
    said = message.encode("utf-8", "replace")
    if _NO_TOOLS.search(said):
        return _TOOLS_HINT
    return _IMAGES_HINT if NO_IMAGES.search(said) else ""
