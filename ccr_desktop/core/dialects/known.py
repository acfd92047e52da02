"""The dialects by name, each loaded when a provider is first asked in it: most people use one."""
# ruff: noqa: PLC0415

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ccr_desktop.core.dialects import openai_chat

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.dialects.base import Dialect


@cache
def dialect_of(name: str) -> Dialect:
    """What translates to the dialect *name*. Anthropic's own is passed through instead."""
    match name:
        case "openai-chat":
            return openai_chat.OpenAIChat()
        case "openai-responses":
            from ccr_desktop.core.dialects.openai_responses import OpenAIResponses

            return OpenAIResponses()
        case "gemini":
            from ccr_desktop.core.dialects.gemini import Gemini

            return Gemini()
        case "ollama":
            from ccr_desktop.core.dialects.ollama import Ollama

            return Ollama()
    raise KeyError(name)


@cache
def endpoint_of(name: str) -> Callable[[str], str] | None:
    """What completes a provider's address; None where that depends on more than the dialect."""
    match name:
        case "anthropic":
            from ccr_desktop.core.dialects import anthropic

            return anthropic.endpoint
        case "openai-responses":
            from ccr_desktop.core.dialects import openai_responses

            return openai_responses.endpoint
        case "gemini":
            from ccr_desktop.core.dialects import gemini

            return gemini.endpoint
        case "ollama":
            from ccr_desktop.core.dialects import ollama

            return ollama.endpoint
    return None
