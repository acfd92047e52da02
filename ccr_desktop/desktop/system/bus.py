"""A connection to a D-Bus message bus, made anew whenever it is lost.

`run` belongs into the app's task group: it connects, hears signals and hands out replies. Handlers
stay through a new connection. Messages are jeepney's, which keyring brings on Linux.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, Parser, new_method_call
from jeepney.auth import BEGIN, Authenticator
from jeepney.bus import get_bus
from jeepney.bus_messages import message_bus

log = logging.getLogger(__name__)

LIMIT_S = 5.0
_FIRST_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 60.0
_READ_BYTES = 65536

Body = tuple[Any, ...]
Handler = Callable[[Body], None]


class BusError(Exception):
    """The bus can't be reached, nobody answered, or the answer is an error."""


@dataclass(frozen=True, slots=True)
class _Listener:
    rule: str
    interface: str
    member: str
    handler: Handler

    def wants(self, message: Message) -> bool:
        fields = message.header.fields
        wanted = (self.interface, self.member)
        return wanted == (fields.get(HeaderFields.interface), fields.get(HeaderFields.member))


class Bus:
    """`address` is SESSION, SYSTEM, or an address as D-Bus writes them."""

    def __init__(self, address: str = "SESSION") -> None:
        self._address = address
        self._listeners: list[_Listener] = []
        self._replies: dict[int, asyncio.Future[Message]] = {}
        self._serials = count(1)
        self._writer: asyncio.StreamWriter | None = None
        self._was_tried = asyncio.Event()

    def listen(
        self, sender: str, interface: str, member: str, handler: Handler, **more: str
    ) -> None:
        """Call *handler* with what such signals hold. Do this before `run`.

        The bus itself looks at the sender, so that nobody else is taken for it.
        """
        match = {"type": "signal", "sender": sender, "interface": interface, "member": member}
        rule = ",".join(f"{name}='{value}'" for name, value in {**match, **more}.items())
        self._listeners.append(_Listener(rule, interface, member, handler))

    async def run(self) -> None:
        """Until it is cancelled. A bus that is not there is asked again, more and more seldom."""
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                await self._connected()
                pause_s = _FIRST_PAUSE_S
            except (OSError, EOFError, ValueError, KeyError, RuntimeError) as exc:
                log.debug("no message bus (%s): %s", self._address, exc)
            self._was_tried.set()
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)

    async def call(
        self, place: DBusAddress, member: str, signature: str = "", body: Body = ()
    ) -> Body:
        """What the method returns. Raises `BusError`, within `LIMIT_S` seconds."""
        try:
            async with asyncio.timeout(LIMIT_S):
                await self._was_tried.wait()
                reply = await self._asked(new_method_call(place, member, signature or None, body))
        except TimeoutError:
            raise BusError(f"{member}: no answer within {LIMIT_S:g} s") from None
        except OSError as exc:
            raise BusError(f"{member}: {exc}") from exc
        if reply.header.message_type is MessageType.error:
            name = reply.header.fields.get(HeaderFields.error_name)
            raise BusError(f"{member}: {name}: {' '.join(map(str, reply.body))}")
        return tuple(reply.body)

    async def _asked(self, message: Message) -> Message:
        if self._writer is None:
            raise BusError("there is no message bus")
        serial = next(self._serials)
        reply = self._replies[serial] = asyncio.get_running_loop().create_future()
        try:
            self._writer.write(message.serialise(serial))
            return await reply
        finally:
            self._replies.pop(serial, None)

    # -- the connection ----------------------------------------------------------------------

    async def _connected(self) -> None:
        """Connect, and hear until the connection is lost."""
        reader, writer = await asyncio.open_unix_connection(get_bus(self._address))
        try:
            await _authenticate(reader, writer)
            self._greet(writer)
            await self._hear(reader)
        finally:
            self._writer = None
            self._lose_replies()
            writer.close()

    def _greet(self, writer: asyncio.StreamWriter) -> None:
        """The bus works in this order, so nothing needs to wait for its answers."""
        greetings = [message_bus.Hello()]
        greetings += [message_bus.AddMatch(listener.rule) for listener in self._listeners]
        for message in greetings:
            writer.write(message.serialise(next(self._serials)))
        self._writer = writer
        self._was_tried.set()

    async def _hear(self, reader: asyncio.StreamReader) -> None:
        parser = Parser()
        while data := await reader.read(_READ_BYTES):
            parser.add_data(data)
            while (message := parser.get_next_message()) is not None:
                self._take(message)

    def _take(self, message: Message) -> None:
        kind = message.header.message_type
        if kind in {MessageType.method_return, MessageType.error}:
            reply = self._replies.get(message.header.fields.get(HeaderFields.reply_serial, -1))
            if reply and not reply.done():
                reply.set_result(message)
        elif kind is MessageType.signal:
            self._tell(message)

    def _tell(self, message: Message) -> None:
        """On a later turn of the loop: whoever waits for a reply that came before goes on first."""
        loop = asyncio.get_running_loop()
        for listener in self._listeners:
            if listener.wants(message):
                loop.call_soon(_hand, listener.handler, message)

    def _lose_replies(self) -> None:
        for reply in self._replies.values():
            if not reply.done():
                reply.set_exception(BusError("the message bus went away"))


def _hand(handler: Handler, message: Message) -> None:
    """Signals of other programs may hold anything: none ends the connection."""
    try:
        handler(tuple(message.body))
    except Exception:
        log.exception("a signal could not be used")


async def _authenticate(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    dialogue = Authenticator()
    for words in dialogue:
        writer.write(words)
        answer = await reader.read(1024)
        if not answer:
            raise EOFError("the bus hung up")
        dialogue.feed(answer)
    writer.write(BEGIN)
