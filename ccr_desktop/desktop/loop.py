"""The asyncio loop of the desktop application, driven by Qt.

qasync makes a Qt timer for every callback and a notifier for every socket. Here there is one queue
of ready callbacks, run for a few milliseconds at a time so that input and painting get their turn;
one selector behind one notifier; and one Qt timer for the earliest of all timers. In everything
else the loop behaves as asyncio's own.

A Qt loop that somebody runs inside of a coroutine stops the tasks until it ends; no work is lost.
"""

from __future__ import annotations

import asyncio
import heapq
import logging
import os
import signal
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop.pump import Pump
from ccr_desktop.desktop.selecting import Selector

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from contextvars import Context

T = TypeVar("T")

SLICE_S = 0.004  # so long callbacks run before Qt gets its turn
LINGER_S = 0.003  # so long Qt's timers wait for sockets that bring something all the time
_SOON_S = 0.001  # what comes within it of what was before comes all the time
_LAST_S = 15.0  # for the tasks to end without Qt
_RECEIVED_BYTES = 65536  # asyncio's 256 KiB are mapped and unmapped by glibc at every read
_IS_POSIX = os.name == "posix"
_Base: Any = asyncio.BaseEventLoop
_Selector: Any = asyncio.SelectorEventLoop
_Handle: Any = asyncio.Handle


def _qasync() -> Any:
    """qasync on PySide6, whatever the user's environment asks other programs to use."""
    wanted = os.environ.pop("QT_API", None)
    try:
        import qasync  # noqa: PLC0415
    finally:
        if wanted is not None:
            os.environ["QT_API"] = wanted
    return qasync


