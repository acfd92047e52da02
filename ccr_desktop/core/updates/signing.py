"""Whether the checksums of a release are those that its makers signed.

`SHA256SUMS.sig` has a line for each signature, `ed25519 KEY-ID BASE64`, over the bytes of
`SHA256SUMS`. The public keys that count are in `resources/release_keys.json`. `cryptography` is
imported when something is verified, never at start.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import json
import re
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.errors import UpdateError

if TYPE_CHECKING:
    from collections.abc import Mapping

SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
SCHEME = "ed25519"
UNVERIFIED = "The download did not pass the safety check"
_LINE = re.compile(r"([0-9a-f]{64}) [ *]([^\s/\\]+)")
_ID_LETTERS = 16
_SIGNED = re.compile(rf"{SCHEME}\s+([0-9a-f]{{{_ID_LETTERS}}})\s+([0-9A-Za-z+/=]+)")
"""Nothing else is a signature: what is shown of it, nobody has signed yet."""


def key_id(public_key: bytes) -> str:
    """What a signature names its key by."""
    return hashlib.sha256(public_key).hexdigest()[:_ID_LETTERS]


def pinned_keys() -> dict[str, bytes]:
    """The keys that releases may be signed with, by their ids; none while none is pinned."""
    pinned = json.loads(paths.resource("release_keys.json").read_text(encoding="utf-8"))
    keys = [base64.b64decode(entry["key"], validate=True) for entry in pinned["keys"]]
    return {key_id(key): key for key in keys}


def verify(sums: bytes, signature: bytes, keys: Mapping[str, bytes]) -> None:
    """Raise `UpdateError` unless one of *keys* signed *sums*."""
    signed = _signatures(signature)
    known = [(keys[name], by) for name, by in signed.items() if name in keys]
    if not known:
        by = ", ".join(signed) or "nobody"
        raise UpdateError(
            UNVERIFIED, f"It is signed by another key than this program trusts ({by})."
        )
    if not any(_is_signed(sums, one, key) for key, one in known):
        raise UpdateError(UNVERIFIED, "The list of checksums was changed after it was signed.")


def read_sums(sums: bytes) -> dict[str, str]:
    """The checksums by the names of the files. Lines that are none are left out."""
    lines = sums.decode("utf-8", "replace").splitlines()
    return {found[2]: found[1] for line in lines if (found := _LINE.fullmatch(line.strip()))}


def _signatures(text: bytes) -> dict[str, bytes]:
    found = {}
    for line in text.decode("utf-8", "replace").splitlines():
        if signed := _SIGNED.fullmatch(line.strip()):
            with contextlib.suppress(binascii.Error):
                found[signed[1]] = base64.b64decode(signed[2], validate=True)
    return found


def _is_signed(data: bytes, signature: bytes, key: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  # when it is needed
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PublicKey,
    )

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, data)
    except InvalidSignature:
        return False
    return True
