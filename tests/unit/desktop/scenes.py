"""What happens in a service, in short: for tests of those who listen to it."""

from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.observe.asked import Asked
from ccr_desktop.core.observe.events import (
    AttemptFailed,
    ExchangeEnded,
    ProviderPaused,
    RouteChosen,
)
from ccr_desktop.core.routing.decision import Decision, Verdict


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
        last_failure=failed(route, status) if status >= 400 and route else None,
    )


def routed(route: str, asked: Asked | None = None) -> RouteChosen:
    """A request that is being answered by *route*."""
    chosen = Route(*route.split(","))
    return RouteChosen(
        request_id="req_1",
        session_id="s",
        model="claude",
        decision=Decision(
            route=chosen, scenario="default", trace=(Verdict("default", "it is", (chosen,)),)
        ),
        folder="/elsewhere",
        asked=asked or Asked(),
    )


def on_backup(
    first: str = "deepseek,chat", then: str = "kimi,k2.7", status: int = 504
) -> ExchangeEnded:
    """A request that a backup served."""
    return ended(then, 200, failed(first, status))


def paused(provider: str) -> ProviderPaused:
    """That *provider* is left alone after failures."""
    return ProviderPaused(provider=provider, until_s=5e9, failures=5, reason="It said so.")
