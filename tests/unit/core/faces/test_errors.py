"""Failures in OpenAI's shape."""

import pytest

from ccr_desktop.core.faces.errors import error_body
from ccr_desktop.core.protocol.failures import Failure


@pytest.mark.parametrize(
    ("status", "message", "kind", "parameter", "code"),
    [
        (400, "tools.0.type: only functions", "invalid_request_error", "tools.0.type", None),
        (400, "it is bad", "invalid_request_error", None, None),
        (400, "prompt is too long: 9 tokens", "invalid_request_error", "messages",
         "context_length_exceeded"),
        (401, "key: no", "authentication_error", None, "invalid_api_key"),
        (402, "pay", "insufficient_quota", None, "insufficient_quota"),
        (403, "no", "permission_error", None, None),
        (404, "none", "invalid_request_error", None, "model_not_found"),
        (413, "large", "invalid_request_error", None, None),
        (429, "slow", "rate_limit_error", None, "rate_limit_exceeded"),
        (500, "oh", "server_error", None, None),
        (529, "oh", "server_error", None, None),
    ],
)  # fmt: skip
def test_each_status_has_its_words(
    status: int, message: str, kind: str, parameter: str | None, code: str | None
) -> None:
    error = error_body(Failure.of(status, message))["error"]

    assert error == {"message": message, "type": kind, "param": parameter, "code": code}
