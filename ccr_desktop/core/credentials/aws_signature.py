"""Signatures of requests to Amazon, version 4, of what is sent to Bedrock.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from datetime import datetime

    from ccr_desktop.core.credentials.aws import AwsKeys

_METHOD = "AWS4-HMAC-SHA256"
_END = "aws4_request"


def signature_headers(
    keys: AwsKeys, url: str, body: bytes, *, place: tuple[str, str], now: datetime
) -> dict[str, str]:
    """The headers that sign a POST of *body*, with an address that has no query.

    *place* is the region and the service, *now* the time in UTC.
    """
    parts, time = urlsplit(url), now.strftime("%Y%m%dT%H%M%SZ")
    headers = {"host": parts.netloc, "x-amz-date": time}
    if keys.session_token:
        headers["x-amz-security-token"] = keys.session_token
    names = ";".join(headers)
    lines = [f"{name}:{value}" for name, value in headers.items()]
    path = quote(parts.path or "/", safe="/~")  # encoded a second time, as all services but S3 want
    request = "\n".join(["POST", path, "", *lines, "", names, _digest(body)])
    scope = [time[:8], *place, _END]
    text = "\n".join([_METHOD, time, "/".join(scope), _digest(request.encode())])
    key = f"AWS4{keys.secret_key}".encode()
    for part in scope:
        key = _sign(key, part)
    signature = _sign(key, text).hex()
    credential = "/".join([keys.access_key, *scope])
    del headers["host"]
    signed = f"{_METHOD} Credential={credential}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "Authorization": signed}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sign(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
