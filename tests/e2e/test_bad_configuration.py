"""A file that was spoilt under a running router, which serves on without it."""

import json
import os
import stat
from typing import Any

import pytest

from tests.e2e.desk import Desk, posix_only
from tests.support.router import config
from tests.support.turns import text
from tests.support.upstream import Upstream

pytestmark = posix_only


def spoilt(upstream: Upstream) -> dict[str, object]:
    return config(upstream.chat_url, {"default": "mock,big", "think": "nobody,big"})


def status(desk: Desk) -> Any:
    return json.loads(desk.ccr("status", "--json").stdout)


def test_commands_use_a_router_that_serves_on(desk: Desk, upstream: Upstream) -> None:
    upstream.respond(lambda _: text("still here"))
    path = desk.write_config(config(upstream.chat_url))
    desk.install_claude()

    with desk.serving():
        desk.write_config(spoilt(upstream))
        asked = desk.ccr("ask", "hello", "--route", "think", "--json")
        coded = desk.ccr("code", "-p", "hi")
        shown = desk.ccr("env", "--json")

    assert json.loads(asked.stdout)["decision"]["route"] == "mock,think-model"
    assert coded.returncode == 0
    assert desk.report["env"]["ANTHROPIC_AUTH_TOKEN"] == "test-key"
    assert json.loads(shown.stdout)["ANTHROPIC_BASE_URL"] == desk.url
    for done in (asked, coded, shown):
        assert f"{path} has errors and is NOT in force" in done.stderr
        assert "Router.think" in done.stderr


def test_the_status_tells_that_the_file_is_not_in_force(desk: Desk, upstream: Upstream) -> None:
    path = desk.write_config(config(upstream.chat_url))

    with desk.serving():
        desk.write_config(spoilt(upstream))
        while not (told := status(desk)["file_out_of_force"]):
            continue  # the router looks at its file twice a second
        shown = desk.ccr("status").stdout
        desk.write_config(config(upstream.chat_url))
        while status(desk)["file_out_of_force"]:
            continue

    assert told["path"] == str(path)
    assert "Router.think" in told["errors"][0]
    assert f"error: {path} has errors and is NOT in force since 20" in shown


def test_without_a_router_the_errors_are_told(desk: Desk, upstream: Upstream) -> None:
    desk.write_config(spoilt(upstream))
    desk.install_claude()

    for command in (["ask", "hello"], ["code", "-p", "hi"], ["env"]):
        done = desk.ccr(*command)
        assert (done.returncode, "can't be used" in done.stderr) == (2, True)


@pytest.mark.parametrize("has_key", [True, False])
def test_a_router_is_found_by_a_file_that_nobody_can_read(
    desk: Desk, upstream: Upstream, has_key: bool
) -> None:
    """Its port is known to the router only; a key that it wants is known to nobody."""
    desk.extra["SERVICE_PORT"] = ""
    wanted = config(upstream.chat_url)
    if not has_key:
        del wanted["APIKEY"]
    desk.write_config({**wanted, "PORT": desk.port})

    with desk.serving():
        desk.write_config("{")
        found = status(desk)["url"]
        shown = desk.ccr("env")

    assert found == desk.url
    assert shown.returncode == (2 if has_key else 0)
    assert (desk.url in shown.stdout) is not has_key


def test_a_pipe_in_the_place_of_the_file_is_told_and_not_waited_for(desk: Desk) -> None:
    path = desk.write_config("{}")
    path.unlink()
    os.mkfifo(path)

    refused = [desk.ccr(*words) for words in (["serve"], ["env"], ["config", "check"])]

    assert [done.returncode for done in refused] == [2, 2, 2]
    for done in refused:
        assert "It is a pipe, not a file. Move it away" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    assert stat.S_ISFIFO(path.stat().st_mode)
