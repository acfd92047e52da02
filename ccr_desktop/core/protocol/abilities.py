"""What providers say of models that can't do what was asked of them, or of credentials that do not
serve, and what helps then.

The words are those of OpenRouter, Ollama, DeepSeek, vLLM, SGLang, llama.cpp and Amazon.
"""

from __future__ import annotations

import re

NO_IMAGES = re.compile(
    rb"(not|n't|cannot|endpoints found that) (support|accept)\w*( the)?"
    rb" (image|vision|multi-?modal)(?! (format|type|mime))"
    rb"|(image|vision|multi-?modal)s?( inputs?)? (is|are) (not supported|unsupported|not enabled)"
    rb"|unknown variant.{0,5}image_url|not a multi-?modal|unsupported content part.{0,40}image",
    re.IGNORECASE,
)
UNREAD_IMAGES = re.compile(
    rb"(not|n't|cannot) (handle|process)\w*( the)?"
    rb" (image|vision|multi-?modal)(?! (format|type|mime))",
    re.IGNORECASE,
)
_NO_TOOLS = re.compile(
    rb"(not|n't|endpoints found that) support (the )?(tool|function)"
    rb"|(tool|function)s?( use| calls?| calling)?`? (is|are) (not supported|unsupported)"
    rb"|tool choice requires --enable-auto-tool-choice",
    re.IGNORECASE,
)
_CREDENTIALS = re.compile(
    rb"(token|key|credentials?|signature)\b.{0,60}\b(expired|invalid|not valid|is valid)"
    rb"|expired (token|key)|request signature we calculated",
    re.IGNORECASE,
)
_CLOCK = re.compile(rb"signature (expired|not yet current)", re.IGNORECASE)
_REGION = re.compile(rb"scoped to a valid region|model identifier is invalid", re.IGNORECASE)
_TOOLS_HINT = "Choose a model that can use tools, or start the server with tool calling on."
_IMAGES_HINT = "Choose a model that sees, or set Router.image to one."
_CREDENTIALS_HINT = "Check that the key or the sign-in of this provider is still valid."
_CLOCK_HINT = "Set the clock of this computer."
_REGION_HINT = "Check the region of the address, and the name of the model."


def lacking(message: str) -> str:
    """What to do about a refusal that means an ability of the model; empty for all others."""
    said = message.encode("utf-8", "replace")
    if _NO_TOOLS.search(said):
        return _TOOLS_HINT
    is_blind = NO_IMAGES.search(said) or UNREAD_IMAGES.search(said)
    return _IMAGES_HINT if is_blind else ""


def misplaced(message: str) -> str:
    """What to do about a refusal (400, 403) of a place; empty for all others."""
    return _REGION_HINT if _REGION.search(message.encode("utf-8", "replace")) else ""


def unaccepted(message: str) -> str:
    """What to do about a refusal (403) of credentials; empty for all others."""
    said = message.encode("utf-8", "replace")
    if _CLOCK.search(said):
        return _CLOCK_HINT
    return _CREDENTIALS_HINT if _CREDENTIALS.search(said) else ""
