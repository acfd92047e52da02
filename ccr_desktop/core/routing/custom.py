"""The user's own router: a Python file with a function `route(request, config)`.

It may be a plain or an async function, or claude-code-router's in JavaScript. It returns
`"provider,model"`, a list of such whose rest are fallbacks, or None for the built-in rules.
Whatever goes wrong in it is told and harms nothing.
"""

from __future__ import annotations

import asyncio
import copy
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.routes import parse_route
from ccr_desktop.core.routing.decision import Verdict
from ccr_desktop.core.routing.turn import last_text
from ccr_desktop.core.routing.user_calls import UserCalls
from ccr_desktop.core.sidecar import Sidecar, describe
from ccr_desktop.core.user_code import (
    NotUsableError,
    is_cancellation,
    is_javascript,
    load_module,
    stamp,
    why,
)

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config, Route
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.user_code import Stamp

log = logging.getLogger(__name__)

RULE = "custom"
TIME_LIMIT_S = 5.0
_LOOK_AGAIN_S = 0.5
_HINT = "Until it works, the built-in rules decide."


@dataclass(eq=False)
class RouterRequest:
    """What a custom router sees of a request.

    `body` is a copy of what the client sent, `headers` have lower-case names, `project` is the
    folder that the client works in or None, `token_count` is counted when it is asked for, and
    `text` is what the user said last, whatever form the content has.
    """

    body: JsonObject
    headers: Mapping[str, str]
    session_id: str
    project: str | None
    _count: Callable[[], int] = field(repr=False)
    changed_body: JsonObject | None = None
    """What a router in JavaScript made of the body, when it changed it."""

    @cached_property
    def token_count(self) -> int:
        return self._count()

    @cached_property
    def text(self) -> str:
        return last_text(self.body)


class CustomRouter:
    """The function in the file that CUSTOM_ROUTER_PATH names, loaded again when it changes."""

    def __init__(self, path: str, sidecar: Sidecar | None = None) -> None:
        self.path = paths.expanded(path)
        self._is_script = is_javascript(self.path)
        self._sidecar = sidecar or Sidecar()
        self._route: Callable[..., Any] | None = None
        self._seen: Stamp | None = None
        self._looked_s = float("-inf")
        self._looking = asyncio.Lock()
        self._calls = UserCalls()
        self.issue: Issue | None = None
        """What is wrong with the file as it stands, or went wrong in the latest call."""

    @property
    def is_loaded(self) -> bool:
        """Whether there is a function to ask; `issue` may say that it failed all the same."""
        return self._route is not None

    async def verdict(self, request: RouterRequest, config: Config) -> Verdict:
        """What the user's function says, as a verdict of the rule `custom`."""
        await self.look()
        route = self._route
        if route is None:
            return Verdict(RULE, f"{self.path.name} can't be used: {self._problem}")
        described = copy.deepcopy(dict(config.raw))
        try:
            if self._is_script:
                found = await route(request, described)
            else:
                found = await self._calls.run(lambda: route(request, described), TIME_LIMIT_S)
        except TimeoutError:
            return self._failed(f"took longer than {TIME_LIMIT_S:g} s")
        except Exception as exc:  # whatever somebody else's code raises
            log.warning("the custom router failed", exc_info=exc)
            return self._failed(f"failed: {type(exc).__name__}: {exc}")
        try:
            return self._read(found, config)
        except BaseException as exc:  # what it returned may hold somebody's code, too
            if is_cancellation(exc):
                raise
            return self._failed(f"returned what can't be read: {type(exc).__name__}")

    def _script(self) -> Callable[..., Any]:
        """The function that Node.js runs, once it is known to be one."""
        if describe(self.path)["kind"] != "function":
            raise NotUsableError("it exports no function (request, config).")
        return self._ask_node

    async def _ask_node(self, request: RouterRequest, config: JsonObject) -> Any:
        """What claude-code-router's function says, which may also change the request."""
        told = {
            "body": request.body,
            "headers": dict(request.headers),
            "url": "/v1/messages",
            "sessionId": request.session_id,
            "tokenCount": request.token_count,
        }
        version = self._seen[0] if self._seen else 0
        place = {"path": str(self.path), "version": version}
        found = await self._sidecar.call(
            "route", TIME_LIMIT_S, request=told, config=config, **place
        )
        request.changed_body = found["body"] if found["body"] != request.body else None
        return found["route"]

    async def look(self) -> None:
        """Load the file if it changed."""
        async with self._looking:
            if time.monotonic() - self._looked_s <= _LOOK_AGAIN_S:
                return
            self._looked_s = time.monotonic()
            try:
                seen = stamp(self.path)
            except NotUsableError as exc:
                self._seen = self._route = None
                self._report(f"{exc}.")
                return
            if seen != self._seen:
                self._seen = seen
                await self._load()

    async def _load(self) -> None:
        self._route = None
        try:
            load = self._script if self._is_script else lambda: _load(self.path)
            self._route = await self._calls.run(load, TIME_LIMIT_S)
            self.issue = None
        except TimeoutError:
            self._report(f"loading it took longer than {TIME_LIMIT_S:g} s.")
        except Exception as exc:  # noqa: BLE001  # importing runs somebody else's code
            self._report(why(exc, self.path))

    def _read(self, found: Any, config: Config) -> Verdict:
        self.issue = None
        if found is None or found == "":
            return Verdict(RULE, f"{self.path.name} leaves it to the rules")
        routes: list[Route] = []
        for text in found if isinstance(found, list | tuple) else [found]:
            route = parse_route(text, config.providers) if isinstance(text, str) else None
            if route is None:
                known = ", ".join(config.providers)
                return self._failed(f'returned {text!r}; it takes "provider,model" of {known}')
            routes.append(route)
        if not routes:
            return Verdict(RULE, f"{self.path.name} leaves it to the rules")
        return Verdict(RULE, f"{self.path.name} chose {routes[0]}", tuple(routes))

    def _failed(self, what: str) -> Verdict:
        self._report(f"it {what}.")
        return Verdict(RULE, f"{self.path.name} {what}")

    @property
    def _problem(self) -> str:
        return self.issue.problem if self.issue else "it is not loaded"

    def _report(self, problem: str) -> None:
        issue = Issue("CUSTOM_ROUTER_PATH", f"{self.path}: {problem}", _HINT, "warning")
        if issue != self.issue:
            log.warning("%s", issue)
        self.issue = issue


def _load(path: Path) -> Callable[..., Any]:
    route = getattr(load_module(path), "route", None)
    if not callable(route):
        raise NotUsableError("it defines no function `route(request, config)`.")
    return route  # type: ignore[no-any-return]
