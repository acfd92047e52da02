"""`ccr resume`: the rules choose again, after `ccr pause`."""

from __future__ import annotations

from ccr_desktop.cli.local_service import is_running, manage
from ccr_desktop.cli.options import parser, service_config
from ccr_desktop.errors import CcrError


def run(arguments: list[str]) -> int:
    options = parser("resume", "End a pause: the rules choose again.", "  ccr resume")
    config = service_config(options.parse_args(arguments))
    if not is_running(config) or manage(config, "POST", "/api/resume") is None:
        raise CcrError("The router is not running", "There is nothing to resume.")
    print("Routing goes on: the rules choose again.")
    return 0
