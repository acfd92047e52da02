"""Requests as a journal has them, without a service: for tests of what shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ccr_desktop.core.observe.events import (
    AnswerBegan,
    AttemptFailed,
    Event,
    ExchangeEnded,
    RouteChosen,
)
from ccr_desktop.core.observe.journal import Journal

AT_S = 1_790_000_000.0
USAGE = {"input_tokens": 1200, "output_tokens": 34, "cache_read_input_tokens": 500}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A decision that says where to, and why."""

    route: str = "deepseek,chat"
    scenario: str = "default"

    def as_json(self) -> dict[str, Any]:
        trace = [
            {"rule": "background", "matched": False, "reason": "no Haiku model"},
            {"rule": "rule:night", "matched": False, "reason": "forbids groq,fast: it is night"},
            {"rule": self.scenario, "matched": True, "reason": "no other rule took it"},
        ]
        return {"route": self.route, "scenario": self.scenario, "trace": trace}


@dataclass(slots=True)
class Passages:
    """Requests that are named by numbers, a second apart."""

    journal: Journal = field(default_factory=Journal)

    def begin(self, number: int, route: str = "deepseek,chat", scenario: str = "default") -> None:
        self.note(
            RouteChosen(
                at_s=AT_S + number,
                request_id=name(number),
                session_id="s",
                model="claude-sonnet",
                decision=Chosen(route, scenario),
                folder=f"/home/ada/project-{number % 3}",
            )
        )

    def answer(self, number: int, route: str = "deepseek,chat") -> None:
        self.note(AnswerBegan(request_id=name(number), route=route, first_s=0.5, waited_s=0.5))

    def end(
        self,
        number: int,
        route: str = "deepseek,chat",
        *,
        scenario: str = "default",
        status: int = 200,
        error: str = "",
        attempts: tuple[AttemptFailed, ...] = (),
        left_out: tuple[str, ...] = (),
    ) -> None:
        self.note(
            ExchangeEnded(
                at_s=AT_S + number + 2,
                request_id=name(number),
                session_id="s",
                model="claude-sonnet",
                route=route,
                scenario=scenario,
                reason="",
                status=status,
                is_stream=True,
                duration_s=2.0 + number,
                first_s=0.5 if status < 400 else None,
                usage=USAGE if status < 400 else {},
                error=error,
                attempts=attempts,
                left_out=left_out,
            )
        )

    def passed(self, number: int, route: str = "deepseek,chat", **members: Any) -> None:
        """From its route to its end."""
        self.begin(number, route, members.get("scenario", "default"))
        self.end(number, route, **members)

    def note(self, event: Event) -> None:
        self.journal.note(event)


def name(number: int) -> str:
    return f"req_{number:04d}"


def failed(number: int, route: str, status: int = 503) -> AttemptFailed:
    return AttemptFailed(
        request_id=name(number), route=route, status=status, reason="overloaded", retry_in_s=None
    )


def typical() -> Passages:
    """One of each kind: answered, on a backup, failed, stopped, and one that runs."""
    passages = Passages()
    passages.passed(1)
    backup = (failed(2, "deepseek,chat"),)
    passages.begin(2)
    passages.end(2, "kimi,k2", attempts=backup)
    passages.passed(3, "openrouter,qwen", status=401, error="No auth")
    passages.passed(4, "ollama,small", scenario="background", status=499, error="stopped")
    passages.begin(5)
    passages.answer(5)
    return passages
