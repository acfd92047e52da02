"""The desktop app: everything is made and connected here, and ended in order."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication

from ccr_desktop import paths
from ccr_desktop.core.config.secret_values import secret_values
from ccr_desktop.core.secrets import Secrets
from ccr_desktop.core.secrets.worker import StoreWorker
from ccr_desktop.core.service import Service
from ccr_desktop.desktop import icons, kept_text, language, theme
from ccr_desktop.desktop.appearance import SystemAppearance, follow
from ccr_desktop.desktop.application import Application
from ccr_desktop.desktop.attention import Attention
from ccr_desktop.desktop.bridge import Bridge
from ccr_desktop.desktop.closing import RESTARTS, UPDATES
from ccr_desktop.desktop.collecting import Collecting
from ccr_desktop.desktop.commands import Commands
from ccr_desktop.desktop.crash import CrashReports
from ccr_desktop.desktop.crash_news import CrashNews
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.hosting import LoopHost, ThreadHost
from ccr_desktop.desktop.instance import Instance, claim_or_ask
from ccr_desktop.desktop.launching import Launching
from ccr_desktop.desktop.loop import run
from ccr_desktop.desktop.memory import Memory
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.state import Toast
from ccr_desktop.desktop.supervisor import Supervisor
from ccr_desktop.desktop.system.endings import Endings
from ccr_desktop.desktop.system.notifier import notifier_for_system
from ccr_desktop.desktop.system.notifier_tray import TrayNotifier
from ccr_desktop.desktop.system.sleep import sleep_watch_for_system
from ccr_desktop.desktop.tray.tray import Tray
from ccr_desktop.desktop.troubles import Troubles
from ccr_desktop.desktop.updating.flow import Updating
from ccr_desktop.desktop.updating.watch import UpdateWatch
from ccr_desktop.desktop.warming import Warming
from ccr_desktop.desktop.window import Window
from ccr_desktop.own_program import own_app
from ccr_desktop.running_app import Reply

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.desktop.hosting import Host

    Parse = Callable[[Sequence[str]], argparse.Namespace]
    OpenStore = Callable[[argparse.Namespace], ConfigStore]

NAME = "ccr-desktop"
RESTART = -1  # in place of an exit code
DESKTOP_FILE = "io.github.ccr_desktop"


def run_app(arguments: Sequence[str], parse: Parse, open_store: OpenStore) -> int:
    """Run the app to its end, or hand *arguments* to the one that runs; the exit code."""
    chosen = parse(arguments)
    instance = claim_or_ask(arguments, Path.cwd())
    if isinstance(instance, Reply):
        if instance.message:
            print(instance.message, file=sys.stderr if instance.code else sys.stdout)
        return instance.code
    if chosen.quit or chosen.stop:
        instance.release()
        return 0  # nothing runs
    store = open_store(chosen)
    application = make_application()
    theme.apply(application, cast("theme.Scheme", store.config.desktop.theme))
    language.current().use(store.config.desktop.language)
    instance.serve()
    with CrashReports(paths.log_dir(), lambda: secret_values(store.config)) as reports:
        try:
            code = run(lambda: _live(application, chosen, instance, store, parse, reports=reports))
        except Exception as exc:
            reports.write(exc, "the app")
            raise
    if code == RESTART:
        start_again(arguments)
        code = 0
    return code


def start_again(arguments: Sequence[str]) -> None:
    """With the same options, but for those that asked for one thing then."""
    words = [
        word for word in arguments if word not in {"--hidden", "--start"} and "://" not in word
    ]
    subprocess.Popen([*own_app(), "ui", *words], start_new_session=True)  # noqa: S603  # ours


def make_application() -> Application:
    application = Application(NAME)
    application.setApplicationName(NAME)
    application.setApplicationDisplayName("CCR Desktop")
    application.setDesktopFileName(DESKTOP_FILE)
    application.setQuitOnLastWindowClosed(False)
    application.setWindowIcon(icons.app_icon())
    return application


async def _live(
    application: Application,
    chosen: argparse.Namespace,
    instance: Instance,
    store: ConfigStore,
    parse: Parse,
    *,
    reports: CrashReports,
) -> int:
    desk = make_desk(store, reports)
    _dress(application, desk.bridge)
    window = Window(desk, pages())
    tray = Tray(desk.bridge.overview)
    with Collecting(), Endings(application) as endings:
        commands = Commands(desk, window, tray, parse, endings)
        instance.received.connect(commands.take_over)
        updating = Updating(desk, window)
        try:
            _listen(desk, window, tray)
            _bring_back(desk.bridge)
            await desk.bridge.begin()
            commands.begin(chosen)
            application.open_links_with(commands.open_link)
            Warming(window)
            await endings.wanted.wait()
        finally:
            await _end(desk, window, tray, instance)
    is_replaced = endings.reason == UPDATES and updating.finish()
    wants_back = endings.reason in {RESTARTS, UPDATES}
    return RESTART if wants_back and not is_replaced else 0


def _dress(application: Application, bridge: Bridge) -> None:
    """Colours and words as the settings and the desktop have them, from now on."""
    appearance = SystemAppearance(application)
    follow(appearance, theme.current())
    appearance.start()

    def settings_changed(config: Config) -> None:
        if config.desktop.theme != theme.current().scheme:
            theme.apply(application, cast("theme.Scheme", config.desktop.theme))
        language.current().use(config.desktop.language)

    bridge.config_changed.connect(settings_changed)


def _listen(desk: Desk, window: Window, tray: Tray) -> None:
    """Whatever a person has to hear of is told by the window, the icon or a notice."""
    bridge = desk.bridge
    balloons = TrayNotifier(lambda notice: tray.show_message(notice.title, notice.body))
    tray.message_clicked.connect(balloons.clicked)
    desk.attention.begin(
        notifier_for_system(balloons, lambda: None, open_label=_tr("Open")),
        window.isActiveWindow,
    )
    desk.attention.follow(desk.launching)
    desk.attention.forward_wanted.connect(window.come_forward)
    desk.updates.begin()
    Troubles(desk, window)
    CrashNews(desk.crash_reports, window).listen_to(asyncio.get_running_loop())
    watch = sleep_watch_for_system(bridge.supervisor.check)
    bridge.do(watch.run(), _tr("Watching for sleep"))


def _bring_back(bridge: Bridge) -> None:
    """What was being written when the app was ended by something that asks nobody."""
    bridge.unsaved_text = kept_text.kept()
    if bridge.unsaved_text:
        words = _tr("The text of the settings that was not saved is still there, in Settings.")
        bridge.told.emit(Toast(words))


async def _end(desk: Desk, window: Window, tray: Tray, instance: Instance) -> None:
    """First what people see, then the service, so that its running streams may finish."""
    instance.hear_no_more()
    tray.stop()
    window.keep_place()
    window.hide()
    kept_text.keep(desk.bridge.unsaved_text)
    desk.updates.end()
    desk.attention.end()
    await desk.bridge.end()
    desk.secrets.close()
    instance.release()


def make_desk(store: ConfigStore, reports: CrashReports | None = None) -> Desk:
    """The tools of the app, with a service that is not started yet."""

    def service() -> Service:
        return Service(store.config, store)

    def address() -> tuple[str, int]:
        return store.config.host, store.config.port

    host: Host = ThreadHost(service) if store.config.desktop.service_thread else LoopHost(service)
    supervisor = Supervisor(host, address, lambda _: None)
    launching = Launching(lambda: store.config, supervisor.start)
    bridge = Bridge(store, host, supervisor, launching)
    memory = Memory(paths.data_dir() / "window.json")
    secrets = store.secrets if isinstance(store.secrets, Secrets) else Secrets()
    attention = Attention(bridge, memory)
    return Desk(
        bridge=bridge,
        memory=memory,
        secrets=StoreWorker(secrets),
        launching=launching,
        attention=attention,
        crash_reports=reports or CrashReports(paths.log_dir()),
        updates=UpdateWatch(bridge, memory, attention),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("App", text)
