"""What the status line shows of the router: a small file for each session.

`ccr statusline` is a process of its own several times a second and asks nobody: it reads
`sessions/<session id>.json` in the data folder. A thread writes these files, so that no request
waits for the disk, and not for each of many requests: what happens in a moment is written once.
"""

from __future__ import annotations

import logging
import os
import re
import threading
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.observe.events import ExchangeEnded, RouteChosen
from ccr_desktop.core.protocol.json import dumps_safe
from ccr_desktop.core.protocol.usage import conversation_tokens
from ccr_desktop.core.routing.windows import window_of

if TYPE_CHECKING:
    from pathlib import Path

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.observe.events import Event
    from ccr_desktop.core.protocol.json import JsonObject

log = logging.getLogger(__name__)

_SESSION = re.compile(r"[A-Za-z0-9_-]{1,100}")
_REMEMBERED = 200
_MOMENT_S = 0.1  # the line is not drawn more often
_KEPT_S = 7 * 24 * 3600.0


class SessionNotes:
    """A subscriber of the bus that keeps *folder* up to date; `close` it at the end.

    What sub-agents and the client's housekeeping do is noted only while nothing else is known of
    a session: the line is about the conversation above it.
    """

    def __init__(self, folder: Path, config: Config) -> None:
        self._folder = folder
        self._config = config
        self._sessions: OrderedDict[str, JsonObject] = OrderedDict()
        self._changed: set[str] = set()
        self._is_writing = False
        self._is_closing = threading.Event()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="session notes")
        self._writer.submit(self._tidy_up)

    def use(self, config: Config) -> None:
        """Take context windows from *config* from now on."""
        self._config = config

    def close(self) -> None:
        """Write what waits, and end."""
        self._is_closing.set()
        self._writer.shutdown()

    def note(self, event: Event) -> None:
        if not isinstance(event, (RouteChosen, ExchangeEnded)):
            return
        if not _SESSION.fullmatch(event.session_id):
            return
        known = self._sessions.get(event.session_id, {})
        if event.is_aside and not known.get("is_aside", True):
            return
        told = self._chosen(event) if isinstance(event, RouteChosen) else self._ended(event)
        self._remember(event.session_id, {**known, **told, "is_aside": event.is_aside})

    def _chosen(self, event: RouteChosen) -> JsonObject:
        told = event.decision.as_json()
        route = self._route(str(told["route"]))
        return {**route, "scenario": told["scenario"], "is_streaming": True, "first_s": None}

    def _ended(self, event: ExchangeEnded) -> JsonObject:
        told: JsonObject = {"is_streaming": False, "first_s": event.first_s, "tokens_per_s": None}
        if not event.usage or event.status >= 400:
            return told
        told |= {**self._route(event.route), "prompt_tokens": conversation_tokens(event.usage)}
        spent_s = event.duration_s - (event.first_s or 0)
        if event.is_stream and spent_s > 0:
            told["tokens_per_s"] = (event.usage.get("output_tokens") or 0) / spent_s
        return told

    def _route(self, text: str) -> JsonObject:
        provider, _, model = text.partition(",")
        window = window_of(Route(provider, model), self._config)
        return {"route": text, "provider": provider, "model": model, "context_window": window}

    def _remember(self, session: str, content: JsonObject) -> None:
        self._sessions[session] = {**content, "updated_s": time.time()}
        self._sessions.move_to_end(session)
        if len(self._sessions) > _REMEMBERED:
            self._sessions.popitem(last=False)
        self._changed.add(session)
        if not self._is_writing:
            self._is_writing = True
            self._writer.submit(self._write_all)

    # -- in the thread ---------------------------------------------------------------------

    def _write_all(self) -> None:
        """The latest of each session; what changes meanwhile is written once more, not queued."""
        self._is_closing.wait(_MOMENT_S)
        while self._changed:
            session = self._changed.pop()
            if content := self._sessions.get(session):
                self._write(session, content)
        self._is_writing = False
        if self._changed:  # by a change that came before this was said
            self._write_all()

    def _write(self, session: str, content: JsonObject) -> None:
        """As a whole: the line may be reading. A power cut may take it, so nothing is synced."""
        making = self._folder / f"{session}.tmp"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(dumps_safe(content))
            making.replace(self._folder / f"{session}.json")
        except OSError as exc:
            log.warning("the status line can't be told of the session: %s", exc)

    def _tidy_up(self) -> None:
        """Sessions of last week show no line any more."""
        oldest_s = time.time() - _KEPT_S
        try:
            for path in self._folder.glob("*"):
                if path.stat().st_mtime < oldest_s:
                    path.unlink(missing_ok=True)
        except OSError as exc:
            log.debug("old sessions stay: %s", exc)
