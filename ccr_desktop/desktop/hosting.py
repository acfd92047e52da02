"""Where the service runs: on the loop of the application, or on one of its own in a thread.

Both hosts are used from the application's loop alone, and events are delivered there.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ccr_desktop.core.observe.bus import EventBus
from ccr_desktop.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from ccr_desktop.core.observe.events import Event, Subscriber
    from ccr_desktop.core.service import Service

T = TypeVar("T")
log = logging.getLogger(__name__)

_SWITCH_S = 0.0005  # Python's 5 ms are a third of a frame that the window waits for the service


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a service ended that nobody stopped through its host."""

    is_wanted: bool
    """Whether a program of the user asked for it, as `ccr stop` does."""
    problem: str = ""


class Host(Protocol):
    """Runs the service that the factory it was made with builds; again and again, if wanted."""

    @property
    def url(self) -> str:
        """Where the service is reached; empty while it does not run."""

    @property
    def is_running(self) -> bool: ...
    async def start(self) -> None:
        """Raises `ServiceError`. Nothing is left behind then, or by whoever is cancelled."""

    async def stop(self) -> None:
        """Return once the service has ended; its running streams may end before."""

    async def call(self, work: Callable[[Service], Awaitable[T]]) -> T:
        """What *work* returns, done on the service's loop, also while that still ends.

        Raises `ServiceError` without one.
        """

    async def ended(self) -> Ending:
        """Wait until the service ends by itself, or should end. `stop` is still needed."""

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Let *subscriber* hear of all services to come; the function returned ends that."""


class _Deliveries:
    """Brings events to the application's loop: in order, and all that wait in one callback.

    What happens before somebody listens waits for the first who does.
    """

    def __init__(self) -> None:
        self._bus = EventBus()
        self._waiting: deque[Event] = deque()
        self._is_due = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._has_listener = False

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        unsubscribe = self._bus.subscribe(subscriber)
        self._has_listener = True
        self.deliver()
        return unsubscribe

    def begin(self) -> None:
        self._loop = asyncio.get_running_loop()

    def post(self, event: Event) -> None:
        """From any thread."""
        self._waiting.append(event)
        if not self._is_due and self._loop:
            self._is_due = True
            with suppress(RuntimeError):  # the application has ended
                self._loop.call_soon_threadsafe(self.deliver)

    def deliver(self) -> None:
        self._is_due = False
        while self._has_listener and self._waiting:
            self._bus.publish(self._waiting.popleft())


class LoopHost:
    """The service on the loop of the application."""

    def __init__(self, factory: Callable[[], Service]) -> None:
        self._factory = factory
        self._service: Service | None = None
        self._ending: Service | None = None
        self._deliveries = _Deliveries()
        self.subscribe = self._deliveries.subscribe

    @property
    def url(self) -> str:
        return self._service.url if self._service else ""

    @property
    def is_running(self) -> bool:
        return bool(self.url)

    async def start(self) -> None:
        service = self._factory()
        self._deliveries.begin()
        service.bus.subscribe(self._deliveries.post)
        try:
            await service.start()
        except BaseException:
            await _surely(asyncio.ensure_future(service.stop()))
            raise
        self._service = service

    async def stop(self) -> None:
        service, self._service = self._service, None
        self._ending = service
        try:
            if service:
                await _surely(asyncio.ensure_future(service.stop()))
        finally:
            self._ending = None
            self._deliveries.deliver()

    async def call(self, work: Callable[[Service], Awaitable[T]]) -> T:
        service = self._service or self._ending
        if service is None:
            raise _not_running()
        return await work(service)

    async def ended(self) -> Ending:
        if self._service is None:
            raise _not_running()
        await self._service.stop_wanted.wait()
        return Ending(is_wanted=True)


class ThreadHost:
    """The service on a loop of its own, in a thread."""

    def __init__(self, factory: Callable[[], Service]) -> None:
        self._factory = factory
        self._life: _Life | None = None
        self._ending: _Life | None = None
        self._deliveries = _Deliveries()
        self.subscribe = self._deliveries.subscribe

    @property
    def url(self) -> str:
        life = self._life
        return life.service.url if life and life.service and not life.over.done() else ""

    @property
    def is_running(self) -> bool:
        return bool(self.url)

    async def start(self) -> None:
        self._deliveries.begin()
        life = _Life(self._factory, self._deliveries.post)
        try:
            await life.started
        except BaseException:
            await life.end()
            raise
        self._life = life

    async def stop(self) -> None:
        life, self._life = self._life, None
        self._ending = life
        try:
            if life:
                await life.end()
        finally:
            self._ending = None
            self._deliveries.deliver()

    async def call(self, work: Callable[[Service], Awaitable[T]]) -> T:
        life = self._life or self._ending
        if life is None:
            raise _not_running()
        return await life.call(work)

    async def ended(self) -> Ending:
        if self._life is None:
            raise _not_running()
        return await asyncio.shield(self._life.ending)


class _Life:
    """One service in one thread, from its start to its end.

    The futures belong to the application's loop: `started` fails with what `Service.start` raised,
    `ending` tells why the service is about to end, and `over` is done when the thread has ended.
    """

    def __init__(self, factory: Callable[[], Service], post: Subscriber) -> None:
        self._factory = factory
        self._post = post
        self._outer = asyncio.get_running_loop()
        self.service: Service | None = None
        self.started: asyncio.Future[None] = self._outer.create_future()
        self.ending: asyncio.Future[Ending] = self._outer.create_future()
        self.over: asyncio.Future[None] = self._outer.create_future()
        self._inner: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._stop_asked = threading.Event()
        self._stopping: asyncio.Event | None = None
        threading.Thread(target=self._run, name="service", daemon=True).start()

    # -- from the application's loop -------------------------------------------------------

    async def end(self) -> None:
        """Stop the service, however far it has come, and wait for the thread."""
        self._stop_asked.set()
        if self._inner:
            with suppress(RuntimeError):  # its loop has ended
                self._inner.call_soon_threadsafe(self._stop)
        await _surely(self.over)

    async def call(self, work: Callable[[Service], Awaitable[T]]) -> T:
        service, inner = self.service, self._inner
        if service is None or inner is None or self.over.done():
            raise _not_running()

        async def done() -> T:
            return await work(service)

        coroutine = done()
        try:
            result = asyncio.run_coroutine_threadsafe(coroutine, inner)
        except RuntimeError as exc:
            coroutine.close()
            raise _not_running() from exc
        waiting = asyncio.wrap_future(result)
        either: set[asyncio.Future[Any]] = {waiting, self.over}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
        if waiting.cancelled() or not waiting.done():
            raise _not_running()
        return waiting.result()

    # -- in the thread ---------------------------------------------------------------------

    def _run(self) -> None:
        problem = ""
        try:
            with _quick_switching(), asyncio.Runner(loop_factory=_loop_factory()) as runner:
                self._inner = runner.get_loop()
                runner.run(self._serve())
        except asyncio.CancelledError:
            pass
        except BaseException as exc:
            log.exception("the service's thread ended")
            problem = f"{type(exc).__name__}: {exc}"
        self._tell(self._finish, problem)

    async def _serve(self) -> None:
        self._task = asyncio.current_task()
        self._stopping = asyncio.Event()
        if self._stop_asked.is_set():
            return
        try:
            service = await self._started()
        except Exception as exc:  # noqa: BLE001  # it belongs to whoever waits for the start
            self._tell(_fail, self.started, exc)
            return
        self.service = service
        self._tell(_give, self.started, None)
        try:
            await self._wanted_end(service)
        finally:
            await service.stop()

    async def _started(self) -> Service:
        service = self._factory()
        service.bus.subscribe(self._post)
        try:
            await service.start()
        except BaseException:
            await service.stop()
            raise
        return service

    async def _wanted_end(self, service: Service) -> None:
        assert self._stopping  # noqa: S101  # for the type checker
        async with asyncio.TaskGroup() as tasks:
            asked = tasks.create_task(service.stop_wanted.wait())
            asked.add_done_callback(self._asked)
            await self._stopping.wait()
            asked.cancel()

    def _asked(self, waiting: asyncio.Task[bool]) -> None:
        if not waiting.cancelled():
            self._tell(_give, self.ending, Ending(is_wanted=True))

    def _stop(self) -> None:
        if self.service and self._stopping:
            self._stopping.set()
        elif self._task:
            self._task.cancel()  # it still starts

    def _tell(self, callback: Callable[..., object], *args: object) -> None:
        with suppress(RuntimeError):  # the application has ended
            self._outer.call_soon_threadsafe(callback, *args)

    # -- told to the application's loop ----------------------------------------------------

    def _finish(self, problem: str) -> None:
        _give(self.ending, Ending(is_wanted=False, problem=problem))
        _fail(self.started, ServiceError("The router ended while it started", problem))
        _give(self.over, None)


async def _surely(end: asyncio.Future[None]) -> None:
    """Wait for it; whoever is cancelled meanwhile hears of that afterwards."""
    cancelled: asyncio.CancelledError | None = None
    while not end.done():
        try:
            await asyncio.wait({end})
        except asyncio.CancelledError as exc:
            cancelled = exc
    end.result()
    if cancelled:
        raise cancelled


def _give(future: asyncio.Future[T], value: T) -> None:
    if not future.done():
        future.set_result(value)


def _fail(future: asyncio.Future[None], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
        future.exception()  # whoever waited may be gone


@contextmanager
def _quick_switching() -> Iterator[None]:
    """Have the window wait less for Python, which both threads share."""
    before_s = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before_s)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415  # not on every system
    except ImportError:
        return None
    return uvloop.new_event_loop


def _not_running() -> ServiceError:
    return ServiceError("The router is off", "Start it first.")
