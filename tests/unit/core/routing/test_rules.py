"""Each rule by itself."""

from typing import Any

import pytest

from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.routing.rules import background, explicit, long_context, think, web_search
from ccr_desktop.errors import RoutingError
from tests.unit.core.routing.facts import JsonObject, body, config, facts

# -- explicit ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        pytest.param("main,base", ("main", "base"), id="as configured"),
        pytest.param("MAIN,Base", ("main", "base"), id="in any case"),
        pytest.param(" main , base ", ("main", "base"), id="with spaces"),
        pytest.param("main/base", ("main", "base"), id="with a slash"),
        pytest.param("other,a/B", ("Other", "A/b"), id="a model with a slash"),
        pytest.param("other,x,y", ("Other", "x,y"), id="a model with a comma"),
        pytest.param("main,unlisted:free", ("main", "unlisted:free"), id="a model not listed"),
        pytest.param("main,base[1m]", ("main", "base"), id="with the client's marker"),
        pytest.param("claude-ccr-main-base", ("main", "base"), id="our own id"),
        pytest.param("claude-ccr-main-base[1m]", ("main", "base"), id="our own id with the marker"),
        pytest.param("claude-ccr-Other-A/b", ("Other", "A/b"), id="our own id with a slash"),
        pytest.param("claude-ccr-a-b-m", ("a-b", "m"), id="a name that begins with another"),
        pytest.param("claude-ccr-a-m", ("a", "m"), id="the shorter of them"),
        pytest.param(
            "claude-ccr-a-b-new", ("a-b", "new"), id="the longer name for a model not listed"
        ),
    ],
)
def test_a_request_may_name_its_route(model: str, expected: tuple[str, str]) -> None:
    verdict = explicit(facts(body(model)), config())

    assert verdict.routes == (Route(*expected),)


@pytest.mark.parametrize(
    "model",
    [
        "claude-opus-5-5",
        "my-model",
        "anthropic/claude",
        "claude-ccr-",
        "claude-ccr-nobody-m",
        "claude-ccr-a-",
        "main",
    ],
)
def test_another_name_is_left_to_the_other_rules(model: str) -> None:
    assert not explicit(facts(body(model)), config()).matched


def test_a_provider_without_a_model_is_an_error_of_its_own() -> None:
    with pytest.raises(RoutingError, match="a provider without a model"):
        explicit(facts(body("main, ")), config())


@pytest.mark.parametrize("model", ["nobody,m", " nobody , m ", ",m"])
def test_an_unknown_provider_is_an_error_that_names_the_known_ones(model: str) -> None:
    with pytest.raises(RoutingError, match="the providers are: main, Other, a, a-b") as caught:
        explicit(facts(body(model)), config())
    assert repr(model.strip().partition(",")[0].strip()) in caught.value.title


# -- long context ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tokens", "last_prompt", "is_estimate", "matched", "reason"),
    [
        (None, 0, False, False, "the whole body is smaller than 60,000 tokens"),
        (60000, 0, False, False, "60,000 tokens <= 60,000"),
        (60001, 0, False, True, "60,001 tokens > 60,000"),
        (70000, 0, True, True, "about 70,000 tokens > 60,000"),
        (20001, 60001, False, True, "the session's last prompt had 60,001 tokens > 60,000"),
        (20000, 60001, False, False, "20,000 tokens <= 60,000"),
        (30000, 60000, False, False, "30,000 tokens <= 60,000"),
    ],
)
def test_long_is_more_than_the_threshold_now_or_just_before(
    tokens: int | None, last_prompt: int, *, is_estimate: bool, matched: bool, reason: str
) -> None:
    found = facts(tokens=tokens, last_prompt=last_prompt, is_estimate=is_estimate)

    verdict = long_context(found, config())

    assert (verdict.matched, verdict.reason) == (matched, reason)


def test_the_threshold_can_be_set() -> None:
    assert long_context(facts(tokens=101), config(longContextThreshold=100)).matched


# -- background and web search -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "matched"),
    [
        ("claude-3-5-haiku-20241022", True),
        ("claude-haiku-5-5", True),
        ("Claude-Haiku-5-5[1m]", True),
        ("claude-opus-5-5", False),
        ("haiku", False),
        ("mistral-haiku", False),
    ],
)
def test_background_is_a_claude_haiku_of_any_generation(model: str, *, matched: bool) -> None:
    assert background(facts(body(model)), config()).matched is matched


