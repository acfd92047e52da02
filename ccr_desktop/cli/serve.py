"""`ccr serve`: the router in the foreground, without Qt."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING

from ccr_desktop.cli.awaiting import ToldSecrets
from ccr_desktop.cli.options import add_host, open_store, parser
from ccr_desktop.core.config.fields import is_unresolved
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.observe.events import ConfigRejected, ConfigReloaded
from ccr_desktop.core.observe.lines import event_line
from ccr_desktop.core.service import Service
from ccr_desktop.errors import ConfigError, few

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.observe.events import Event

_FIRST_HOLDER_S = 15.0  # whoever started the service for himself may have died since
_RELEASE_GRACE_S = 2.0
_EXAMPLES = """\
  ccr serve
  ccr serve --config team.json --port 8080
  SERVICE_PORT=8080 ccr serve"""


def run(arguments: list[str]) -> int:
    options = parser("serve", "Run the router in the foreground.", _EXAMPLES)
    add_host(options)
    options.add_argument(
        "--require-key",
        action="store_true",
        help="do not start without an APIKEY, with which alone other machines are heard",
    )
    options.add_argument(
        "--until-released",
        action="store_true",
        help="end when the last `ccr code` that uses this service has ended",
    )
    chosen = options.parse_args(arguments)
    store = open_store(chosen, secrets=ToldSecrets())
    if chosen.require_key:
        _check_key(store.config)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(store, until_released=chosen.until_released))
    return 0


def _check_key(config: Config) -> None:
    """Raise `ConfigError` where there is none: whoever wants one is on another machine."""
    if not config.api_key or is_unresolved(config.api_key):
        missing = Issue("APIKEY", "there is none, so that only this machine is heard.", "Set one.")
        found = [issue for issue in config.issues if issue.where == "APIKEY"]
        raise ConfigError(str(config.source or "that is built in"), [*found, missing])


async def _serve(store: ConfigStore, *, until_released: bool) -> None:
    service = Service(store.config, store)
    _on_signals(service.stop_wanted.set)
    try:
        if await _started(service):
            service.bus.subscribe(_tell)
            _banner(service)
            print(f"ready {service.url}", flush=True)
            await _stop_wanted(service, until_released=until_released)
    finally:
        await service.stop()
    await _leave_signals()


async def _stop_wanted(service: Service, *, until_released: bool) -> None:
    stopping = service.stop_wanted
    async with asyncio.TaskGroup() as tasks:
        if until_released and service.is_findable:  # else nobody could hold it
            watching = tasks.create_task(_watch_release(service, stopping))
            stopping_wait = tasks.create_task(stopping.wait())
            stopping_wait.add_done_callback(lambda _: watching.cancel())
        await stopping.wait()


async def _started(service: Service) -> bool:
    """False when it was asked to stop before it served: a plugin may take its time to load."""
    starting = asyncio.ensure_future(service.start())
    stopping = asyncio.ensure_future(service.stop_wanted.wait())
    try:
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not starting.done():
            return False
        await starting
        return True
    finally:
        for task in (starting, stopping):
            task.cancel()
        await asyncio.wait({starting, stopping})


def _tell(event: Event) -> None:
    """What the person at the terminal should see at once."""
    if isinstance(event, (ConfigReloaded, ConfigRejected)):
        print(f"ccr: {event_line(event)}", file=sys.stderr, flush=True)


async def _watch_release(service: Service, stopping: asyncio.Event) -> None:
    """Stop once nobody holds the service any more, or nobody ever came to hold it."""
    try:
        async with asyncio.timeout(_FIRST_HOLDER_S):
            await service.held.wait()
    except TimeoutError:
        stopping.set()
        return
    while True:
        await service.released.wait()
        await asyncio.sleep(_RELEASE_GRACE_S)
        if service.released.is_set():
            stopping.set()
            return


_HANGUP = getattr(signal, "SIGHUP", signal.SIGTERM)  # the terminal was closed
_SIGNALS = (signal.SIGINT, signal.SIGTERM, _HANGUP)


def _on_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        if number == _HANGUP and signal.getsignal(number) is signal.SIG_IGN:
            continue  # `nohup`: it outlives its terminal
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))


async def _leave_signals() -> None:
    """It has stopped, and ends as it was asked to: who asks again, as `timeout` does, is late."""
    loop = asyncio.get_running_loop()
    await loop.shutdown_default_executor()  # its threads would be given what this one is not
    if sys.platform != "win32":  # between the two below a signal would have its usual effect
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    for number in _SIGNALS:
        with contextlib.suppress(NotImplementedError):
            loop.remove_signal_handler(number)
        signal.signal(number, signal.SIG_IGN)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where it is installed: a quarter less work per event."""
    try:
        import uvloop  # noqa: PLC0415
    except ImportError:
        return None
    return uvloop.new_event_loop


def _pointer(url: str, token: str) -> str:
    """The line that leads a plain `claude` to the router, in the shell of the system."""
    if os.name == "nt":
        quoted = token.strip("'")
        return f"$env:ANTHROPIC_BASE_URL='{url}'; $env:ANTHROPIC_AUTH_TOKEN='{quoted}'; claude"
    return f"ANTHROPIC_BASE_URL={url} ANTHROPIC_AUTH_TOKEN={token} claude"


def _banner(service: Service) -> None:
    """What a person wants to know, on stderr: stdout belongs to the one `ready` line."""
    config = service.config
    lines = [f"CCR Desktop router on {service.url}"]
    lines += [f"  note: {line}" for line in few(service.issues)]
    width = max(map(len, config.router.routes), default=0)
    for scenario, routes in config.router.routes.items():
        lines.append(f"  {scenario:<{width}}  {', then '.join(map(str, routes))}")
    if config.is_demo:
        lines.append("  No provider yet: the demo answers. Add one: ccr providers add")
    token = "'<your APIKEY>'" if config.api_key else "ccr-desktop"
    lines += ["Use Claude Code with it:", f"  {_pointer(service.url, token)}"]
    print("\n".join(lines), file=sys.stderr, flush=True)
