"""Pieces of `reasoning_details` that repeat all that came before them.

MiniMax's page on its Chat Completions shows `reasoning_split` streams so; its newer models send
what is new alone (https://github.com/MiniMax-AI/MiniMax-M2/issues/95). Both are understood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject


class RepeatedDetails:
    """The texts so far, by the place of their piece."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._are_new: set[str] = set()
        """Places whose pieces were seen to hold what is new alone."""

    def news(self, pieces: Sequence[JsonObject]) -> list[JsonObject]:
        """*pieces* without what their texts repeat."""
        return [self._new_part(piece) for piece in pieces]

    def _new_part(self, piece: JsonObject) -> JsonObject:
        text, place = piece.get("text"), f"{piece.get('type')} {piece.get('index')}"
        if not isinstance(text, str) or not text or place in self._are_new:
            return piece
        before = self._texts.get(place, "")
        self._texts[place] = text
        if text.startswith(before):
            return {**piece, "text": text[len(before) :]}
        self._are_new.add(place)
        return piece
