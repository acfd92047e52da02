"""`ccr start`: the router in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.cli.local_service import address, is_running, manage, start_service
from ccr_desktop.cli.options import parser, read_config

if TYPE_CHECKING:
    import argparse

_EXAMPLES = """\
  ccr start
  ccr start --config team.json --port 8080"""


def run(arguments: list[str]) -> int:
    options = parser("start", "Run the router in the background.", _EXAMPLES)
    options.add_argument("--host", metavar="H", help="address to listen on")
    return start(options.parse_args(arguments))


def start(chosen: argparse.Namespace) -> int:
    """Start the service that the options describe, unless it runs."""
    config = read_config(chosen)
    if is_running(config):
        manage(config, "POST", "/api/keep")  # it may have been started for one `ccr code` only
        print(f"The router is running already on {address(config)}.")
        return 0
    passed = ["--host", chosen.host] if chosen.host else []
    if chosen.config:
        passed += ["--config", str(paths.expanded(chosen.config).absolute())]
    start_service(config, passed)
    print(f"The router is running on {address(config)}.")
    return 0
