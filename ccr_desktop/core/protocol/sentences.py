"""Texts of others, which may or may not end as sentences do."""

from __future__ import annotations

_ENDS = (".", "!", "?", "…")


def ended(text: str) -> str:
    """*text* with a full stop, unless something ends it."""
    text = text.rstrip()
    return text if not text or text.endswith(_ENDS) else f"{text}."
