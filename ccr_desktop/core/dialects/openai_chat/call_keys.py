"""Telling the tool calls of one answer apart, where servers number them badly."""

from __future__ import annotations

from ccr_desktop.core.protocol.arguments import JSON_SPACE, parse_object

CallKey = tuple[int, object]


class CallKeys:
    """Finds the call that an entry of `tool_calls` belongs to.

    The index should tell. It may be missing, 0 for all, start at 1 or have gaps; ids may change
    or come empty after the first entry. Where no id tells, a name with complete arguments begins
    another call than the one that has its own; the same ones again are a repetition.
    """

    def __init__(self) -> None:
        self._by_index: dict[tuple[int, int], CallKey] = {}
        self._ids: dict[CallKey, str] = {}
        self._whole: dict[CallKey, tuple[object, object]] = {}
        """Name and arguments of those that came complete."""
        self._last: CallKey | None = None
        self._nameless = 0

    def key(
        self, choice: int, index: object, identity: str, name: object, arguments: object = None
    ) -> CallKey | None:
        """The key of the call, or None for an entry that can't belong to any."""
        has_name = isinstance(name, str) and bool(name)
        whole = _whole(arguments) if has_name else None
        key: CallKey | None
        if isinstance(index, int):
            key = self._numbered(choice, index, identity, has_name=has_name)
            is_other = key in self._whole and self._whole[key] != (name, whole)
            if whole is not None and not identity and is_other:
                key = self._by_index[choice, index] = self._another(choice)
        else:
            key = self._unnumbered(choice, identity, has_name=has_name)
        if key is not None:
            self._last = key
            if whole is not None:
                self._whole[key] = (name, whole)
            if identity:
                self._ids.setdefault(key, identity)
        return key

    def continued(self, choice: object, index: object) -> CallKey | None:
        """The key of a call that has begun under *index*, for an entry without id and name."""
        key = self._by_index.get((choice, index))  # type: ignore[arg-type]  # unknown ones miss
        if key is not None:
            self._last = key
        return key

    def _numbered(self, choice: int, index: int, identity: str, *, has_name: bool) -> CallKey:
        slot = (choice, index)
        key = self._by_index.setdefault(slot, slot)
        if identity and has_name and self._ids.get(key, identity) != identity:
            key = self._by_index[slot] = self._known(identity) or (choice, (index, identity))
        return key

    def _unnumbered(self, choice: int, identity: str, *, has_name: bool) -> CallKey | None:
        if identity:
            return self._known(identity) or (choice, ("id", identity))
        if has_name:
            return self._another(choice)
        return self._last

    def _another(self, choice: int) -> CallKey:
        self._nameless += 1
        return (choice, ("nameless", self._nameless))

    def _known(self, identity: str) -> CallKey | None:
        return next((key for key, value in self._ids.items() if value == identity), None)


def _whole(arguments: object) -> object | None:
    """The arguments, if they are all there."""
    if isinstance(arguments, dict):
        return arguments
    is_text = isinstance(arguments, str) and arguments.strip(JSON_SPACE)
    return parse_object(str(arguments)) if is_text else None
