"""Planted keys, and everything that commands print and write down while they are in use."""

import json
from pathlib import Path

from tests.e2e.desk import Desk, posix_only
from tests.support.turns import http_error, text
from tests.support.upstream import Upstream

pytestmark = posix_only
IN_ENVIRONMENT = "sk-planted-in-the-environment-0123456789"
IN_FILE = "sk-planted-in-the-file-9876543210"
COMMANDS = (
    "status",
    "status --json",
    "ask hello",
    "ask again --json",
    "config show",
    "config show --json",
    "config check --json",
    "config export",
    "config versions",
    "keys list --json",
    "providers list",
    "providers list --json",
    "providers models mock",
    "providers test mock --json",
    "providers test other --json",
    "model get --json",
    "logs",
    "logs --server",
    "preset export mine",
    "preset info mine",
    "env --json",
)


def test_keys_are_nowhere_but_where_the_user_put_them(desk: Desk, upstream: Upstream) -> None:
    desk.extra["PLANTED_KEY"] = IN_ENVIRONMENT
    keys = {"mock": "$PLANTED_KEY", "other": IN_FILE}
    providers = [
        {"name": name, "api_base_url": upstream.chat_url, "api_key": key, "models": ["m"]}
        for name, key in keys.items()
    ]
    file = desk.write_config(
        {"LOG_LEVEL": "trace", "Providers": providers, "Router": {"default": "mock,m"}}
    )
    upstream.respond(
        lambda asked: (
            http_error(401, f"Wrong key: {IN_ENVIRONMENT}, {IN_FILE}")
            if asked.texts("user").strip() == "again"
            else text("Hello.")
        )
    )
    desk.ccr("start")
    said = ""
    for command in COMMANDS:
        done = desk.ccr(*command.split())
        said += done.stdout + done.stderr
    desk.ccr("model", "set", "think", "mock,m")
    stopped = desk.ccr("stop")

    assert stopped.returncode == 0
    assert "Wrong key" in said
    used = {request.headers["authorization"] for request in upstream.requests}
    assert used == {f"Bearer {IN_ENVIRONMENT}", f"Bearer {IN_FILE}"}
    assert IN_ENVIRONMENT not in said
    assert IN_FILE not in said
    files = [path for path in desk.home.rglob("*") if path.is_file()]
    kept = {path for path in files if "config-versions" in path.parts and path.suffix == ".json"}
    assert kept
    assert holding(files, IN_FILE) == {file, *kept}
    assert holding(files, IN_ENVIRONMENT) == set()
    saved = json.loads(file.read_text())["Providers"]
    assert {provider["name"]: provider["api_key"] for provider in saved} == keys


def holding(files: list[Path], words: str) -> set[Path]:
    return {path for path in files if words.encode() in path.read_bytes()}
