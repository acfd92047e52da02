"""`ask` as users run it: with a service that runs, and without one."""

import json

from tests.e2e.desk import Desk
from tests.support.router import config
from tests.support.upstream import Upstream


def test_ask_works_without_any_configuration(desk: Desk) -> None:
    done = desk.ccr("ask", "hello")

    assert done.returncode == 0
    assert "demo provider" in done.stdout
    assert "demo,demo-model" in done.stderr
    assert not desk.is_served()
    assert not list((desk.home / "desk" / "data" / "run").iterdir())


def test_ask_uses_the_service_that_runs(desk: Desk, upstream: Upstream) -> None:
    desk.write_config(config(upstream.chat_url))

    with desk.serving():
        done = desk.ccr("ask", "hello", "--json")
        log = desk.home / "desk" / "logs" / "ccr-desktop.log"
        served = desk.is_served()

    told = json.loads(done.stdout)
    assert told["decision"]["route"] == "mock,main-model"
    assert served
    assert log.exists()


def test_a_plugin_that_fails_is_told_without_its_trace(desk: Desk, upstream: Upstream) -> None:
    plugin = desk.home / "mine.py"
    plugin.write_text("class Mine:\n    name = 'mine'\n    def request(self, *_): 1 / 0\n")
    raw = {**config(upstream.chat_url), "transformers": [str(plugin)]}
    raw["Providers"][0]["transformer"] = {"use": ["mine"]}
    desk.write_config(raw)

    done = desk.ccr("ask", "hello")

    assert done.returncode == 1
    assert "The transformer 'mine' failed: request: ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_router_that_fails_is_told_without_its_trace(desk: Desk, upstream: Upstream) -> None:
    router = desk.home / "router.py"
    router.write_text("def route(*_): 1 / 0\n")
    desk.write_config({**config(upstream.chat_url), "CUSTOM_ROUTER_PATH": str(router)})
    request = '{"model": "claude-sonnet-5", "messages": [{"role": "user", "content": "Hi"}]}'

    done = desk.ccr("route", "explain", stdin=request)

    assert "failed: ZeroDivisionError" in done.stdout
    assert "Traceback" not in done.stderr
