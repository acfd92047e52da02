"""Timers, sockets, TLS, processes, names and threads on the application's loop."""

import asyncio
import contextlib
import os
import socket
import ssl
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trustme
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QTimer

from ccr_desktop.desktop.loop import Loop
from tests.unit.desktop.waiting import eventually

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="readers and writers of POSIX")


@given(
    delays_ms=st.lists(st.integers(0, 8), max_size=30),
    cancelled=st.sets(st.integers(0, 29)),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_timers_fire_once_in_the_order_of_their_times(
    qloop: Loop, delays_ms: list[int], cancelled: set[int]
) -> None:
    fired: list[tuple[float, float, int]] = []

    def fire(when_s: float, number: int) -> None:
        fired.append((when_s, qloop.time(), number))

    async def wait() -> None:
        base_s = qloop.time()
        timers = []
        for number, delay_ms in enumerate(delays_ms):
            when_s = base_s + delay_ms / 1000
            timers.append(qloop.call_at(when_s, fire, when_s, number))
        for number in cancelled & set(range(len(timers))):
            timers[number].cancel()
        done = asyncio.Event()
        qloop.call_at(base_s + 0.0085, done.set)
        await done.wait()

    qloop.run_until_complete(wait())

    assert [when_s for when_s, _, _ in fired] == sorted(when_s for when_s, _, _ in fired)
    assert {number for _, _, number in fired} == set(range(len(delays_ms))) - cancelled
    assert len(fired) == len({number for _, _, number in fired})
    assert all(at_s >= when_s - qloop._clock_resolution for when_s, at_s, _ in fired)


async def test_a_timeout_cancels_what_takes_too_long(qloop: Loop) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await asyncio.Event().wait()


async def test_an_earlier_timer_overtakes_a_later_one(qloop: Loop) -> None:
    fired: list[str] = []
    late = qloop.call_later(600, fired.append, "late")
    await asyncio.sleep(0.001)
    qloop.call_later(0.001, fired.append, "early")

    await eventually(lambda: fired)

    assert fired == ["early"]
    late.cancel()


async def test_a_timer_set_by_a_slot_of_qt_fires(qloop: Loop) -> None:
    fired = asyncio.Event()
    QTimer.singleShot(1, lambda: qloop.call_later(0.001, fired.set))

    await fired.wait()


async def test_a_timer_tells_its_time(qloop: Loop) -> None:
    before_s = qloop.time()

    timer = qloop.call_later(60, print)

    assert before_s + 60 <= timer.when() <= qloop.time() + 60
    timer.cancel()


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


@asynccontextmanager
async def echoing(tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server that sends everything back, until it has ended with all its tasks."""
    others = asyncio.all_tasks()
    async with await asyncio.start_server(echo, "127.0.0.1", 0, ssl=tls) as server:
        yield server.sockets[0].getsockname()[1]
    await eventually(lambda: asyncio.all_tasks() <= others)


@pytest.mark.parametrize("is_secret", [False, True])
async def test_large_data_goes_both_ways(qloop: Loop, is_secret: bool) -> None:
    server_tls, client_tls = contexts() if is_secret else (None, None)
    sent = os.urandom(3_000_000)
    received = bytearray()
    async with echoing(server_tls) as port:
        reader, writer = await asyncio.open_connection("localhost", port, ssl=client_tls)

        async def receive() -> None:
            while len(received) < len(sent):
                received.extend(await reader.read(65536))

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(receive())
            writer.write(sent)
            await writer.drain()
        writer.close()
        with contextlib.suppress(ssl.SSLError, ConnectionError):
            await writer.wait_closed()

    assert bytes(received) == sent


async def test_a_certificate_that_is_not_trusted_is_refused(qloop: Loop) -> None:
    server_tls, _ = contexts()
    qloop.set_exception_handler(lambda *_: None)  # the server's side of it
    async with echoing(server_tls) as port:
        with pytest.raises(ssl.SSLCertVerificationError):
            await asyncio.open_connection("localhost", port, ssl=ssl.create_default_context())


def contexts() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    authority = trustme.CA()
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(server)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    return server, client


@POSIX
async def test_readers_and_writers_are_told_until_they_are_removed(qloop: Loop) -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    told: list[str] = []
    qloop.add_reader(ours, told.append, "first reader")
    qloop.add_reader(ours, told.append, "reader")
    qloop.add_writer(ours, told.append, "writer")
    theirs.send(b"x")

    await eventually(lambda: {"reader", "writer"} <= set(told))
    assert qloop.remove_writer(ours)
    assert not qloop.remove_writer(ours)
    ours.recv(1)
    assert qloop.remove_reader(ours)
    assert not qloop.remove_reader(ours)
    theirs.send(b"x")
    count = len(told)
    await asyncio.sleep(0.01)

    assert len(told) == count
    assert "first reader" not in told
    ours.close()
    theirs.close()


async def test_sockets_are_used_without_a_transport(qloop: Loop) -> None:
    with socket.socket() as listener, socket.socket() as client:
        for each in (listener, client):
            each.setblocking(False)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        connecting = asyncio.ensure_future(qloop.sock_connect(client, listener.getsockname()))
        accepted, _ = await qloop.sock_accept(listener)
        await connecting
        with accepted:
            await qloop.sock_sendall(client, b"hello")
            assert await qloop.sock_recv(accepted, 100) == b"hello"


async def test_a_connection_that_is_refused_says_so(qloop: Loop) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(*taken.getsockname())


async def test_processes_are_run_and_waited_for(qloop: Loop) -> None:
    code = "import sys; print(sys.stdin.read()[::-1]); sys.exit(3)"
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdin=pipe, stdout=pipe
    )

    output, _ = await process.communicate(b"olleh")

    assert (output.strip(), process.returncode) == (b"hello", 3)


async def test_a_process_that_is_killed_is_told(qloop: Loop) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "input()", stdin=asyncio.subprocess.PIPE
    )
    process.kill()

    assert await process.wait() != 0


async def test_names_are_looked_up_and_threads_used(qloop: Loop) -> None:
    found = await qloop.getaddrinfo("localhost", 80, type=socket.SOCK_STREAM)
    thread = await asyncio.to_thread(threading.get_ident)

    assert found
    assert thread != threading.get_ident()
    with pytest.raises(ZeroDivisionError):
        await asyncio.to_thread(lambda: 1 // 0)


async def test_many_connections_at_once_are_served(qloop: Loop) -> None:
    async def ask(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"x" * 1000)
        answer = await reader.readexactly(1000)
        writer.close()
        await writer.wait_closed()
        return answer

    async with echoing() as port:
        answers = await asyncio.gather(*(ask(port) for _ in range(200)))

    assert answers == [b"x" * 1000] * 200
