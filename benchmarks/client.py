"""The load client: sends requests, counts and times what comes back, prints it as JSON.

`python -m benchmarks.client PLAN`, the plan being a JSON object with the fields of `Plan`.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.wire import Answer, Connection

_CONNECT_TIMEOUT_S = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to send, how often, and what a good answer looks like."""

    port: int
    path: str
    key: str
    bodies: list[str]
    """Files with requests; they take turns."""
    connections: int = 1
    requests: int = 0
    seconds: float = 0.0
    """Instead of a number of requests: how long new ones are begun."""
    warm_up: int = 0
    """Requests of each connection that do not count."""
    marks: int = 0
    """How many marks the stream must have; 0: the answer is a JSON object."""
    timeout_s: float = 60.0


@dataclass(slots=True)
class Phase:
    """Requests that are counted together, and how many more of them may begin."""

    requests: int
    until_s: float
    answers: list[Answer] = field(default_factory=list)
    begun: int = 0

    def may_begin(self) -> bool:
        if self.until_s:
            return time.monotonic() < self.until_s
        return self.begun < self.requests


def _request(plan: Plan, body: bytes) -> bytes:
    lines = [
        f"POST {plan.path} HTTP/1.1",
        f"host: 127.0.0.1:{plan.port}",
        "content-type: application/json",
        "anthropic-version: 2023-06-01",
        "user-agent: claude-cli/2.1.330 (external, cli)",
        f"x-api-key: {plan.key}",
        f"content-length: {len(body)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def run(plan: Plan, requests: list[bytes]) -> dict[str, Any]:
    """Warm up, then measure."""
    connections = [Connection() for _ in range(plan.connections)]
    warming = Phase(plan.warm_up * plan.connections, 0)
    await _play(plan, warming, connections, requests)
    until_s = time.monotonic() + plan.seconds if plan.seconds else 0
    phase = Phase(plan.requests, until_s)
    start_s = time.monotonic()
    in_time = await _play(plan, phase, connections, requests)
    summary = _summary(plan, phase, time.monotonic() - start_s, in_time=in_time)
    every = warming.answers + phase.answers
    marks = sum(answer.marks for answer in every)
    return {**summary, "all_answers": len(every), "all_chunks": marks}


async def _play(
    plan: Plan, phase: Phase, connections: list[Connection], requests: list[bytes]
) -> bool:
    """Keep every connection busy; whether all of it ended within the time limit."""
    workers = [_work(plan, phase, connection, requests) for connection in connections]
    try:
        async with asyncio.timeout(plan.seconds + plan.timeout_s):
            await asyncio.gather(*workers)
    except TimeoutError:
        return False
    return True


async def _work(plan: Plan, phase: Phase, connection: Connection, requests: list[bytes]) -> None:
    loop = asyncio.get_running_loop()
    while phase.may_begin():
        request = requests[phase.begun % len(requests)]
        phase.begun += 1
        if connection.transport is None:
            async with asyncio.timeout(_CONNECT_TIMEOUT_S):
                await loop.create_connection(lambda: connection, "127.0.0.1", plan.port)
        answer = await connection.ask(request)
        phase.answers.append(answer)


def _summary(plan: Plan, phase: Phase, wall_s: float, *, in_time: bool) -> dict[str, Any]:
    good = [answer for answer in phase.answers if answer.is_good(plan.marks)]
    bad = [answer for answer in phase.answers if not answer.is_good(plan.marks)]
    marks = sum(answer.marks for answer in good)
    return {
        "finished": len(good),
        "failed": phase.begun - len(good),
        "first_failure": _complaint(bad, in_time=in_time),
        "chunks_per_s": marks / wall_s,
        "requests_per_s": len(good) / wall_s,
        **_spread("first_ms", [(a.first_mark_s - a.sent_s) * 1e3 for a in good if a.marks]),
        **_spread("answer_ms", [(a.end_s - a.sent_s) * 1e3 for a in good]),
        **_spread("lag_ms", [lag / 1e3 for answer in good for lag in answer.lags_us]),
    }


def _complaint(bad: list[Answer], *, in_time: bool) -> str:
    if bad:
        return f"{bad[0].status}, {bad[0].marks} marks: {bad[0].excerpt.decode(errors='replace')}"
    return "" if in_time else "no end within the time limit"


def _spread(name: str, values: list[float]) -> dict[str, float]:
    """Median and 99th percentile."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return {f"{name}_p{p}": ordered[last * p // 100] for p in (50, 99)} if ordered else {}


def main() -> None:
    plan = Plan(**json.loads(sys.argv[1]))
    requests = [_request(plan, Path(name).read_bytes()) for name in plan.bodies]
    print(json.dumps(asyncio.run(run(plan, requests))))


if __name__ == "__main__":
    main()
