"""`ccr restart`: stop the router and start it again, with the file that it uses."""

from __future__ import annotations

from ccr_desktop import paths
from ccr_desktop.cli.local_service import is_running, manage
from ccr_desktop.cli.options import add_host, parser, read_config, service_config
from ccr_desktop.cli.start import start
from ccr_desktop.cli.stop import stop

_EXAMPLES = """\
  ccr restart
  ccr restart --config team.json"""


def run(arguments: list[str]) -> int:
    options = parser("restart", "Stop the router and start it again.", _EXAMPLES)
    add_host(options)
    chosen = options.parse_args(arguments)
    running = service_config(chosen)
    if is_running(running):
        used = (manage(running, "GET", "/api/status") or {}).get("config")
        found = paths.find_config(None)
        if not chosen.config and used and used != str(found):
            chosen.config = used
        read_config(chosen)  # a file that can't be used must not end what runs
        stop(running)
    return start(chosen)
