"""Who signed which thinking: Anthropic's servers refuse a signature that is not theirs.

A signature does not say whose it is, and the client must get it as it came. So what passes
through is remembered for as long as the service runs.
"""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.carrier import is_carrier

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_KEPT = 20_000  # signatures; some hundred bytes each
_THINKING, _REDACTED = "thinking", "redacted_thinking"


class Signers:
    """Remembers the providers of signatures, those of the latest answers."""

    def __init__(self) -> None:
        self._provider_of: OrderedDict[bytes, str] = OrderedDict()
        self._refused: OrderedDict[tuple[str, bytes], None] = OrderedDict()
        """Which provider did not take which signature, whosever it is."""
        self._unsigning: set[str] = set()
        """Who sends thinking without a signature, and so can't ask for one."""

    def note(self, provider: str, block: JsonObject) -> None:
        """*provider* has answered with *block*."""
        if not is_thinking(block):
            return
        if signature := _signature(block):
            self._provider_of[_digest(signature)] = provider
            if len(self._provider_of) > _KEPT:
                self._provider_of.popitem(last=False)
        else:
            self._unsigning.add(provider)

    def note_refusal(self, provider: str, block: JsonObject) -> None:
        """*provider* has refused a request that held *block*."""
        if is_thinking(block) and (signature := _signature(block)):
            self._refused[provider, _digest(signature)] = None
            if len(self._refused) > _KEPT:
                self._refused.popitem(last=False)

    def is_foreign(self, provider: str, block: JsonObject) -> bool:
        """Whether *block* is thinking that *provider* can't have made, as far as is known."""
        if not is_thinking(block):
            return False
        signature = _signature(block)
        if not signature:
            return provider not in self._unsigning
        if (provider, _digest(signature)) in self._refused:
            return True
        return is_carrier(signature) or self._signer(signature) not in (None, provider)

    def _signer(self, signature: str) -> str | None:
        digest = _digest(signature)
        if digest in self._provider_of:
            self._provider_of.move_to_end(digest)
        return self._provider_of.get(digest)


def is_thinking(block: JsonObject) -> bool:
    return block.get("type") in (_THINKING, _REDACTED)


def _signature(block: JsonObject) -> str:
    found = block.get("signature" if block["type"] == _THINKING else "data")
    return found if isinstance(found, str) else ""


def _digest(signature: str) -> bytes:
    return blake2b(signature.encode("utf-8", "surrogatepass"), digest_size=16).digest()
