"""The window, the tray and all around them: made and connected here, and ended in order."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from ccr_desktop import paths
from ccr_desktop.core.secrets import Secrets
from ccr_desktop.core.secrets.worker import StoreWorker
from ccr_desktop.desktop import icons, language, look, theme
from ccr_desktop.desktop.appearance import SystemAppearance, follow
from ccr_desktop.desktop.attention import Attention
from ccr_desktop.desktop.bridge import Bridge
from ccr_desktop.desktop.commands import Commands
from ccr_desktop.desktop.concerns import Concerns
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.crash import CrashReports
from ccr_desktop.desktop.crash_news import CrashNews
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.draft_news import DraftNews
from ccr_desktop.desktop.folder_news import FolderNews
from ccr_desktop.desktop.key_troubles import KeyTroubles
from ccr_desktop.desktop.launching import Launching
from ccr_desktop.desktop.memory import opened
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.panel import Panel
from ccr_desktop.desktop.serving import supervised
from ccr_desktop.desktop.state import Problem
from ccr_desktop.desktop.system.endings import RESTARTS, UPDATES
from ccr_desktop.desktop.system.notifier import notifier_for_system
from ccr_desktop.desktop.system.notifier_tray import TrayNotifier
from ccr_desktop.desktop.system.sleep import sleep_watch_for_system
from ccr_desktop.desktop.tray.tray import Tray
from ccr_desktop.desktop.troubles import Troubles
from ccr_desktop.desktop.updating.watch import UpdateWatch
from ccr_desktop.desktop.warming import Warming
from ccr_desktop.desktop.window import Window
from ccr_desktop.errors import ServiceError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.desktop.application import Application
    from ccr_desktop.desktop.instance import Instance
    from ccr_desktop.desktop.supervisor import Supervisor
    from ccr_desktop.desktop.system.endings import Endings

    Parse = Callable[[Sequence[str]], argparse.Namespace]


async def live(
    application: Application,
    chosen: argparse.Namespace,
    instance: Instance,
    desk: Desk,
    endings: Endings,
    *,
    parse: Parse,
) -> bool:
    """Show the app until something ends it; whether it is to be started again then."""
    application.setWindowIcon(icons.app_icon())
    _dress(application, desk)
    window = Window(desk, pages())
    tray = Tray(desk.bridge.overview)
    commands = Commands(desk, window, tray, parse, endings)
    instance.received.connect(commands.take_over)
    _serve(instance, window)
    try:
        _listen(desk, window, tray)
        application.applicationStateChanged.connect(partial(_come_back, desk))
        desk.bridge.draft.bring_back()
        await desk.bridge.begin()
        commands.begin(chosen)
        application.open_links_with(commands.open_link)
        Warming(window)
        await endings.wanted.wait()
    finally:
        await _end(desk, window, tray, instance)
    is_replaced = endings.reason == UPDATES and commands.finish_update()
    return endings.reason in {RESTARTS, UPDATES} and not is_replaced


def _serve(instance: Instance, window: Window) -> None:
    """The app works also where later starts and commands can't reach it."""
    try:
        instance.serve()
    except ServiceError as exc:
        window.show_problem(Problem(in_words(exc.title), in_words(exc.message)))


def _dress(application: Application, desk: Desk) -> None:
    """Colours and words as the settings and the desktop have them, from now on."""
    store, memory = desk.bridge.store, desk.memory
    theme.apply(application, look.wanted(store, memory).theme)
    appearance = SystemAppearance(application)
    follow(appearance, theme.current())
    appearance.start()

    def settings_changed(_: object = None) -> None:
        wanted = look.wanted(store, memory)
        if wanted.theme != theme.current().scheme:
            theme.apply(application, wanted.theme)
        language.current().use(wanted.language)
        look.keep(wanted, memory)

    settings_changed()
    desk.bridge.config_changed.connect(settings_changed)


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
    KeyTroubles(desk, window)
    DraftNews(bridge.draft, window)
    FolderNews(bridge, desk.launching, window)
    CrashNews(desk.crash_reports, window).listen_to(asyncio.get_running_loop())
    watch = sleep_watch_for_system(bridge.supervisor.check)
    bridge.do(watch.run(), _tr("Watching for sleep"))


def _come_back(desk: Desk, state: Qt.ApplicationState) -> None:
    """Whoever comes from elsewhere may have installed there what a launch lacked."""
    if state is Qt.ApplicationState.ApplicationActive and desk.launching.failure:
        desk.bridge.do(desk.launching.look_again(), _tr("Looking for Claude Code"))


async def _end(desk: Desk, window: Window, tray: Tray, instance: Instance) -> None:
    """First what people see, then the service, so that its running streams may finish."""
    instance.hear_no_more()
    tray.stop()
    window.keep_place()
    window.hide()
    await desk.bridge.draft.end()
    desk.updates.end()
    desk.attention.end()
    desk.panel.end()
    await desk.bridge.end()
    desk.secrets.close()
    instance.release()


def make_desk(
    store: ConfigStore,
    reports: CrashReports | None = None,
    supervisor: Supervisor | None = None,
) -> Desk:
    """The tools of the app; without a *supervisor* with one whose service is not started yet."""
    supervisor = supervisor or supervised(store)
    launching = Launching(lambda: store.config, supervisor.start)
    bridge = Bridge(store, supervisor, launching)
    memory = opened()
    secrets = store.secrets if isinstance(store.secrets, Secrets) else Secrets()
    attention = Attention(bridge, memory)
    return Desk(
        bridge=bridge,
        memory=memory,
        secrets=StoreWorker(secrets),
        launching=launching,
        attention=attention,
        concerns=Concerns(bridge, attention, memory),
        crash_reports=reports or CrashReports(paths.log_dir()),
        panel=Panel(),
        updates=UpdateWatch(bridge, memory, attention),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("App", text)
