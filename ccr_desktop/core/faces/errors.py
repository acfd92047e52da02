"""Failures in OpenAI's shape: https://platform.openai.com/docs/guides/error-codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.failures import Failure
    from ccr_desktop.core.protocol.json import JsonObject

_CODES = {
    401: "invalid_api_key",
    402: "insufficient_quota",
    404: "model_not_found",
    429: "rate_limit_exceeded",
}
_TYPES = {
    "not_found_error": "invalid_request_error",
    "request_too_large": "invalid_request_error",
    "conflict_error": "invalid_request_error",
    "billing_error": "insufficient_quota",
    "api_error": "server_error",
    "overloaded_error": "server_error",
}
_TOO_LONG = "prompt is too long"
_PARAMETER = re.compile(r"([a-z_]+(?:\.\w+)*): ")


def error_body(failure: Failure) -> JsonObject:
    """The body of an answer that is an error, also the data of a chunk that is one."""
    code = _CODES.get(failure.status)
    parameter = None
    if failure.status in {400, 422}:
        found = _PARAMETER.match(failure.message)
        parameter = found.group(1) if found else None
    if _TOO_LONG in failure.message:
        code, parameter = "context_length_exceeded", "messages"
    error = {
        "message": failure.message,
        "type": _TYPES.get(failure.type, failure.type),
        "param": parameter,
        "code": code,
    }
    return {"error": error}
