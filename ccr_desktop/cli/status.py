"""`ccr status`: whether the router runs, and how."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ccr_desktop import __version__
from ccr_desktop.cli.local_service import is_running, manage, other_routers
from ccr_desktop.cli.options import parser, service_config
from ccr_desktop.cli.output import print_json, print_table
from ccr_desktop.core.server.port import address, find_holder
from ccr_desktop.errors import ServiceError, few

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config

_EXAMPLES = """\
  ccr status
  ccr status --json"""


def run(arguments: list[str]) -> int:
    options = parser("status", "Tell whether the router runs, and how.", _EXAMPLES)
    options.add_argument("--json", action="store_true", help="for programs")
    chosen = options.parse_args(arguments)
    config = service_config(chosen)
    others = [{"url": info.url, "pid": info.pid} for info in other_routers(config)]
    status = {**read_status(config), "others": others}
    if chosen.json:
        print_json(status)
    else:
        _print(status)
    return 0


def read_status(config: Config) -> dict[str, Any]:
    """What the service says of itself; `running` alone is certain to be there."""
    try:
        runs = is_running(config)
    except ServiceError as exc:
        return {"running": False, "url": address(config), "problems": [exc.message]}
    if not runs:
        return {"running": False, "url": address(config), "problems": []}
    told = manage(config, "GET", "/api/status")
    return told or {"running": True, "url": address(config), "problems": [_untold(config)]}


def _untold(config: Config) -> str:
    holder = find_holder(config.port) or "its process"
    return f"more can't be asked: the run file of {holder} is missing, or of another user."


def _print(status: dict[str, Any]) -> None:
    if not status["running"]:
        print(f"The router is not running on {status['url']}. `ccr start` starts it.")
    else:
        print(f"The router is running on {status['url']}.")
        if "pid" in status:
            _print_details(status)
    errors: list[str] = []
    if rejected := status.get("file_out_of_force"):
        errors = rejected["errors"]
        since = f"{datetime.fromtimestamp(rejected['since_s']).astimezone():%Y-%m-%d %H:%M:%S}"
        print(f"  error: {rejected['path']} has errors and is NOT in force since {since};")
        print("         the configuration from before goes on.")
    for problem in few(status["problems"]):
        print(f"  {'error' if problem in errors else 'note'}: {problem}")
    for other in status["others"]:
        print(f"Another router runs on {other['url']} (process {other['pid']}).")


def end_of_pause(told: dict[str, Any]) -> str:
    """When routing goes on, as the service tells it."""
    if told["paused_until_s"] is None:
        return "you resume it"
    return f"{datetime.fromtimestamp(told['paused_until_s']).astimezone():%H:%M}"


def _print_details(status: dict[str, Any]) -> None:
    hours, minutes = divmod(int(time.time() - status["since_s"]) // 60, 60)
    rows = [
        ("process", str(status["pid"])),
        ("running for", f"{hours} h {minutes} min"),
        ("configuration", status["config"] or "built in"),
        ("running requests", str(status["running_requests"])),
    ]
    if status.get("paused"):
        rows.append(("routing", f"paused until {end_of_pause(status)}; `ccr resume` ends that"))
    if status["route_set"]:
        rows.append(("route set", status["route_set"]))
    if status["version"] != __version__:
        rows.append(("version", f"{status['version']}; this command is {__version__}"))
    rows += [(name, ", then ".join(routes)) for name, routes in status["routes"].items()]
    print_table([(f"  {name}", value) for name, value in rows])
