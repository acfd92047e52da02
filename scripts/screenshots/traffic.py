"""Real requests through the service to a scripted provider, and the same at fixed times.

What is shown has to be the same at each run, so the events of the service are kept and told again
with times and names of our own.
"""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import aiohttp

from ccr_desktop.core.observe.events import AnswerBegan, AttemptFailed, ExchangeEnded, RouteChosen
from tests.support.turns import Answer, http_error, text, usage
from tests.support.upstream import Request, Upstream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ccr_desktop.core.observe.events import Event

JsonObject = dict[str, Any]
SONNET, HAIKU = "claude-sonnet-4-5-20250929", "claude-haiku-4-5-20251001"
FOLDERS = ("/home/ada/shop", "/home/ada/weather-station", "/home/ada/notes")
THINKING = {"thinking": {"type": "enabled", "budget_tokens": 4096}}
# What is asked for, one after the other; `stop` is stopped by hand, `stay` runs on.
REQUESTS: tuple[tuple[str, str], ...] = (
    (SONNET, "read"),
    (HAIKU, "title"),
    (SONNET, "write"),
    ("openrouter,qwen/qwen3-coder", "refused"),
    (SONNET, "think"),
    (SONNET, "fails"),
    (SONNET, "again"),
    (HAIKU, "title"),
    (SONNET, "stop"),
    (SONNET, "write"),
    (SONNET, "read"),
    (SONNET, "stay"),
)
_FIRST_S = (0.84, 0.31, 1.12, 0.42, 2.36, 3.91, 1.27, 0.28, 1.05, 0.93, 0.77, 1.18)
_TOOK_S = (6.4, 1.2, 14.8, 0.43, 21.6, 12.3, 9.1, 0.9, 4.4, 17.2, 5.3, 0.0)
_APART_S = 47.0


def answer_of(request: Request) -> Answer:
    """What the scripted provider says."""
    said = request.texts("user")
    if request.path.startswith("/openrouter"):
        return http_error(401, "No auth credentials found")
    if request.path.startswith("/deepseek") and "fails" in said:
        return http_error(503, "The server is overloaded, try again later")
    size = 800 + 137 * (len(said) % 40)
    turn = text("Here is what I found. " * 4)
    turn = replace(turn, usage=usage(size * 21, size // 3, size * 13))
    return replace(turn, gap_s=1.0) if "stop" in said or "stay" in said else turn


async def send_all(url: str, happened: list[Event]) -> list[asyncio.Task[None]]:
    """Send the requests; those that run on are returned."""
    loop, running = asyncio.get_running_loop(), []
    async with aiohttp.ClientSession() as session:
        for model, purpose in REQUESTS:
            if purpose not in {"stop", "stay"}:
                await _send(session, url, model, purpose)
    for model, purpose in REQUESTS:
        if purpose in {"stop", "stay"}:
            before = len(happened)
            running.append(loop.create_task(_send_alone(url, model, purpose)))
            await until(lambda at=before: any(isinstance(e, AnswerBegan) for e in happened[at:]))
    return running


async def _send_alone(url: str, model: str, purpose: str) -> None:
    async with aiohttp.ClientSession() as session:
        await _send(session, url, model, purpose)


async def _send(session: aiohttp.ClientSession, url: str, model: str, purpose: str) -> None:
    body = {
        "model": model,
        "max_tokens": 8192,
        "stream": True,
        "messages": [{"role": "user", "content": f"Please {purpose} the file."}],
        **(THINKING if purpose == "think" else {}),
    }
    async with session.post(f"{url}/v1/messages", json=body) as response:
        await response.read()


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for it; fail when it does not come to be."""
    loop = asyncio.get_running_loop()
    ends_s = loop.time() + 20
    while not is_so():
        if loop.time() > ends_s:
            raise TimeoutError
        await asyncio.sleep(0.01)


def told_again(happened: Iterable[Event], now_s: float, rounds: int = 1) -> Iterator[Event]:
    """The same at fixed times, in the order of `REQUESTS`; *rounds* makes many of few."""
    groups = _by_request(happened)
    for turn in reversed(range(rounds)):
        for number, events in enumerate(groups):
            is_running = not isinstance(events[-1], ExchangeEnded)
            if is_running and turn:
                continue
            at_s = now_s - (len(groups) * (turn + 1) - number) * _APART_S
            if is_running:
                at_s = now_s - 8.6
            for event in events:
                yield _settled(event, number, turn, at_s)


def _by_request(happened: Iterable[Event]) -> list[list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in happened:
        if name := getattr(event, "request_id", ""):
            found.setdefault(name, []).append(event)
    ordered = iter(found.values())
    late = {"stop", "stay"}
    early = itertools.islice(ordered, sum(purpose not in late for _, purpose in REQUESTS))
    kept = {False: iter(list(early)), True: ordered}
    return [next(kept[purpose in late]) for _, purpose in REQUESTS]


def _settled(event: Event, number: int, turn: int, at_s: float) -> Event:
    """*event* under a name that does not change, at the time when it has to be."""
    name = f"req_{turn:02d}{number:02d}c0ffee"
    first_s, took_s = _FIRST_S[number], _TOOK_S[number]
    match event:
        case RouteChosen():
            folder = FOLDERS[number % len(FOLDERS)]
            return replace(event, request_id=name, at_s=at_s, folder=folder, session_id="ada")
        case AnswerBegan():
            at_s += first_s
            return replace(event, request_id=name, at_s=at_s, first_s=first_s, waited_s=first_s)
        case ExchangeEnded():
            attempts = tuple(replace(a, request_id=name, at_s=at_s) for a in event.attempts)
            last = event.last_failure and replace(event.last_failure, request_id=name, at_s=at_s)
            return replace(
                event,
                request_id=name,
                at_s=at_s + took_s,
                first_s=None if event.first_s is None else first_s,
                duration_s=took_s,
                attempts=attempts,
                last_failure=last,
            )
        case AttemptFailed():
            return replace(event, request_id=name, at_s=at_s)
        case _:
            return replace(event, request_id=name, at_s=at_s)  # type: ignore[call-arg]


def upstream() -> Upstream:
    server = Upstream()
    server.respond(answer_of)
    return server
