"""What runs when nothing is configured: the demo provider."""

from __future__ import annotations

from ccr_desktop.core.config.schema import Provider, Route, Router

DEMO_URL = "demo:"
DEMO_MODEL = "demo-model"


def demo_config() -> tuple[dict[str, Provider], Router]:
    """The demo provider and the one route to it."""
    provider = Provider(name="demo", url=DEMO_URL, models=(DEMO_MODEL,))
    return {"demo": provider}, Router(routes={"default": (Route("demo", DEMO_MODEL),)})
