"""The desktop app from its start to its end: one a user, first the router, then the window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.desktop import language, look, memory
from ccr_desktop.desktop.application import Application
from ccr_desktop.desktop.collecting import Collecting
from ccr_desktop.desktop.crash import CrashReports
from ccr_desktop.desktop.heard import is_heard
from ccr_desktop.desktop.instance import Instance, claim_or_ask
from ccr_desktop.desktop.loop import run
from ccr_desktop.desktop.serving import begins_hidden, start_first, supervised
from ccr_desktop.desktop.system.endings import Endings, ignore_signals
from ccr_desktop.desktop.system.lost_display import outlive_display
from ccr_desktop.errors import ServiceError
from ccr_desktop.own_program import own_app
from ccr_desktop.running_app import Reply

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from ccr_desktop.core.config.store import ConfigStore

    Parse = Callable[[Sequence[str]], argparse.Namespace]
    OpenStore = Callable[[argparse.Namespace], ConfigStore]

NAME = "ccr-desktop"
RESTART = -1  # in place of an exit code
DESKTOP_FILE = "io.github.ccr_desktop"


def run_app(arguments: Sequence[str], parse: Parse, open_store: OpenStore) -> int:
    """Run the app to its end, or hand *arguments* to the one that runs; the exit code."""
    chosen = parse(arguments)
    try:
        instance = claim_or_ask(arguments, Path.cwd())
    except ServiceError as exc:
        if not (chosen.quit or chosen.stop or is_heard()):
            tell_in_window(exc, open_store(chosen))
        raise
    if isinstance(instance, Reply):
        if instance.message:
            print(instance.message, file=sys.stderr if instance.code else sys.stdout)
        return instance.code
    if chosen.quit or chosen.stop:
        instance.release()
        return 0  # nothing runs
    store = open_store(chosen)
    application = make_application()
    language.current().use(look.wanted(store, memory.opened()).language)
    with CrashReports(paths.log_dir(), lambda: secrets_of(store)) as reports:
        try:
            code = run(
                lambda: _live(application, chosen, instance, store, parse=parse, reports=reports)
            )
        except Exception as exc:
            reports.write(exc, "the app")
            raise
    if code == RESTART:
        start_again(arguments)
        code = 0
    ignore_signals()  # after what was started again, which would inherit that
    return code


def secrets_of(store: ConfigStore) -> list[str]:
    """What no report may hold: also of a file that is not in force, and of the environment."""
    from ccr_desktop.doctor.examine import known_secrets  # noqa: PLC0415  # not at each start

    return known_secrets(store, os.environ)


def start_again(arguments: Sequence[str]) -> None:
    """With the same options, but for those that asked for one thing then."""
    words = [
        word for word in arguments if word not in {"--hidden", "--start"} and "://" not in word
    ]
    subprocess.Popen([*own_app(), "ui", *words], start_new_session=True)  # noqa: S603  # ours


def tell_in_window(problem: ServiceError, store: ConfigStore) -> None:
    """Whoever starts the app from a menu sees no terminal. Only a person ends it."""
    from ccr_desktop.desktop.not_started import show  # noqa: PLC0415  # hardly ever needed

    application = make_application()
    wanted = look.wanted(store, memory.opened())
    language.current().use(wanted.language)
    run(lambda: show(application, problem, wanted.theme))


def make_application() -> Application:
    application = Application(NAME)
    application.setApplicationName(NAME)
    application.setApplicationDisplayName("CCR Desktop")
    application.setDesktopFileName(DESKTOP_FILE)
    application.setQuitOnLastWindowClosed(False)
    outlive_display(application)
    return application


async def _live(
    application: Application,
    chosen: argparse.Namespace,
    instance: Instance,
    store: ConfigStore,
    *,
    parse: Parse,
    reports: CrashReports,
) -> int:
    supervisor = supervised(store)
    with Collecting() as collecting, Endings(application) as endings:
        try:
            await start_first(supervisor, is_hidden=begins_hidden(chosen, store.config))
            collecting.spare_what_is_loaded()
            from ccr_desktop.desktop import shell  # noqa: PLC0415  # the router was to be first

            desk = shell.make_desk(store, reports, supervisor)
            desk.bridge.activity_changed.connect(collecting.look_often)
            application.applicationStateChanged.connect(collecting.look_often)
            wants_back = await shell.live(application, chosen, instance, desk, endings, parse=parse)
        finally:
            await supervisor.stop()
            instance.release()
            endings.keep_signals()
    return RESTART if wants_back else 0
