"""Events for the tests of those who hear them."""

from typing import Any

from ccr_desktop.core.observe.events import ExchangeEnded


def ended(**changes: Any) -> ExchangeEnded:
    """A request that went well, with some members changed."""
    members: dict[str, Any] = {
        "request_id": "req_1",
        "session_id": "session",
        "model": "claude-sonnet-5",
        "route": "p,m",
        "scenario": "default",
        "reason": "no other rule",
        "status": 200,
        "is_stream": True,
        "duration_s": 1.5,
        "first_s": 0.25,
        "usage": {"input_tokens": 7, "output_tokens": 3},
    }
    return ExchangeEnded(**{**members, **changes})
