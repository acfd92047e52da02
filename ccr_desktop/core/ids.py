"""Identifiers of requests, messages and tool calls."""

from __future__ import annotations

from secrets import token_hex


def new_id(prefix: str) -> str:
    """*prefix*, `_` and 24 random characters, as Anthropic's ids look."""
    return f"{prefix}_{token_hex(12)}"
