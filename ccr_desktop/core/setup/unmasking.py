"""Taking back a configuration that was given away with its secrets masked.

Whoever edits what `GET /api/config` shows sends the masks back: they stand for what is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.setup.secret_fields import MASK, Path, json_path
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_ADDRESS = "api_base_url"


def unmasked(new: JsonObject, old: JsonObject) -> JsonObject:
    """*new* with the secrets of *old* in place of their masks. Raises `ClientError`."""
    result: JsonObject = _unmasked(new, old, ())
    return result


def _unmasked(new: Any, old: Any, path: Path) -> Any:
    match new:
        case dict():
            known = old if isinstance(old, dict) else {}
            return {key: _unmasked(item, known.get(key), (*path, key)) for key, item in new.items()}
        case list():
            partners = _partners(new, old if isinstance(old, list) else [])
            pairs = zip(new, partners, strict=True)
            return [_unmasked(item, was, (*path, n)) for n, (item, was) in enumerate(pairs)]
        case str() if new == MASK:
            if isinstance(old, str) and old:
                return old
            hint = "Send the secret itself, $VARIABLE or keyring:NAME."
            raise ClientError(f"{json_path(path)}: {MASK} stands for nothing that is known", hint)
        case _:
            return new


def _partners(new: list[Any], old: list[Any]) -> list[Any]:
    """For each element the one that it was: by name, by place where nothing came or went."""
    names = {_name(item): item for item in old if _name(item)}
    is_same_length = len(new) == len(old)
    kept = {_name(item) for item in new}
    partners = []
    for index, item in enumerate(new):
        partner = names.get(_name(item))
        if partner is None and is_same_length and _name(old[index]) not in kept - {""}:
            # It has got another name, or elements have none here. With another address it is
            # somebody else, who must not get the key.
            partner = old[index] if _keeps_address(item, old[index]) else None
        partners.append(partner)
    return partners


def _keeps_address(new: Any, old: Any) -> bool:
    if not isinstance(new, dict) or not isinstance(old, dict):
        return True
    return new.get(_ADDRESS) in {MASK, old.get(_ADDRESS)}


def _name(item: Any) -> str:
    name = item.get("name") if isinstance(item, dict) else None
    return name.strip().casefold() if isinstance(name, str) else ""
