"""The order in which a connection to a message bus hands on what it reads."""

import asyncio
from pathlib import Path

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    Parser,
    new_method_return,
    new_signal,
)

from ccr_desktop.desktop.system.bus import Bus

PLACE = DBusAddress("/example", bus_name="org.example.It", interface="org.example.It")


async def answer_and_signal_at_once(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """A bus whose reply to `Show` and the signal after it arrive in one read."""
    await reader.readuntil(b"\r\n")
    writer.write(b"OK 0123456789abcdef0123456789abcdef\r\n")
    await reader.readuntil(b"BEGIN\r\n")
    parser = Parser()
    while data := await reader.read(65536):
        parser.add_data(data)
        while (message := parser.get_next_message()) is not None:
            if message.header.fields.get(HeaderFields.member) == "Show":
                writer.write(_both(message))
    writer.close()


def _both(call: Message) -> bytes:
    # A bus writes in who sent it: without that jeepney has no one to reply to.
    call.header.fields[HeaderFields.sender] = ":1.1"
    reply = new_method_return(call, "u", (7,))
    assert reply.header.message_type is MessageType.method_return
    signal = new_signal(PLACE, "Clicked", "u", (7,))
    return bytes(reply.serialise(1) + signal.serialise(2))


async def test_a_signal_comes_after_the_reply_that_was_sent_before_it(tmp_path: Path) -> None:
    address = tmp_path / "bus"
    server = await asyncio.start_unix_server(answer_and_signal_at_once, address)
    heard: list[str] = []
    was_clicked = asyncio.Event()

    def clicked(body: tuple[int]) -> None:
        heard.append(f"clicked {body[0]}")
        was_clicked.set()

    bus = Bus(f"unix:path={address}")
    bus.listen("org.example.It", "org.example.It", "Clicked", clicked)
    running = asyncio.ensure_future(bus.run())
    (number,) = await bus.call(PLACE, "Show")
    heard.append(f"shown {number}")
    await asyncio.wait_for(was_clicked.wait(), 30)

    assert heard == ["shown 7", "clicked 7"]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    server.close()
    await server.wait_closed()