@pytest.mark.parametrize(
    ("tools", "matched"),
    [
        pytest.param([{"type": "web_search_20250305"}], True, id="of 2025"),
        pytest.param(
            [{"name": "Bash"}, {"type": "web_search_20990101"}], True, id="of a later date"
        ),
        pytest.param(
            [{"name": "WebSearch", "input_schema": {}}], False, id="the client's own tool"
        ),
        pytest.param([{"type": None}, "web_search", 5], False, id="odd entries"),
        pytest.param(5, False, id="no list"),
        pytest.param(None, False, id="none"),
    ],
)
def test_a_web_search_is_told_by_the_kind_of_its_tool(tools: object, *, matched: bool) -> None:
    assert web_search(facts(body(tools=tools)), config()).matched is matched


# -- think -------------------------------------------------------------------------------------

ADAPTIVE = {"thinking": {"type": "adaptive"}}
ENABLED = {"thinking": {"type": "enabled", "budget_tokens": 31999}}
DISABLED = {"thinking": {"type": "disabled"}}
PLAN = {"safeguards": [{"classifier_context": {"permission_mode": "plan"}}]}


def effort(level: object) -> JsonObject:
    return {"output_config": {"effort": level}}


@pytest.mark.parametrize(
    ("members", "signs"),
    [
        pytest.param({}, set(), id="nothing"),
        pytest.param(ADAPTIVE, {"any", "thinking:adaptive"}, id="adaptive"),
        pytest.param(
            {**ADAPTIVE, **effort("max")},
            {"any", "thinking:adaptive", "effort:max"},
            id="adaptive, max",
        ),
        pytest.param(ENABLED, {"any", "thinking:enabled", "enabled-without-effort"}, id="enabled"),
        pytest.param(
            {**ENABLED, **effort("high")},
            {"any", "thinking:enabled", "effort:high"},
            id="enabled, high",
        ),
        pytest.param(DISABLED, set(), id="disabled"),
        pytest.param({"thinking": {}}, set(), id="no kind"),
        pytest.param({"thinking": "on", **effort(5)}, set(), id="odd values"),
        pytest.param(PLAN, {"plan"}, id="plan mode in the safeguards"),
        pytest.param({"safeguards": 5}, set(), id="odd safeguards"),
        pytest.param({"safeguards": [5, {"classifier_context": 5}]}, set(), id="odd members"),
        pytest.param(
            {"words": "Plan mode is active. Do not edit."}, {"plan"}, id="plan mode in words"
        ),
        pytest.param({"words": "please Ultrathink"}, {"ultrathink"}, id="ultrathink"),
        pytest.param({"words": "ultrathinking"}, set(), id="only the whole word"),
    ],
)
def test_a_request_shows_signs_of_thinking(members: Any, signs: set[str]) -> None:
    assert facts(body(**members)).thinking_signs == signs


@pytest.mark.parametrize(
    ("when", "members", "matched"),
    [
        pytest.param(None, ADAPTIVE, False, id="adaptive is on every turn"),
        pytest.param(None, {**ADAPTIVE, **effort("high")}, False, id="high is ordinary"),
        pytest.param(None, {**ADAPTIVE, **effort("xhigh")}, True, id="xhigh"),
        pytest.param(None, ENABLED, True, id="older clients"),
        pytest.param(None, DISABLED, False, id="disabled"),
        pytest.param(["any"], ADAPTIVE, True, id="any: adaptive"),
        pytest.param(["any"], DISABLED, False, id="any: disabled"),
        pytest.param(["effort:high"], effort("high"), True, id="an effort of one's own"),
        pytest.param(["plan"], {"words": "ultrathink"}, False, id="only plan"),
        pytest.param([], PLAN, False, id="never"),
    ],
)
def test_think_when_says_which_signs_count(
    when: list[str] | None, members: Any, *, matched: bool
) -> None:
    verdict = think(facts(body(**members)), config(thinkWhen=when))

    assert verdict.matched is matched
    assert verdict.reason
