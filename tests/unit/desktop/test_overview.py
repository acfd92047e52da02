"""The state of affairs in one record."""

from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.observe.events import AttemptFailed, ExchangeEnded, RouteChosen
from ccr_desktop.core.observe.journal import Journal
from ccr_desktop.desktop.overview import overview_of
from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.desktop.state import Look, Overview, told_route

RAW: dict[str, Any] = {
    "Providers": [
        {"name": name, "api_base_url": "http://127.0.0.1:9/v1", "models": ["m1", "m2"]}
        for name in ("a", "b")
    ],
    "Router": {"default": ["a,m1", "b,m1"], "think": "a,m2"},
}


def test_it_knows_the_names_that_several_providers_have() -> None:
    first, second = RAW["Providers"]
    providers = [{**first, "models": ["m1", "m3"]}, {**second, "models": ["m1"]}]

    overview = seen(raw={"Providers": providers, "Router": {"default": "a,m1"}})

    assert overview.shared_models == {"m1"}
    assert told_route("b,m1", overview.shared_models) == "b: m1"
    assert told_route("a,m3", overview.shared_models) == "m3"
    assert seen(raw=RAW).shared_models == {"m1", "m2"}


class Decided:
    def as_json(self) -> dict[str, Any]:
        return {"scenario": "default", "route": "a,m1", "trace": []}


def served_by(route: str, *, status: int = 200, after: str = "a,m1") -> Journal:
    """A journal of one request, which the route *after* did not answer."""
    journal = Journal()
    journal.note(RouteChosen(request_id="1", session_id="", model="claude", decision=Decided()))
    journal.note(
        ExchangeEnded(
            request_id="1",
            session_id="",
            model="claude",
            route=route,
            scenario="default",
            reason="",
            status=status,
            is_stream=True,
            duration_s=1.0,
            first_s=0.5,
            usage={},
            attempts=(AttemptFailed(request_id="1", route=after, status=503, reason="busy"),),
        )
    )
    return journal


def seen(
    phase: Phase = Phase.RUNNING,
    journal: Journal | None = None,
    attention: int = 0,
    raw: dict[str, Any] = RAW,
) -> Overview:
    return overview_of(
        ServiceState(phase),
        read_config(raw, Path("config.json"), {}),
        journal or Journal(),
        paused_until_s=None,
        recent=(),
        attention=attention,
    )


@pytest.mark.parametrize(
    ("phase", "look"),
    [
        (Phase.OFF, Look.OFF),
        (Phase.STARTING, Look.STARTING),
        (Phase.RUNNING, Look.RUNNING),
        (Phase.STOPPING, Look.OFF),
        (Phase.FAILED, Look.ATTENTION),
    ],
)
def test_each_phase_has_its_look(phase: Phase, look: Look) -> None:
    assert seen(phase).look is look


def test_a_backup_shows_while_it_answers_the_main_work() -> None:
    on_backup = seen(journal=served_by("b,m1"))

    assert on_backup.look is Look.BACKUP
    assert (on_backup.main, on_backup.main_in_use) == ("a,m1", "b,m1")
    assert seen(journal=served_by("a,m1")).look is Look.RUNNING


def test_a_failure_or_a_route_that_is_no_backup_says_nothing_of_the_main_work() -> None:
    assert seen(journal=served_by("b,m1", status=500)).main_in_use == "a,m1"
    assert seen(journal=served_by("b,m2")).main_in_use == "a,m1"


def test_what_answered_before_it_became_a_backup_is_none_yet() -> None:
    exchanged = {**RAW, "Router": {"default": ["b,m1", "a,m1"]}}

    overview = seen(journal=served_by("a,m1", after="a,m2"), raw=exchanged)

    assert overview.look is Look.RUNNING
    assert overview.main_in_use == "b,m1"


@pytest.mark.parametrize("phase", [Phase.OFF, Phase.STOPPING, Phase.FAILED])
def test_a_router_that_does_not_run_uses_no_backup(phase: Phase) -> None:
    off = seen(phase, served_by("b,m1"))

    assert not off.is_on_backup
    assert off.main_in_use == "a,m1"


def test_what_needs_attention_beats_a_backup() -> None:
    assert seen(journal=served_by("b,m1"), attention=1).look is Look.ATTENTION


def test_the_tray_offers_the_models_of_routes_and_providers_unless_the_person_chose() -> None:
    assert seen().favourites == ("a,m1", "b,m1", "a,m2", "b,m2")
    chosen = {**RAW, "Desktop": {"favourites": ["b,m2"]}}
    assert seen(raw=chosen).favourites == ("b,m2",)


def test_the_way_back_from_another_main_model_is_offered() -> None:
    switched = {**RAW, "Router": {"default": "b,m1", "background": "b,m1"}}
    assert "a,m1" in seen(raw=switched).favourites


def test_models_of_a_provider_that_is_paused_are_not_offered_beside_the_routes() -> None:
    first, second = RAW["Providers"]
    paused = {**RAW, "Providers": [first, {**second, "paused": True}]}
    assert seen(raw=paused).favourites == ("a,m1", "b,m1", "a,m2")
