"""Which protocol a provider speaks, as far as its transformers and its address tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from ccr_desktop.core.providers.catalog import serves_messages

ANTHROPIC, CHAT, RESPONSES = "anthropic", "openai-chat", "openai-responses"
GEMINI, OLLAMA = "gemini", "ollama"
_BY_CHAIN = {("Anthropic",): ANTHROPIC}
# Names that count more than the address, and less.
_BY_STRONG_TRANSFORMER = {"openai-responses": RESPONSES}
_BY_TRANSFORMER = {"Anthropic": ANTHROPIC, "gemini": GEMINI}
_BY_HOST = {"api.anthropic.com": ANTHROPIC, "generativelanguage.googleapis.com": GEMINI}
# Ends of addresses, and what stands inside; the first that fits counts.
_BY_PLACE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"/messages$"), ANTHROPIC),
    (re.compile(r"/responses$"), RESPONSES),
    (re.compile(r"/api/chat$|:11434/api$"), OLLAMA),
    (re.compile(r"/completions$|/openai(/|$)"), CHAT),
    (re.compile(r"/anthropic(/|$)"), ANTHROPIC),
    (re.compile(r"/publishers/google(/|$)|[gG]enerateContent$|/v1beta(/models)?$"), GEMINI),
)


def inferred_dialect(url: str, chain: tuple[str, ...] = ()) -> str:
    """The dialect of a provider that does not say which it speaks."""
    if chain in _BY_CHAIN:
        return _BY_CHAIN[chain]
    if (strong := _named(chain, _BY_STRONG_TRANSFORMER)) is not None:
        return strong
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    place = f"{parts.netloc}{path}"
    said = next((dialect for pattern, dialect in _BY_PLACE if pattern.search(place)), None)
    if said is not None:
        return said
    if serves_messages(url):
        return ANTHROPIC
    return _named(chain, _BY_TRANSFORMER) or _BY_HOST.get(parts.hostname or "", CHAT)


def _named(chain: tuple[str, ...], dialects: Mapping[str, str]) -> str | None:
    return next((dialects[name] for name in chain if name in dialects), None)
