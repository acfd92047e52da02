"""A planted key, and everything that commands print and write down while it is in use."""

import json

import pytest

from tests.e2e.desk import Desk, posix_only
from tests.support.turns import http_error, text
from tests.support.upstream import Upstream

pytestmark = posix_only
PLANTED = "sk-planted-in-the-environment-0123456789"
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
    "model get --json",
    "logs",
    "logs --server",
    "preset export mine",
    "preset info mine",
    "env --json",
)


@pytest.mark.parametrize("form", ["literal", "variable"])
def test_a_key_is_nowhere_but_where_the_user_put_it(
    desk: Desk, upstream: Upstream, form: str
) -> None:
    desk.extra["PLANTED_KEY"] = PLANTED if form == "variable" else "another-0123456789"
    provider = {
        "name": "mock",
        "api_base_url": upstream.chat_url,
        "api_key": "$PLANTED_KEY" if form == "variable" else PLANTED,
        "models": ["m"],
    }
    file = desk.write_config(
        {"LOG_LEVEL": "trace", "Providers": [provider], "Router": {"default": "mock,m"}}
    )
    upstream.respond(
        lambda asked: (
            http_error(401, f"Wrong key: {PLANTED}")
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
    assert PLANTED not in said
    files = [path for path in desk.home.rglob("*") if path.is_file()]
    holding = {path for path in files if PLANTED.encode() in path.read_bytes()}
    kept = {path for path in files if "config-versions" in path.parts and path.suffix == ".json"}
    assert kept
    assert holding == ({file, *kept} if form == "literal" else set())
    assert json.loads(file.read_text())["Providers"][0]["api_key"] == provider["api_key"]
