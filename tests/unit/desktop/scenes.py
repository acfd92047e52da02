"""What happens in a service, in short: for tests of those who listen to it."""

from ccr_desktop.core.observe.events import AttemptFailed, ExchangeEnded, ProviderPaused


def failed(route: str, status: int = 503) -> AttemptFailed:
    return AttemptFailed(request_id="req_1", route=route, status=status, reason="it said so")


def ended(
    route: str, status: int = 200, *before: AttemptFailed, scenario: str = "default"
) -> ExchangeEnded:
    """A request that *route* answered, or failed at, after those *before* it."""
    return ExchangeEnded(
        request_id="req_1",
        session_id="s",
        model="claude",
        route=route,
        scenario=scenario,
        reason="",
        status=status,
        is_stream=True,
        duration_s=1.0,
        first_s=0.5,
        usage={},
        error="" if status < 400 else "it said so",
        attempts=before,
    )


def on_backup(
    first: str = "deepseek,chat", then: str = "kimi,k2.7", status: int = 504
) -> ExchangeEnded:
    """A request that a backup served."""
    return ended(then, 200, failed(first, status))


def paused(provider: str) -> ProviderPaused:
    """That *provider* is left alone after failures."""
    return ProviderPaused(provider=provider, until_s=5e9, failures=5, reason="It said so.")
