"""Thought signatures on their way to the client and back to the part that they came on.

A signature belongs to the part before or behind the thinking block that carries it (see
`core/protocol/carrier.py`). The state in a carrier has these members:

- `m`: the model, and `k`: a mark of the key, as others refuse the signature
- `thought`: that of the thinking block itself
- `text`: that of the text before the call
- `tail`: the same, where it came on an empty part of its own after the text
- `call`: that of the call that follows
- `ids`: whether the model gives its calls ids, which it then wants back

Source: https://ai.google.dev/gemini-api/docs/thought-signatures
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.carrier import decode_carrier, encode_carrier, key_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.json import JsonObject

SENTINEL = "skip_thought_signature_validator"
"""What the API takes for a call that no model of the same kind has signed."""
_MEMBER = "thoughtSignature"


def encode_state(target: Target, state: JsonObject) -> str:
    """The carrier for a state."""
    return encode_carrier(target.provider, {**_origin(target), **state})


def decode_state(target: Target, block: JsonObject) -> JsonObject:
    """The state in a thinking block; empty when there is none for this model and key."""
    state = decode_carrier(target.provider, block.get("signature"))
    return state if state and _origin(target).items() <= state.items() else {}


def _origin(target: Target) -> JsonObject:
    return {"m": target.model, "k": key_mark(target.api_key)}


def sign_before(parts: list[JsonObject], state: JsonObject, thinking: object) -> None:
    """Give what stands before a call its signatures: thought and text."""
    last = parts[-1] if parts else {}
    if isinstance(tail := state.get("tail"), str):
        parts.append({"text": "", _MEMBER: tail})
    elif isinstance(text := state.get("text"), str) and "text" in last:
        parts[-1] = {**last, _MEMBER: text}
    if isinstance(thought := state.get("thought"), str):
        parts.append({"text": str(thinking or ""), "thought": True, _MEMBER: thought})


def signed(part: JsonObject, signature: object) -> JsonObject:
    """*part* with its signature, if it has one."""
    return {**part, _MEMBER: signature} if isinstance(signature, str) else part


def with_sentinel(parts: Sequence[JsonObject]) -> list[JsonObject]:
    """*parts* whose first call is signed: the API looks at no other."""
    first = next((at for at, part in enumerate(parts) if "functionCall" in part), None)
    if first is None or _MEMBER in parts[first]:
        return list(parts)
    return [signed(part, SENTINEL) if at == first else part for at, part in enumerate(parts)]
