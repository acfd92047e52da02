"""Node.js beside the router, for claude-code-router's plugins in JavaScript.

A process of its own, started when the first plugin is needed and again when it died. Both sides
exchange JSON objects, one a line; the other side is `resources/sidecar.mjs`.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import logging
import shutil
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from itertools import count, takewhile
from pathlib import Path
from typing import Any

from ccr_desktop import paths
from ccr_desktop.core.user_code import NotUsableError

log = logging.getLogger(__name__)

CALL_LIMIT_S = 30.0
_SCRIPT = "sidecar.mjs"
_FRAME = "    at "  # before each step of the way that Node.js came
_NOTE = "Require"  # begins what it says of the files that lead there: the one that is named anyway
_DESCRIBE_LIMIT_S = 20.0
_PING_LIMIT_S = 1.0
_LINE_LIMIT_BYTES = 256 * 1024 * 1024
MOST_HELD_BYTES = 64 * 1024 * 1024  # of one answer in the plugin
_MOST_WAITING = 16  # chunks of one answer before the provider has to wait
_MOST_SHOWN_BYTES = 1000  # of a line that is no message
_LEVELS = {"trace": 10, "debug": 10, "info": 20, "warn": 30, "error": 40, "fatal": 50}
_NO_NODE = (
    "this is JavaScript, and Node.js, which runs it, was not found. "
    "Install Node.js 18 or newer, or write it in Python: docs/writing-plugins.md shows how"
)


class JavaScriptError(Exception):
    """The plugin's code failed; the text is its own message."""


class TooMuchHeldError(Exception):
    """A plugin was given more of an answer than fits, and gave nothing of it back."""


def too_long(limit_s: float) -> JavaScriptError:
    return JavaScriptError(f"it took longer than {limit_s:g} s")


