"""Identifiers of requests, messages and tool calls."""

from __future__ import annotations

from random import Random, SystemRandom

# Ids must differ, not be secret: asking the system for each of them is a call too many.
_random = Random(SystemRandom().getrandbits(256))  # noqa: S311


def new_id(prefix: str) -> str:
    """*prefix*, `_` and 24 random characters, as Anthropic's ids look."""
    return f"{prefix}_{_random.getrandbits(96):024x}"
