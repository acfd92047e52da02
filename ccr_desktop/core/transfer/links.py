"""Links of this and of other programs, pasted as text or handed over by the system.

A link may come from anybody. It brings providers and routes, nothing that runs or that reaches for
what is stored here, and is read without asking any address.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from ccr_desktop.core.config.schema import SCENARIOS
from ccr_desktop.core.transfer.entries import KEY_AS_BEARER, clean_name, object_of, objects
from ccr_desktop.core.transfer.found import UnreadableError
from ccr_desktop.core.transfer.warnings import references_in

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transfer.found import Found

MOST_CHARACTERS = 32_000
_MOST_TEXTS, _LONGEST_TEXT, _LONGEST_NAME = 600, 8_192, 120
_TEXTS = ("api_base_url", "api_key", "dialect")
_ALLOWED = (
    "name",
    "api_base_url",
    "api_key",
    "models",
    "dialect",
    "context_windows",
)


def checked(text: str) -> str:
    """The link in *text*. Raises `UnreadableError` when it can be none."""
    link = text.strip()
    if len(link) > MOST_CHARACTERS:
        hint = f"Links have {MOST_CHARACTERS} characters at most. Ask for a file."
        raise UnreadableError("This link is too long", hint)
    if any(not character.isprintable() for character in link):
        raise UnreadableError("This link has characters that links do not have", "Copy it again.")
    return link


def parameters(link: str) -> dict[str, str]:
    """Those of a link, the first of each name. Raises `UnreadableError`."""
    try:
        found = parse_qs(urlsplit(link).query, max_num_fields=200)
    except ValueError as exc:
        raise UnreadableError("This link can't be read", f"{exc}.") from exc
    return {name: values[0] for name, values in found.items()}


def unpacked(text: str, what: str) -> JsonObject:
    """JSON that is there as it is or in base64, of either alphabet."""
    try:
        data = text.encode() if text.lstrip().startswith("{") else from_base64(text)
        return object_of(json.loads(data))
    except (ValueError, RecursionError) as exc:
        raise UnreadableError(f"The {what} of this link can't be read", "Copy it again.") from exc


def from_base64(text: str) -> bytes:
    """Raises `ValueError`."""
    standard = text.strip().replace("-", "+").replace("_", "/").replace(" ", "+").rstrip("=")
    try:
        return base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except binascii.Error as exc:
        raise ValueError(str(exc)) from exc


def confined(found: Found) -> Found:
    """*found* with only what links may bring; what was left out is told."""
    for name in list(found.raw):
        if name not in {"Providers", "Router"}:
            del found.raw[name]
            found.needs_hand.append(f"{name}: links bring providers and routes only.")
    router = object_of(found.raw.get("Router"))
    if router:
        found.raw["Router"] = {key: router[key] for key in router if key in SCENARIOS}
    if more := [key for key in router if key not in SCENARIOS]:
        found.needs_hand.append(f"{', '.join(more)}: links bring plain routes only.")
    entries = objects(found.raw.get("Providers"))
    found.raw["Providers"] = [each for entry in entries if (each := _confined(found, entry))]
    return found


def _confined(found: Found, entry: JsonObject) -> JsonObject | None:
    name = clean_name(str(entry.get("name") or ""))[:_LONGEST_NAME]
    allowed = {*_ALLOWED, *(["transformer"] if entry.get("transformer") == KEY_AS_BEARER else [])}
    kept = {key: value for key, value in entry.items() if key in allowed} | {"name": name}
    if left := [key for key in entry if key not in allowed]:
        found.needs_hand.append(f"{name}: {', '.join(left)} can't come by a link.")
    if references := references_in({key: kept[key] for key in kept if key != "models"}):
        names = ", ".join(references)
        found.needs_hand.append(f"{name}: it wants {names} of this computer. It was left out.")
        return None
    if not name or not _is_fair(kept):
        found.needs_hand.append(f"{name or 'a provider'}: it has no shape that links may bring.")
        return None
    return kept


def _is_fair(entry: JsonObject) -> bool:
    """Whether its members are what they should be, of a size that can be looked at."""
    models = entry.get("models", [])
    windows = entry.get("context_windows", {})
    if not isinstance(models, list) or not isinstance(windows, dict):
        return False
    texts = [*models, *windows, *(entry.get(key, "") for key in _TEXTS)]
    return len(texts) <= _MOST_TEXTS and all(
        isinstance(text, str) and len(text) <= _LONGEST_TEXT and text.isprintable()
        for text in texts
    )
