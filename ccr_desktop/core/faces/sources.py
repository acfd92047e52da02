"""Where an image or file in a request comes from."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject


def read_source(url: str, where: str) -> JsonObject:
    """Where an image or document comes from: its data, or an address for the provider."""
    if not url.startswith("data:"):
        if not url.startswith(("http://", "https://")):
            hint = "It begins with https://, http:// or data:."
            raise ClientError(f"{where}: this is no address of an image or file", hint)
        return {"type": "url", "url": url}
    head, comma, data = url.removeprefix("data:").partition(",")
    if not comma:
        raise ClientError(f"{where}: the data URL holds no data", "It is data:TYPE;base64,DATA.")
    media_type, *options = head.split(";")
    if "base64" not in options:
        data = b64encode(unquote_to_bytes(data)).decode()
    return {"type": "base64", "media_type": media_type or "text/plain", "data": data}
