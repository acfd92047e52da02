"""The whole app on a desktop of a test's own, with a scripted provider behind its router."""

import http.client
import json
import re
import socket
import subprocess
import sys
from typing import Any

from tests.desktop.session import Desktop, Program
from tests.desktop.waiting import eventually, until
from tests.support.ports import free_port
from tests.support.router import config
from tests.support.turns import JsonObject
from tests.support.upstream import Upstream

TITLE = "^CCR Desktop$"
CCR = (sys.executable, "-m", "ccr_desktop")


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class RunningApp:
    """Starts of the app share its settings, which lie where a user's do."""

    def __init__(self, desktop: Desktop, provider: Upstream) -> None:
        self.desktop = desktop
        self.port = free_port()
        self.file = desktop.home / ".config" / "ccr-desktop" / "config.json"
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.write({**config(provider.chat_url), "APIKEY": "", "PORT": self.port})

    @property
    def settings(self) -> JsonObject:
        found: JsonObject = json.loads(self.file.read_text("utf-8"))
        return found

    def write(self, settings: JsonObject) -> None:
        self.file.write_text(json.dumps(settings), "utf-8")

    def change(self, **settings: Any) -> None:
        self.write({**self.settings, **settings})

    def start(self, *options: str, **variables: str) -> Program:
        return self.desktop.start(*CCR, "ui", *options, environment=variables)

    def ccr(self, *command: str) -> subprocess.CompletedProcess[str]:
        return self.desktop.run(*CCR, *command, check=False)

    # -- the router --------------------------------------------------------------------------

    @property
    def answers(self) -> bool:
        """Whether its router answers, or is off: there is nothing between."""
        try:
            return bool(self._get("/"))
        except OSError:
            return False

    def wait_for_router(self) -> None:
        until(lambda: self.answers, "the router answers")

    async def router(self, *, runs: bool) -> None:
        await eventually(lambda: self.answers is runs, f"the router {'runs' if runs else 'is off'}")

    async def asked(self) -> None:
        """A client got its answer."""
        client = self.ask()
        await eventually(lambda: not client.is_running, "the answer")
        assert "message_stop" in client.output()

    def ask(self, words: str = "Hello") -> Program:
        """A client that waits for its answer."""
        body = {
            "model": "claude-sonnet-4-5",
            "max_tokens": 100,
            "stream": True,
            "messages": [{"role": "user", "content": words}],
        }
        url = f"http://127.0.0.1:{self.port}/v1/messages"
        return self.desktop.start("curl", "-sN", url, "-d", json.dumps(body))

    def decisions(self) -> list[JsonObject]:
        """As `ccr logs --decisions` and the page Activity have them."""
        found: list[JsonObject] = self._get("/api/decisions")["decisions"]
        return found

    def status(self) -> JsonObject:
        return self._get("/api/status")

    def _get(self, path: str) -> JsonObject:
        headers = {"x-ccr-token": self._token()} if path.startswith("/api") else {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=headers)
            answer: JsonObject = json.loads(connection.getresponse().read())
            return answer
        finally:
            connection.close()

    def _token(self) -> str:
        places = self.desktop.home.rglob(f"run/{self.port}.json")
        return str(json.loads(next(places).read_text("utf-8"))["token"])

    # -- the window --------------------------------------------------------------------------

    def window(self) -> str:
        return self.desktop.screen.window(TITLE)

    @property
    def has_window(self) -> bool:
        return bool(self.desktop.screen.windows(TITLE))

    def is_in_front(self) -> bool:
        return re.fullmatch(TITLE, self.desktop.screen.focused()) is not None
