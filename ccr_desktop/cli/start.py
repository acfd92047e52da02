"""`ccr start`: the router in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.cli.local_service import is_running, manage, start_service
from ccr_desktop.cli.options import add_host, parser, read_config
from ccr_desktop.cli.prompts import say
from ccr_desktop.core.server.port import address
from ccr_desktop.errors import ServiceError

if TYPE_CHECKING:
    import argparse

    from ccr_desktop.core.config.schema import Config

_EXAMPLES = """\
  ccr start
  ccr start --config team.json --port 8080"""


def run(arguments: list[str]) -> int:
    options = parser("start", "Run the router in the background.", _EXAMPLES)
    add_host(options)
    return start(options.parse_args(arguments))


def start(chosen: argparse.Namespace) -> int:
    """Start the service that the options describe, unless it runs."""
    config = read_config(chosen)
    if is_running(config):
        if chosen.config:
            _refuse_another_file(config)
        manage(config, "POST", "/api/keep")  # it may have been started for one `ccr code` only
        print(f"The router is running already on {address(config)}.")
        return 0
    passed = ["--host", chosen.host] if chosen.host else []
    if chosen.config:
        passed += ["--config", str(paths.expanded(chosen.config).absolute())]
    print(f"The router is running on {start_service(config, passed)}.")
    for issue in config.issues:
        if issue.where == "HOST":
            say(f"Note: {issue}")
    return 0


def _refuse_another_file(config: Config) -> None:
    """Raise `ServiceError` when the service that runs does not serve by the file of *config*."""
    status = manage(config, "GET", "/api/status")
    if status is None or status["config"] == str(config.source):
        return
    used = status["config"] or "the built-in configuration"
    title = f"A router with another configuration is running on {address(config)}"
    hint = f"`ccr restart --config {config.source}` changes that, --port starts a second one."
    raise ServiceError(title, f"It uses {used}. {hint}")
