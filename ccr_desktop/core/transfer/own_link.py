"""Our own link, `ccr-desktop://import?v=1&data=…`: providers and routes, never a key.

`data` is JSON, made small by zlib, in base64 of the alphabet for addresses.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ccr_desktop.core.config.schema import SCENARIOS
from ccr_desktop.core.setup.edits import provider_entries
from ccr_desktop.core.setup.secret_fields import find_secrets
from ccr_desktop.core.transfer.entries import object_of
from ccr_desktop.core.transfer.found import Found, Origin, UnreadableError
from ccr_desktop.core.transfer.links import from_base64, parameters
from ccr_desktop.core.transfer.warnings import references_in
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

SCHEME = "ccr-desktop"
_VERSION = "1"
_MOST_CHARACTERS = 16_000  # programs that pass links on cut longer ones
_MOST_BYTES = 256 * 1024
_BROUGHT = ("name", "api_base_url", "models", "dialect", "context_windows")


def make(raw: JsonObject) -> str:
    """The link to the providers and routes of *raw*. Raises `ClientError` when it is too long."""
    entries = provider_entries(raw)
    providers = [
        {key: entry[key] for key in _BROUGHT if key in entry}
        for entry in entries
        if not _is_private(entry.get("api_base_url"))
    ]
    if entries and not providers:
        hint = "The address of each holds a secret, or leads to one here. Export a file."
        raise ClientError("There is no provider that a link could bring", hint)
    if not providers:
        raise ClientError("There is no provider that a link could bring", "Add one first.")
    own = object_of(raw.get("Router"))
    router = {scenario: own[scenario] for scenario in SCENARIOS if scenario in own}
    content = {"Providers": providers, **({"Router": router} if router else {})}
    data = json.dumps(content, ensure_ascii=False).encode(errors="surrogatepass")
    packed = zlib.compress(data, 9)
    text = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    link = f"{SCHEME}://import?v={_VERSION}&data={text}"
    if len(link) > _MOST_CHARACTERS:
        hint = "It would be cut off on its way. Export a file."
        raise ClientError("These are too many settings for a link", hint)
    return link


@dataclass(frozen=True, slots=True)
class Left:
    """What of *provider*, or of no provider, a link does not bring: *keys*, by their names in the
    file. Without any it is the provider as a whole.
    """

    provider: str = ""
    keys: tuple[str, ...] = ()


def left_behind(raw: JsonObject) -> list[Left]:
    """What of *raw* a link does not bring; no values."""
    left = []
    for entry in provider_entries(raw):
        if _is_private(entry.get("api_base_url")):
            left.append(Left(str(entry["name"])))
        elif lost := tuple(key for key in entry if key not in _BROUGHT and _says(entry, key)):
            left.append(Left(str(entry["name"]), lost))
    router = object_of(raw.get("Router"))
    routes = [f"Router.{key}" for key in router if key not in SCENARIOS and _says(router, key)]
    brought = {"Providers", "providers", "Router"}
    others = [key for key in raw if key not in brought and _says(raw, key)]
    return [*left, *(Left(keys=(key,)) for key in (*routes, *others))]


def _says(members: JsonObject, key: str) -> bool:
    """Whether it is more than an empty place, which is as if it were not there."""
    return members[key] not in (None, "", [], {})


def left_out(raw: JsonObject) -> list[str]:
    """The same in lines, for whoever knows the file."""
    return [_line(each) for each in left_behind(raw)]


def _line(left: Left) -> str:
    if not left.keys:
        return f"{left.provider}: its address holds a secret, or leads to one here"
    names = ", ".join(left.keys)
    return f"{left.provider}: {names}" if left.provider else names


def _is_private(url: Any) -> bool:
    """Whether an address holds a secret, or leads to one here."""
    return bool(references_in(url)) or any(find_secrets({"api_base_url": url}))


def read(link: str) -> Found:
    """Raises `ClientError`."""
    parts = urlsplit(link)
    given = parameters(link)
    if parts.netloc.lower() != "import" or not {"data", "v"} <= given.keys():
        raise UnreadableError("This link of CCR Desktop is not known", "Copy it again.")
    if given.get("v") != _VERSION:
        raise UnreadableError("This link was made by a newer version", "Update CCR Desktop.")
    return Found("A link of CCR Desktop", Origin.LINK, _unpacked(given["data"]))


def _unpacked(text: str) -> JsonObject:
    """No more than a link may bring, however small it is when packed."""
    try:
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(from_base64(text), _MOST_BYTES)
        if not unpacking.eof:
            raise UnreadableError("This link is damaged or too large", "Copy it again.")
        return object_of(json.loads(data))
    except (ValueError, zlib.error, RecursionError) as exc:
        raise UnreadableError("This link is damaged", "Copy it again, to its end.") from exc
