"""Each mistake that a user can make gets its own sentence, and only one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.config.settings import SETTINGS, keys_of
from ccr_desktop.errors import ConfigError

JsonObject = dict[str, Any]
PROVIDER = {
    "name": "p",
    "api_base_url": "https://host.test/v1/chat/completions",
    "api_key": "sk-secret",
    "models": ["m", "n"],
}
OPTIONAL = ("auth", "dialect", "proxy_url", "transformer")
BASE: JsonObject = {"Providers": [PROVIDER], "Router": {"default": "p,m"}}


def read(raw: JsonObject, **environment: str) -> Config:
    return read_config(raw, None, environment)


def problems(raw: JsonObject) -> list[str]:
    """All problems, whether they stop or not."""
    try:
        return [str(issue) for issue in read(raw).issues]
    except ConfigError as exc:
        return [str(issue) for issue in exc.issues]


def with_provider(**members: object) -> JsonObject:
    return {**BASE, "Providers": [{**PROVIDER, **members}]}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        pytest.param({**BASE, "PORT": "x"}, "PORT: found 'x'.", id="a wrong type"),
        pytest.param(
            {**BASE, "PORTS": 1},
            "PORTS: there is no such setting. Did you mean 'PORT'?",
            id="an unknown key",
        ),
        pytest.param(
            {"Providers": [PROVIDER], "router": {}, "Router": {"default": "p,m"}},
            "router: there is no such setting. Did you mean 'Router'?",
            id="a key in the wrong case",
        ),
        pytest.param(
            {**BASE, "log": False}, "log: there is no such setting. Did you mean 'LOG'?", id="log"
        ),
        pytest.param(
            {**BASE, "zebra": 1},
            "zebra: there is no such setting. It is kept, but has no effect.",
            id="a key of another world",
        ),
        pytest.param(
            {**BASE, "LOG_FILE": "x.log"},
            "LOG_FILE: has no effect here.",
            id="a key without effect",
        ),
        pytest.param(
            with_provider(api_bas_url="x"),
            "Providers[0].api_bas_url: there is no such setting. Did you mean 'api_base_url'?",
            id="an unknown key of a provider",
        ),
        pytest.param(
            {**BASE, "Router": {"default": "q,m"}},
            "Router.default: found 'q,m'; there is no such provider. Write",
            id="an unknown provider",
        ),
        pytest.param(
            {**BASE, "Router": {"default": "p m"}},
            "Router.default: found 'p m': the comma is missing. Write \"p,m\".",
            id="a comma missing",
        ),
        pytest.param(
            {**BASE, "Router": {"default": "p,"}},
            "Router.default: found 'p,', which names no model. Write",
            id="an empty model",
        ),
        pytest.param(
            {**BASE, "Router": {"default": "p,mm"}},
            "Router.default: 'p' has no model 'mm' in its list",
            id="an unlisted model",
        ),
        pytest.param(
            {**BASE, "Providers": [PROVIDER, PROVIDER]},
            "Providers[1].name: 'p' is there twice.",
            id="two of one name",
        ),
        pytest.param(
            with_provider(api_key="sk-xxx"),
            "Providers[0].api_key: this is a placeholder and no key.",
            id="a placeholder",
        ),
        pytest.param(
            with_provider(api_key=""),
            "Providers[0].api_key: there is no key. Set api_key, or",
            id="no key",
        ),
        pytest.param(
            with_provider(api_key="$UNSET"),
            "Providers[0].api_key: the environment variable UNSET is not set.",
            id="an unset variable",
        ),
        pytest.param(
            with_provider(timeout={"idle": 5}),
            "Providers[0].timeout.idle: there is no such setting. Did you mean 'idle_s'?",
            id="an unknown phase",
        ),
        pytest.param(
            with_provider(timeout={"idle_s": 0}),
            "Providers[0].timeout.idle_s: found 0. A number above 0",
            id="no time at all",
        ),
        pytest.param(
            with_provider(timeout=5),
            "Providers[0].timeout: found 5. An object of seconds",
            id="one time-out",
        ),
        pytest.param(
            with_provider(headers={"X": "a\nb"}),
            "Providers[0].headers.X: this is no header.",
            id="a header with a line end",
        ),
        pytest.param(
            with_provider(headers={"X Y": "a"}),
            "Providers[0].headers.X Y: this is no header.",
            id="a header with a space",
        ),
        pytest.param(
            with_provider(proxy_url="ftp://x"),
            "Providers[0].proxy_url: this is no address of a proxy.",
            id="a proxy of its own",
        ),
        pytest.param(
            with_provider(proxy_url=5),
            "Providers[0].proxy_url: found no text.",
            id="a number for a proxy",
        ),
        pytest.param(
            {**BASE, "Providers": [PROVIDER, {**PROVIDER, "name": "a,b"}]},
            "Providers[1].name: 'a,b' holds a comma.",
            id="a comma in a name",
        ),
        pytest.param(
            with_provider(dialect="antropic"),
            "Providers[0].dialect: the dialect 'antropic' is not part of this version. Did you",
            id="a misspelled dialect",
        ),
        pytest.param(
            with_provider(profile="mistrall"),
            "Providers[0].profile: there is no API 'mistrall' in the list. Did you mean 'mistral'?",
            id="a misspelled profile",
        ),
        pytest.param(
            with_provider(context_windows={"mm": 5}),
            "Providers[0].context_windows.mm: there is no such model in `models`. Add",
            id="the window of another model",
        ),
        pytest.param(
            with_provider(tokenizer={"models": {"mm": {"type": "tiktoken"}}}),
            "Providers[0].tokenizer.models.mm: there is no such model in `models`. Add",
            id="the vocabulary of another model",
        ),
        pytest.param(
            {**BASE, "providers": [{**PROVIDER, "name": "q"}]},
            "providers: has no effect beside Providers. Keep one of them.",
            id="two lists of providers",
        ),
        pytest.param(
            {**BASE, "httpsProxy": "http://a", "PROXY_URL": "http://b"},
            "PROXY_URL: has no effect beside httpsProxy. Keep one of them.",
            id="two proxies",
        ),
        pytest.param(
            with_provider(prices={"m": 5}), "Providers[0].prices.m: found 5. Write", id="a price"
        ),
        pytest.param(
            {**BASE, "PROXY_URL": "http://127.0.0.1:3456"},
            "PROXY_URL: the router itself listens there (127.0.0.1:3456). It is left out.",
            id="ourselves as a proxy",
        ),
        pytest.param(
            {**BASE, "https_proxy": "localhost:3456"},
            "https_proxy: the router itself listens there",
            id="ourselves under a synonym",
        ),
        pytest.param(
            with_provider(api_base_url="http://localhost:3456/v1/messages"),
            "Providers[0].api_base_url: the router itself listens there",
            id="ourselves as a provider",
        ),
        pytest.param(
            {**BASE, "CUSTOM_ROUTER_PATH": "/no/router.py"},
            "CUSTOM_ROUTER_PATH: there is no file /no/router.py. Correct",
            id="no custom router",
        ),
        pytest.param(
            {**BASE, "REWRITE_SYSTEM_PROMPT": "/"},
            f"REWRITE_SYSTEM_PROMPT: {Path('/').absolute()} is a folder.",
            id="a folder for a prompt",
        ),
        pytest.param(
            {**BASE, "CA_FILE": "/no/ca.pem"},
            "CA_FILE: there is no file /no/ca.pem.",
            id="no certificates",
        ),
        pytest.param(
            {**BASE, "CLAUDE_PATH": "/no/claude"},
            "CLAUDE_PATH: there is no file /no/claude.",
            id="no Claude Code",
        ),
        pytest.param(
            {**BASE, "transformers": [{"path": "/no/x.js"}]},
            "transformers[0].path: there is no file /no/x.js.",
            id="no transformer",
        ),
        pytest.param(
            {**BASE, "StatusLine": [1]},
            "StatusLine: found a list. Allowed is an object.",
            id="no object",
        ),
        pytest.param(
            {**BASE, "API_TIMEOUT_MS": 0},
            "API_TIMEOUT_MS: found 0. Allowed is a whole number from 1.",
            id="no time for Claude Code",
        ),
        pytest.param(
            {**BASE, "fallback": False}, "fallback: found false. An object is", id="false"
        ),
        pytest.param(
            {**BASE, "transformers": {}}, "transformers: found an object. A list", id="no list"
        ),
        pytest.param(
            {**BASE, "Router": {"default": "$ROUTE"}},
            "Router.default: the environment variable ROUTE is not set. Set ROUTE, or",
            id="a route that is not set",
        ),
        pytest.param(
            with_provider(api_base_url="http://${HOST_A}:${PORT_A"),
            "Providers[0].api_base_url: the environment variable HOST_A is not set. Set",
            id="half an address",
        ),
        pytest.param(
            {**BASE, "Router": {"default": "p,${MODEL}"}},
            "Router.default: the environment variable MODEL is not set. Set MODEL, or",
            id="a model that is not set",
        ),
        pytest.param(
            with_provider(api_base_url="$URL"),
            "Providers[0].api_base_url: the environment variable URL is not set. Set URL, or",
            id="an address that is not set",
        ),
        pytest.param(
            with_provider(api_base_url="localhost:11434/v1"),
            'Providers[0].api_base_url: this is no address. Put "http://" in front of it.',
            id="an address without its beginning",
        ),
        pytest.param(
            {**BASE, "routeSets": {"night": 5}}, "routeSets.night: found 5. An object", id="a set"
        ),
        pytest.param(
            {**BASE, "image": "p,m"},
            "image: there is no such setting at this place. It belongs into Router.",
            id="a route beside Router",
        ),
        pytest.param(
            {**BASE, "Providers": [PROVIDER, {**PROVIDER, "name": "P"}]},
            "Providers[1].name: 'P' and 'p' differ only in case.",
            id="two names that are nearly one",
        ),
        pytest.param({**BASE, "plugins": 0}, "plugins: found 0. A list is", id="a zero"),
        pytest.param(
            {**BASE, "routeSet": False}, "routeSet: found false, which is no", id="no route set"
        ),
        pytest.param(
            {**BASE, "Router": {"default": 0}}, "Router.default: found 0. Write", id="no default"
        ),
        pytest.param(
            {**BASE, "Router": {"default": "p,m", "longContextThreshold": {}}},
            "Router.longContextThreshold: found an object. Allowed is a whole number.",
            id="no threshold",
        ),
        pytest.param(
            with_provider(transformer=False),
            "Providers[0].transformer: found false. Write",
            id="no transformer at all",
        ),
        pytest.param(
            with_provider(dialect=5), "Providers[0].dialect: found 5. Allowed", id="no dialect"
        ),
        pytest.param(
            with_provider(api_keys=["sk-1", ""]),
            "Providers[0].api_keys[1]: this key is empty. Write",
            id="an empty key of a pool",
        ),
    ],
)
def test_each_mistake_is_one_sentence(raw: JsonObject, said: str) -> None:
    (problem,) = problems(raw)

    assert problem.startswith(said)
    assert "sk-" not in problem


def test_what_follows_from_a_problem_is_no_second_one() -> None:
    router = {
        "default": "p,m",
        "think": "bad,m",
        "rules": [{"never": "bad"}, {"when": {"stream": True}, "route": ["bad,m", "p,m"]}],
    }
    raw = {
        "Providers": [PROVIDER, {"name": "bad", "api_base_url": "nowhere"}],
        "Router": router,
        "fallback": {"default": ["bad,m"]},
        "projects": {"/": "bad,m"},
    }

    assert [problem.partition(":")[0] for problem in problems(raw)] == ["Providers[1].api_base_url"]


TWINS = [{**PROVIDER, "models": ["m"]}, {**PROVIDER, "models": ["n"]}]


def test_models_of_a_provider_that_another_one_replaced_are_no_further_problems() -> None:
    router = {"default": "p,m", "think": ["p,n", "p/m"]}

    assert problems({"Providers": TWINS, "Router": router, "fallback": {"think": ["p,m"]}}) == [
        "Providers[1].name: 'p' is there twice. The later one counts; give each its own name."
    ]


def test_routes_to_a_provider_that_was_given_the_name_of_another_follow_from_that() -> None:
    router = {"default": "q,n", "think": "p,m", "rules": [{"never": "q"}]}
    raw = {"Providers": TWINS, "Router": router, "fallback": {"default": ["q,n"]}}

    with pytest.raises(ConfigError) as caught:
        read(raw)

    (issue,) = caught.value.issues
    assert (issue.where, issue.severity) == ("Providers[1].name", "error")


def test_routes_that_are_wrong_by_themselves_are_told_beside_two_of_one_name() -> None:
    told = problems({"Providers": TWINS, "Router": {"default": "m", "think": "zebra,x"}})

    assert sorted(problem.partition(":")[0] for problem in told) == [
        "Providers[1].name",
        "Router.default",
        "Router.think",
    ]
    assert any('which names no provider. Write "p,m"' in problem for problem in told)


@pytest.mark.parametrize("empty", [None, ""])
def test_a_setting_without_a_value_has_its_default_and_no_problem(empty: object) -> None:
    top = {s.key: empty for s in SETTINGS if "." not in s.key and s.key not in BASE}
    provider = {name: empty for name in keys_of("Providers[]") if name in OPTIONAL}

    config = read({**top, "Providers": [{**PROVIDER, **provider}], "Router": {"default": "p,m"}})

    assert config.issues == ()
    assert replace(config, raw={}) == replace(read(BASE), raw={})


def test_a_custom_router_may_have_keys_of_its_own_but_no_misspelled_ones(tmp_path: Any) -> None:
    (tmp_path / "router.py").touch()
    raw = {**BASE, "CUSTOM_ROUTER_PATH": str(tmp_path / "router.py"), "zebra": 1, "prot": 2}

    assert [problem.partition(":")[0] for problem in problems(raw)] == ["prot"]