class Loop(_qasync().QEventLoop):  # type: ignore[misc]  # it has no types
    """An asyncio loop that runs in Qt's. There must be a `QApplication`."""

    # Of asyncio's base class, which publishes no types for what loops need of it.
    _thread_id: int | None
    _scheduled: list[Any]
    _current_handle: asyncio.Handle | None

    def __init__(self) -> None:
        application = QApplication.instance()
        if application is None:
            raise RuntimeError("The loop needs a QApplication.")
        self._application = application
        self._pump = Pump(self._turn)
        self._notifier: QSocketNotifier | None = None
        self._is_turning = False
        self._until_s = 0.0
        self._lingers_until_s = 0.0
        self._left_s = 0.0
        self._cancelled_timers = 0
        self._raised: BaseException | None = None
        self._has_left = False
        self._is_without_qt = False
        super().__init__(application)
        if _IS_POSIX:
            fd = self._selector.fileno()
            self._notifier = QSocketNotifier(fd, QSocketNotifier.Type.Read)
            self._notifier.setEnabled(False)
            self._notifier.activated.connect(self._turn)
        else:
            self._pump.woken.connect(self._wake)

    # What qasync has its own way in is taken back from asyncio, which keeps the contract.
    is_running = _Base.is_running
    run_until_complete = _Base.run_until_complete
    call_later = _Base.call_later
    _add_callback = _Base._add_callback
    time = _Base.time
    run_in_executor = _Base.run_in_executor
    set_default_executor = _Base.set_default_executor
    call_soon_threadsafe = _Base.call_soon_threadsafe
    set_exception_handler = _Base.set_exception_handler
    default_exception_handler = _Base.default_exception_handler
    call_exception_handler = _Base.call_exception_handler
    get_debug = _Base.get_debug
    set_debug = _Base.set_debug
    if sys.platform != "win32":
        _add_reader = _Selector._add_reader
        _remove_reader = _Selector._remove_reader
        _add_writer = _Selector._add_writer
        _remove_writer = _Selector._remove_writer

        def _make_self_pipe(self) -> None:
            self._selector = Selector()  # instead of qasync's
            super()._make_self_pipe()

        def _make_socket_transport(self, *args: Any, **named: Any) -> Any:
            transport = super()._make_socket_transport(*args, **named)
            transport.max_size = _RECEIVED_BYTES
            return transport
    else:

        def _write_to_self(self) -> None:
            self._pump.woken.emit()  # queued, when another thread calls

    # -- running and ending ----------------------------------------------------------------

    def run_forever(self) -> None:
        self._check_closed()
        self._check_running()
        with self._running():
            self._settle()
            self._has_left = False
            if not self._is_without_qt:
                self._application.exec()
            self._finish_without_qt()
        if self._raised is not None:
            raised, self._raised = self._raised, None
            raise raised

    @contextmanager
    def _running(self) -> Iterator[None]:
        hooks = sys.get_asyncgen_hooks()
        self._set_coroutine_origin_tracking(self._debug)
        self._thread_id = threading.get_ident()
        sys.set_asyncgen_hooks(
            firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook
        )
        asyncio._set_running_loop(self)
        self._before_run_forever()
        try:
            with self._woken_by_signals():
                yield
        finally:
            self._after_run_forever()
            self._stopping = False
            self._thread_id = None
            self._fall_silent()
            asyncio._set_running_loop(None)
            self._set_coroutine_origin_tracking(False)
            sys.set_asyncgen_hooks(*hooks)

    @contextmanager
    def _woken_by_signals(self) -> Iterator[None]:
        """Python looks at signals only while it runs, and Qt waits without it."""
        if not _IS_POSIX or threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.set_wakeup_fd(self._csock.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            if not self._signal_handlers:
                signal.set_wakeup_fd(before)

    def stop(self) -> None:
        """End `run_forever` once all has run that is ready by now."""
        if not self._stopping:
            self._stopping = True
            self.call_soon(self._leave)

    def _leave(self) -> None:
        if self._stopping:  # else it was left over from a run that ended otherwise
            self._has_left = True
            self._until_s = 0.0
            self._application.exit()

    def _finish_without_qt(self) -> None:
        """Qt ends its loop by itself when the display is lost: the tasks end in order even so."""
        end_s = time.monotonic() + _LAST_S
        while _IS_POSIX and not (self._has_left or self._raised) and time.monotonic() < end_s:
            self._is_without_qt = True
            if not self._ready:
                due_s = self._scheduled[0]._when if self._scheduled else end_s
                pause_s = max(0.0, min(due_s, end_s) - time.monotonic())
                self._process_events(self._selector.select(pause_s))
            self._turn()

    def close(self) -> None:
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        self._fall_silent()
        if self._notifier:
            self._notifier.activated.disconnect()
            self._notifier = None
        super().close()

    # -- callbacks -------------------------------------------------------------------------

    def call_soon(
        self, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> Any:
        if self._debug or self._closed:
            handle = _Base.call_soon(self, callback, *args, context=context)
        else:
            handle = _Handle(callback, args, self, context)
            self._ready.append(handle)
        if not self._is_turning:
            self._wake()
        return handle

    def call_at(
        self, when: float, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> Any:
        timer = _Base.call_at(self, when, callback, *args, context=context)
        if not self._is_turning and self._thread_id is not None:
            self._set_clock()
        return timer

    def _timer_handle_cancelled(self, handle: Any) -> None:
        if not handle._scheduled:
            return
        self._cancelled_timers += 1
        if self._cancelled_timers * 2 > len(self._scheduled):
            for timer in self._scheduled:
                timer._scheduled = not timer._cancelled and timer is not handle
            self._scheduled = [timer for timer in self._scheduled if timer._scheduled]
            heapq.heapify(self._scheduled)
            self._cancelled_timers = 0

    # -- turns -----------------------------------------------------------------------------

    def _turn(self) -> None:
        """Qt's loop came by: run what is ready, for a while."""
        if self._is_turning or self._thread_id is None:
            self._refuse()
            return
        self._is_turning = True
        try:
            begun_s = time.monotonic()
            self._until_s = begun_s + SLICE_S
            is_soon = begun_s < self._left_s + _SOON_S
            self._lingers_until_s = self._pump.last_s + LINGER_S if is_soon else 0.0
            while self._collect():
                self._drain()
                if time.monotonic() >= self._until_s:
                    break
        except BaseException as exc:  # noqa: BLE001  # Qt would swallow what ends the program
            self._raised = exc
            self._application.exit()
        finally:
            self._is_turning = False
            self._settle()
            self._left_s = time.monotonic()

    def _refuse(self) -> None:
        """Qt runs a loop inside of a coroutine, or without this one: wait until that is over."""
        self._pump.switch_off()
        if self._notifier:
            self._notifier.setEnabled(False)

    def _collect(self) -> bool:
        """Queue what sockets and timers brought; whether anything is ready."""
        if self._notifier:
            self._process_events(self._selector.select(self._patience_s()))
        if self._scheduled:
            self._take_due()
        return bool(self._ready)

    def _patience_s(self) -> float:
        """How long to wait for sockets, here and not in Qt.

        A way through Qt's loop costs more than what it brings of a stream. So where the last turn
        has just ended, this one waits for a moment, in which a press of a key does, too.
        """
        if self._ready or not self._lingers_until_s:
            return 0.0
        now_s = time.monotonic()
        if now_s + _SOON_S > self._lingers_until_s:
            return 0.0
        if not self._scheduled:
            return _SOON_S
        return min(_SOON_S, max(0.0, float(self._scheduled[0]._when) - now_s))

    def _take_due(self) -> None:
        timers = self._scheduled
        end_s = time.monotonic() + self._clock_resolution
        while timers and (timers[0]._cancelled or timers[0]._when < end_s):
            timer = heapq.heappop(timers)
            timer._scheduled = False
            if timer._cancelled:
                self._cancelled_timers -= 1
            else:
                self._ready.append(timer)

    def _drain(self) -> None:
        ready, now = self._ready, time.monotonic
        run = self._run_watched if self._debug else _Handle._run
        while ready:
            handle = ready.popleft()
            if not handle._cancelled:
                run(handle)
            if now() >= self._until_s:
                return

    def _run_watched(self, handle: Any) -> None:
        """Run a callback, and tell when that takes long."""
        self._current_handle = handle
        begun_s = self.time()
        try:
            handle._run()
        finally:
            self._current_handle = None
        took_s = self.time() - begun_s
        if took_s >= self.slow_callback_duration:
            what = asyncio.base_events._format_handle(handle)  # type: ignore[attr-defined]
            logging.getLogger("asyncio").warning("Executing %s took %.3f seconds", what, took_s)

    # -- waiting for Qt to come by ---------------------------------------------------------

    def _wake(self) -> None:
        if self._thread_id is not None and not self._pump.is_on:
            self._pump.switch_on()
            if self._notifier:
                self._notifier.setEnabled(False)

    def _settle(self) -> None:
        """Have Qt come by when there is something to do.

        With glib below, sockets come before timers: one that is always readable would let none of
        the application's timers through. So every now and then the sockets have to wait for them.
        """
        if self._ready or time.monotonic() + _SOON_S > self._pump.last_s + LINGER_S:
            self._wake()
        elif self._thread_id is not None and (self._pump.is_on or not self._is_listening()):
            self._pump.switch_off()
            if self._notifier:
                self._notifier.setEnabled(True)
        self._set_clock()

    def _is_listening(self) -> bool:
        return self._notifier is None or self._notifier.isEnabled()

    def _set_clock(self) -> None:
        timers = self._scheduled
        if timers and timers[0]._when < self._pump.rings_s:
            self._pump.ring_at(timers[0]._when, time.monotonic())

    def _fall_silent(self) -> None:
        self._pump.switch_off()
        self._pump.be_silent()
        if self._notifier:
            self._notifier.setEnabled(False)


def run(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """What *main* returns, run on a loop of its own in Qt's, to the end of all that it began."""
    with asyncio.Runner(loop_factory=Loop) as runner:
        return runner.run(main())