def describe(path: Path, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What a JavaScript file is: `kind` is `function`, `transformer` or `nothing`. Takes a moment.

    A transformer has a `name` and a list of its `hooks`. Raises `NotUsableError`.
    """
    command = [_node(), str(_script()), "describe", str(path), json.dumps(dict(options or {}))]
    try:
        printed = _printed(command).strip()
        if not printed:
            raise NotUsableError("it ended Node.js while it was loaded")
        told = json.loads(printed.rpartition(b"\n")[2])  # plugins print, too
    except subprocess.TimeoutExpired as exc:
        raise NotUsableError(f"it took longer than {_DESCRIBE_LIMIT_S:g} s to load") from exc
    except (OSError, ValueError) as exc:
        raise NotUsableError(f"Node.js could not run it: {exc}") from exc
    if "error" in told:
        raise NotUsableError(_trace(told["error"]["stack"]) or told["error"]["message"])
    found: dict[str, Any] = told["ok"]
    return found


def _trace(stack: str) -> str:
    """The way through the user's own files, and then what went wrong, as Python tells it.

    Node.js says it the other way round, and how it came there.
    """
    lines = stack.rstrip().splitlines()
    frames = [line for line in lines if line.startswith(_FRAME)]
    own = [line for line in frames if "node:" not in line and _SCRIPT not in line]
    said = [line for line in lines if not line.startswith(_FRAME)]
    said = list(takewhile(lambda line: not line.startswith(_NOTE), said))
    return "\n".join([*own, *said])


def _printed(command: list[str]) -> bytes:
    """What a program prints, which ends with ours at the latest."""
    null = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603  # the user's own file
        command, stdin=null, stdout=subprocess.PIPE, stderr=null
    ) as process:
        atexit.register(process.kill)
        try:
            return process.communicate(timeout=_DESCRIBE_LIMIT_S)[0]
        finally:
            process.kill()
            atexit.unregister(process.kill)


def _node() -> str:
    found = shutil.which("node")
    if found is None:
        raise NotUsableError(_NO_NODE)
    return found


def _script() -> Path:
    return paths.resource(_SCRIPT)


class Sidecar:
    """The process. `call` starts it when it does not run; `stop` ends it."""

    def __init__(self) -> None:
        self.generation = 0
        """How often it was started: what was loaded before is gone."""
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._numbers = count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._streams: dict[int, asyncio.Queue[dict[str, Any]]] = {}

    async def call(self, op: str, limit_s: float | None = None, **members: Any) -> Any:
        """The answer to one operation. Raises `JavaScriptError`, and `NotUsableError`."""
        await self.start()
        limit_s = CALL_LIMIT_S if limit_s is None else limit_s
        try:
            return await self._ask(op, limit_s, members)
        except TimeoutError as exc:
            await self.end_if_stuck()
            raise too_long(limit_s) from exc

    async def _ask(self, op: str, limit_s: float, members: Mapping[str, Any]) -> Any:
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(limit_s):  # a process that is stuck takes nothing, either
                await self._send({"id": number, "op": op, **members})
                return await answer
        finally:
            self._answers.pop(number, None)

    async def end_if_stuck(self) -> bool:
        """Code that never waits keeps all others from running: only a new process helps."""
        process = self._process
        try:
            await self._ask("ping", _PING_LIMIT_S, {})
        except (TimeoutError, JavaScriptError):
            if process and process.returncode is None:
                log.warning("Node.js does not answer any more and is ended")
                process.kill()
                await process.wait()
            return True
        return False

    async def respond(self, **members: Any) -> Response:
        """Begin to send an answer through a plugin."""
        await self.start()
        number = next(self._numbers)
        response = Response(self, number)
        self._streams[number] = response.queue
        try:
            async with asyncio.timeout(CALL_LIMIT_S):
                await self._send({"id": number, "op": "respond", **members})
        except BaseException as exc:
            self.forget(number)
            if not isinstance(exc, TimeoutError):
                raise
            await self.end_if_stuck()
            raise too_long(CALL_LIMIT_S) from exc
        return response

    async def start(self) -> None:
        """Start the process unless it runs."""
        async with self._starting:
            if self._runs():
                return
            self._process = await asyncio.create_subprocess_exec(
                _node(),
                str(_script()),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=_LINE_LIMIT_BYTES,
            )
            self.generation += 1
            self._reader = asyncio.ensure_future(self._read(self._process))

    def _runs(self) -> bool:
        """Whether the process lives and somebody hears it."""
        process, reader = self._process, self._reader
        return bool(process and process.returncode is None and reader and not reader.done())

    async def stop(self) -> None:
        """End the process."""
        process, reader = self._process, self._reader
        self._process = self._reader = None
        if process is None or reader is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        await reader

    async def signal(self, number: int, op: str, **members: Any) -> None:
        """A message that is not answered."""
        await self._send({"id": number, "op": op, **members})

    def forget(self, number: int) -> None:
        """Nobody waits for the rest of this answer."""
        self._streams.pop(number, None)

    async def _send(self, message: Mapping[str, Any]) -> None:
        process = self._process
        if process is None or process.stdin is None or process.returncode is not None:
            raise JavaScriptError("Node.js has ended")
        process.stdin.write(json.dumps(message).encode() + b"\n")
        try:
            await process.stdin.drain()
        except ConnectionError as exc:
            raise JavaScriptError("Node.js has ended") from exc

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None  # noqa: S101  # it is a pipe
        try:
            async for line in process.stdout:
                self._take_line(line)
        except Exception as exc:  # a line of endless length
            log.warning("what Node.js says can't be read, and it is ended", exc_info=exc)
        with suppress(ProcessLookupError):
            process.kill()  # nobody would hear what it says
        code = await process.wait()
        if self._process is process:
            log.warning("Node.js ended with code %s; it is started again when needed", code)
        self._break_off()

    def _take_line(self, line: bytes) -> None:
        """Plugins have ways past our redirection to print into what we read."""
        if not line.strip():
            return
        try:
            self._take(json.loads(line))
        except Exception:  # noqa: BLE001  # whatever it may be that was printed
            log.warning("plugin: %s", line[:_MOST_SHOWN_BYTES].decode("utf-8", "replace").strip())

    def _take(self, message: dict[str, Any]) -> None:
        match message:
            case {"event": "log", "level": level, "text": text}:
                log.log(_LEVELS.get(level, 20), "plugin: %s", text)
            case {"id": int(number), "event": _}:
                if queue := self._streams.get(number):
                    queue.put_nowait(message)
            case {"id": int(number)}:
                self._settle(self._answers.get(number), message)

    @staticmethod
    def _settle(answer: asyncio.Future[Any] | None, message: dict[str, Any]) -> None:
        if answer is None or answer.done():
            return
        if "error" in message:
            answer.set_exception(JavaScriptError(message["error"]["message"]))
        else:
            answer.set_result(message.get("ok"))

    def _break_off(self) -> None:
        """Whoever waits for the process that ended is told."""
        error = {"message": "Node.js has ended", "stack": ""}
        for answer in self._answers.values():
            self._settle(answer, {"error": error})
        for queue in self._streams.values():
            queue.put_nowait({"event": "failed", "error": error})


class Response:
    """One answer on its way through a plugin: `write` puts bytes in, `read` gives what came out."""

    def __init__(self, sidecar: Sidecar, number: int) -> None:
        self.queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        """What Node.js says of it."""
        self.status = 200
        self.headers: Mapping[str, str] = {}
        self._sidecar = sidecar
        self._number = number
        self._complete_s: float | None = None
        self._has_room = asyncio.Event()
        self._has_ended = False
        self._held = 0  # bytes that went in and did not come out

    async def write(self, data: bytes) -> None:
        """Put bytes in, once the client has taken most of what came before.

        Raises `TooMuchHeldError`.
        """
        self._held += len(data)
        if self._held > MOST_HELD_BYTES:
            size = MOST_HELD_BYTES // 1024**2
            raise TooMuchHeldError(f"it holds back more than {size} MB of the answer")
        while self.queue.qsize() > _MOST_WAITING and not self._has_ended:
            self._has_room.clear()
            await self._has_room.wait()
        await self._sidecar.signal(self._number, "chunk", data=b64encode(data).decode())

    async def end(self) -> None:
        """Everything was put in."""
        self._complete_s = asyncio.get_running_loop().time()
        await self._sidecar.signal(self._number, "end")

    async def begin(self) -> None:
        """Wait for status and headers.

        A plugin that wants the whole answer first waits for the provider; then its time begins.
        """
        while True:
            try:
                async with asyncio.timeout(self._left_s()):
                    message = await self._next()
                    self.status, self.headers = message["status"], message["headers"]
                    return
            except TimeoutError as exc:
                if await self._sidecar.end_if_stuck() or self._left_s() <= 0:
                    raise too_long(CALL_LIMIT_S) from exc

    def _left_s(self) -> float:
        if self._complete_s is None:
            return CALL_LIMIT_S
        return self._complete_s + CALL_LIMIT_S - asyncio.get_running_loop().time()

    async def read(self) -> bytes:
        """The next bytes; empty at the end."""
        while not self._has_ended:
            message = await self._next()
            if message["event"] == "end":
                self._has_ended = True
            elif data := b64decode(message.get("data", "")):
                self._held = max(0, self._held - len(data))
                return data
        return b""

    async def _next(self) -> dict[str, Any]:
        message = await self.queue.get()
        self._has_room.set()
        if message["event"] == "failed":
            self._has_ended = True
            raise JavaScriptError(message["error"]["message"])
        return message

    async def broke(self, reason: str) -> None:
        """What comes in has broken off."""
        await self._sidecar.signal(self._number, "broken", error=reason)

    async def cancel(self) -> None:
        """Nobody wants the rest."""
        self._has_room.set()
        self._sidecar.forget(self._number)
        if not self._has_ended:
            self._has_ended = True
            with suppress(JavaScriptError):
                await self._sidecar.signal(self._number, "cancel")
