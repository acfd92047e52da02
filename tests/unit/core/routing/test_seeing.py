"""Who looks at the pictures of a conversation."""

from typing import Any

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.routing.decision import Decision
from ccr_desktop.core.routing.router import decide
from ccr_desktop.core.routing.turn import RequestFacts

PICTURE = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": ""}}
OLD = [
    {"role": "user", "content": [PICTURE]},
    {"role": "assistant", "content": "A cat."},
    {"role": "user", "content": "Sure?"},
]
NEW = OLD[:1]


def decided(messages: Any, model: str = "claude-x", **members: Any) -> Decision:
    providers = [
        {"name": name, "api_base_url": f"https://{name}.example/v1", "api_key": "k"}
        for name in ("a", "b")
    ]
    routes = {"default": ["a,text", "b,spare"], "image": ["b,eyes", "b,more"]}
    raw = {"Providers": providers, "Router": routes | members.pop("router", {}), **members}
    config = read_config(raw, None, {})
    return decide(RequestFacts({"model": model, "messages": messages}, {}), config)


def agent(decision: Decision) -> str:
    return next((v.reason for v in decision.trace if v.rule == "imageAgent"), "")


def test_a_new_picture_goes_to_the_model_that_sees() -> None:
    decision = decided(NEW)

    assert str(decision.route) == "b,eyes"
    assert [str(route) for route in decision.image_routes] == ["b,eyes", "b,more"]
    assert not agent(decision)


@pytest.mark.parametrize(
    ("messages", "model", "members"),
    [
        pytest.param(OLD, "claude-x", {}, id="a picture of an earlier turn"),
        pytest.param(NEW, "a,text", {}, id="a model that the user names"),
        pytest.param(NEW, "claude-x", {"forceUseImageAgent": True}, id="the agent is forced"),
    ],
)
def test_other_models_have_somebody_who_looks(messages: Any, model: str, members: Any) -> None:
    decision = decided(messages, model, **members)

    assert str(decision.route) == "a,text"
    assert agent(decision) == "b,eyes looks at the pictures for a,text"
    assert decision.trace[-1].matched
    assert {"rule": "imageAgent", "matched": False, "reason": agent(decision)} in (
        decision.as_json()["trace"]
    )


def test_a_forbidden_provider_does_not_look_either() -> None:
    rules = {"rules": [{"name": "home", "when": {"model": "*"}, "never": ["b"]}]}

    decision = decided(OLD, router=rules)

    assert decision.image_routes == ()
    assert agent(decision) == "a,text gets the pictures itself: b,eyes is forbidden"


@pytest.mark.parametrize(
    ("messages", "router"),
    [
        pytest.param([{"role": "user", "content": "x"}], {}, id="no picture"),
        pytest.param(OLD, {"image": None}, id="no route for pictures"),
    ],
)
def test_without_pictures_or_a_route_nobody_looks(messages: Any, router: Any) -> None:
    decision = decided(messages, router=router)

    assert decision.image_routes == ()
    assert not agent(decision)
