"""Signatures of thinking, in the place where the Responses API keeps encrypted reasoning.

Clients give `encrypted_content` back as it is. Ours holds the signature of the thinking block; what
another server has encrypted means nothing to the providers behind the router.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.faces.wishes import NOBODYS

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_SIGNED = "ccr-signature."
_REDACTED = "ccr-redacted."


def encrypted_content(block: JsonObject) -> str | None:
    """What a client must give back of a thinking block."""
    if block.get("type") == "redacted_thinking":
        return f"{_REDACTED}{block.get('data')}"
    signature = block.get("signature")
    return f"{_SIGNED}{signature}" if signature else None


def thinking_block(encrypted: object, text: str) -> JsonObject | None:
    """The block that reasoning once was; reasoning from elsewhere keeps its words alone."""
    if isinstance(encrypted, str) and encrypted.startswith(_REDACTED):
        return {"type": "redacted_thinking", "data": encrypted.removeprefix(_REDACTED)}
    if isinstance(encrypted, str) and encrypted.startswith(_SIGNED):
        signature = encrypted.removeprefix(_SIGNED)
        return {"type": "thinking", "thinking": text, "signature": signature}
    return {"type": "thinking", "thinking": text, "signature": NOBODYS} if text.strip() else None
