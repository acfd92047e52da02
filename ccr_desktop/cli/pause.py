"""`ccr pause`: every request goes straight to the default route, for a while."""

from __future__ import annotations

import argparse

from ccr_desktop.cli.local_service import is_running, manage
from ccr_desktop.cli.options import parser, service_config
from ccr_desktop.cli.status import end_of_pause
from ccr_desktop.errors import CcrError

_EXAMPLES = """\
  ccr pause                  until `ccr resume`
  ccr pause 15               for a quarter of an hour"""


def run(arguments: list[str]) -> int:
    options = parser("pause", "Send every request straight to the default route.", _EXAMPLES)
    options.add_argument(
        "minutes",
        nargs="?",
        type=_minutes,
        metavar="MINUTES",
        help="how long; default: until `ccr resume`",
    )
    chosen = options.parse_args(arguments)
    config = service_config(chosen)
    body = {"minutes": chosen.minutes}
    told = manage(config, "POST", "/api/pause", body) if is_running(config) else None
    if told is None:
        raise CcrError("The router is not running", "There is nothing to pause.")
    print(f"Routing is paused until {end_of_pause(told)}. The default route answers everything.")
    return 0


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of minutes")
    return minutes
