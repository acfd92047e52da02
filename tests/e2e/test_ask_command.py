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
