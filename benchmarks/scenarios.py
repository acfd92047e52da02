"""What is played: the provider's script, the requests and how many, what is read off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import bodies
from benchmarks.bodies import Conversation

KB, MB = 1_000, 1_000_000
_SESSIONS = 8


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure by its key in the client's summary or among the costs, and what to call it."""

    key: str
    title: str


FIRST = Measure("first_ms_p50", "first text, ms")
FIRST_P99 = Measure("first_ms_p99", "first text, ms, p99")
LAG = Measure("lag_ms_p50", "a chunk's way, ms")
LAG_P99 = Measure("lag_ms_p99", "a chunk's way, ms, p99")
CHUNKS = Measure("chunks_per_s", "chunks/s")
REQUESTS = Measure("requests_per_s", "requests/s")
CPU = Measure("cpu_s_per_10k", "CPU s per 10,000 chunks")
ANSWER_CPU = Measure("cpu_ms_per_answer", "CPU ms per answer")
MEMORY = Measure("memory_mb", "memory after it, MB")
START = Measure("start_s", "first good answer, s")
IDLE = Measure("idle_mb", "memory, MB")
LINE = Measure("line_ms", "drawn in, ms")
LINE_RATIO = Measure("line_ratio", "times an empty `python -c pass`")
FLAT_FIRST = Measure("flat_first_mb", "memory after the first round, MB")
FLAT_GROWTH = Measure("flat_growth_percent", "growth to the last round, %")

Bodies = Callable[[int], list[bytes]]
"""The requests of a round, by its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One kind of load. It lasts for a number of requests or for some seconds."""

    name: str
    what: str
    script: str
    bodies: Bodies
    measures: tuple[Measure, ...]
    connections: int = 1
    requests: int = 0
    seconds: float = 0.0
    warm_up: int = 0
    marks: int = 0
    only_once: bool = False
    only_ours: bool = False
    """Whether it is for what the peer does not do."""
    timeout_s: float = 60.0


def _small(_: int) -> list[bytes]:
    return [bodies.small(stream=True)]


def _small_json(_: int) -> list[bytes]:
    return [bodies.small(stream=False)]


def _fresh(count: int, size_bytes: int) -> Bodies:
    """Conversations that were never seen before, in no round."""

    def make(turn: int) -> list[bytes]:
        seeds = range(turn * count, (turn + 1) * count)
        return [Conversation(seed=seed, size_bytes=size_bytes).request() for seed in seeds]

    return make


def _growing(count: int, size_bytes: int) -> Bodies:
    """One conversation, turn after turn."""

    def make(turn: int) -> list[bytes]:
        conversation = Conversation(seed=10_000 + turn, size_bytes=size_bytes)
        return [conversation.next_request() for _ in range(count)]

    return make


def _fire(connections: int, seconds: float, *more: Measure) -> Scenario:
    return Scenario(
        name=f"fire{connections}",
        what=f"{connections} streams as fast as they go, 400 chunks each",
        script="kind=text&chunks=400",
        bodies=_small,
        measures=(CHUNKS, *more),
        connections=connections,
        seconds=seconds,
        warm_up=1,
        marks=400,
    )


def _dialect(provider: str, name: str) -> Scenario:
    """What `fire8` is for Chat Completions."""
    body = bodies.small(stream=True, model=f"{provider},bench")
    return Scenario(
        name=f"{provider}8",
        what=f"8 streams of {name} as fast as they go, 400 chunks each",
        script="kind=text&chunks=400",
        bodies=lambda _: [body],
        measures=(CHUNKS, CPU),
        connections=8,
        seconds=3.0,
        warm_up=1,
        marks=400,
        only_ours=True,
    )


def _json(connections: int) -> Scenario:
    return Scenario(
        name=f"json{connections}",
        what=f"small JSON answers, {connections} at a time",
        script="kind=json",
        bodies=_small_json,
        measures=(REQUESTS, ANSWER_CPU),
        connections=connections,
        seconds=2.5,
        warm_up=2,
    )


SCENARIOS = (
    Scenario(
        name="ttft-new",
        what="100 KB request, each of a conversation never seen",
        script="kind=text&chunks=4",
        bodies=_fresh(20, 100 * KB),
        measures=(FIRST, FIRST_P99),
        requests=20,
        marks=4,
    ),
    Scenario(
        name="ttft",
        what="100 KB requests of one conversation, turn after turn",
        script="kind=text&chunks=4",
        bodies=_growing(20, 100 * KB),
        measures=(FIRST, FIRST_P99),
        requests=60,
        warm_up=1,
        marks=4,
    ),
    Scenario(
        name="ttft8",
        what="100 KB requests of eight conversations at a time",
        script="kind=text&chunks=4",
        bodies=_fresh(_SESSIONS, 100 * KB),
        measures=(REQUESTS, FIRST, FIRST_P99, ANSWER_CPU),
        connections=_SESSIONS,
        requests=120,
        warm_up=2,
        marks=4,
    ),
    Scenario(
        name="paced32",
        what="32 streams with a chunk every 10 ms each",
        script="kind=paced&chunks=200&pace_ms=10",
        bodies=_small,
        measures=(LAG, LAG_P99, CPU),
        connections=32,
        requests=32,
        warm_up=1,
        marks=200,
    ),
    _fire(1, 3.0),
    _fire(8, 3.0, CPU),
    _fire(32, 3.0, CPU, MEMORY),
    _fire(128, 4.5),
    _dialect("responses", "the Responses API"),
    _dialect("gemini", "Gemini"),
    Scenario(
        name="tools8",
        what="8 streams with three tool calls of 100 pieces each",
        script="kind=tools&calls=3",
        bodies=_small,
        measures=(CHUNKS,),
        connections=8,
        seconds=3.0,
        warm_up=1,
        marks=300,
    ),
    _json(1),
    _json(16),
    Scenario(
        name="big1m",
        what="1 MB request",
        script="kind=text&chunks=4",
        bodies=_fresh(4, MB),
        measures=(FIRST,),
        requests=8,
        marks=4,
    ),
    Scenario(
        name="big10m",
        what="10 MB request",
        script="kind=text&chunks=4",
        bodies=_fresh(1, 10 * MB),
        measures=(FIRST, MEMORY),
        requests=2,
        marks=4,
        only_once=True,
        timeout_s=90.0,
    ),
)
FLAT = _fire(32, 1.0)
"""What `flat` repeats."""
