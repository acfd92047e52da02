from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS, replaced_script
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Config, Route
from ccr_desktop.core.transformers.built_in import BUILT_IN
from ccr_desktop.core.transformers.plugin_files import PluginFiles
from ccr_desktop.core.transformers.registry import Transformers

MINE = """
class Mine:
    name = "mine"
    def __init__(self, options):
        self.options = options
        options["needed"]
    def request(self, body, context):
        return body
"""


def configured(chain: Any, *plugins: Any) -> Config:
    entry = {"name": "p", "api_base_url": "https://h.test/v1", "api_key": "k", "models": ["m"]}
    return read_config(
        {
            "Providers": [{**entry, "transformer": chain}],
            "Router": {"default": "p,m"},
            "transformers": list(plugins),
        },
        None,
        {},
    )


def registered(config: Config) -> Transformers:
    return Transformers(config, PluginFiles().load(config.plugins))


def test_every_declared_transformer_is_there_and_none_besides() -> None:
    assert BUILT_IN.keys() == KNOWN_TRANSFORMERS.keys()


def test_a_models_own_chain_comes_after_the_providers() -> None:
    found = registered(configured({"use": ["cleancache"], "m": {"use": ["tooluse"]}}))

    assert found.chain(Route("p", "m")).names == ("cleancache", "tooluse")
    assert found.chain(Route("p", "other")).names == ("cleancache",)
    assert found.chain(Route("nobody", "m")).names == ()


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text(MINE, encoding="utf-8")
    return path


def test_a_plugin_gets_its_options_and_those_of_the_use_over_them(plugin: Path) -> None:
    entry = {"path": str(plugin), "options": {"needed": 1, "a": 1}}
    found = registered(configured({"use": [["mine", {"a": 2}]]}, entry))

    (link,) = found.chain(Route("p", "m")).having("request")
    assert link.options == {"needed": 1, "a": 2}
    assert link.is_plugin
    assert not found.issues


def test_a_plugin_takes_the_place_of_a_built_in_one(plugin: Path) -> None:
    plugin.write_text(MINE.replace('"mine"', '"tooluse"').replace('options["needed"]', "pass"))
    found = registered(configured({"use": ["tooluse"]}, str(plugin)))

    assert found.chain(Route("p", "m")).having("request")[0].is_plugin


def test_a_plugin_that_cant_be_made_stops_its_chain_with_the_reason(plugin: Path) -> None:
    found = registered(configured({"use": ["mine"]}, str(plugin)))

    assert "KeyError: 'needed'" in found.chain(Route("p", "m")).problem
    (issue,) = found.issues
    assert issue.where == "Providers[0].transformer.use[0]"
    assert "KeyError: 'needed'" in issue.problem


def test_a_plugin_that_exits_when_it_is_made_stops_its_chain(plugin: Path) -> None:
    plugin.write_text(MINE.replace('options["needed"]', "raise SystemExit(6)"))
    found = registered(configured({"use": ["mine"]}, str(plugin)))

    assert "SystemExit: 6" in found.chain(Route("p", "m")).problem


def test_a_name_that_a_broken_file_may_hold_stops_its_chain(plugin: Path) -> None:
    plugin.write_text("oops(")
    found = registered(configured({"m": {"use": ["mine"]}}, str(plugin)))

    assert str(plugin) in found.chain(Route("p", "m")).problem
    assert found.chain(Route("p", "other")).problem == ""


def test_a_plugin_that_nothing_uses_is_told_when_it_cant_be_made(plugin: Path) -> None:
    found = registered(configured({}, str(plugin)))

    (issue,) = found.issues
    assert issue.where == "transformers[0]"
    assert "can't make 'mine': KeyError: 'needed'\nTraceback" in issue.problem
    assert 'mine.py", line 6, in __init__' in found.plugins.unmade["mine"]


def test_options_of_the_use_are_enough(plugin: Path) -> None:
    found = registered(configured({"use": [["mine", {"needed": 1}]]}, str(plugin)))

    assert found.issues == []
    assert found.plugins.unmade == {}


def test_a_plugin_that_fails_in_a_chain_is_known_to_fail(plugin: Path) -> None:
    found = registered(configured({"use": ["mine"]}, str(plugin)))

    assert len(found.issues) == 1
    assert "KeyError" in found.plugins.unmade["mine"]


def test_making_one_is_tried_once_until_its_file_or_its_options_change(plugin: Path) -> None:
    marks = plugin.with_name("marks")
    mark = f"with open({str(marks)!r}, 'a') as file: file.write('x')"
    plugin.write_text(MINE.replace('options["needed"]', mark), encoding="utf-8")
    files = PluginFiles()
    for options in ({}, {}, {"a": 1}, {"a": 1}):
        config = configured({}, {"path": str(plugin), "options": options})
        files.load(config.plugins)

    assert marks.read_text() == "xx"


def test_a_name_that_nobody_knows_has_no_effect_and_is_told(plugin: Path) -> None:
    found = registered(configured({"use": ["mein"]}, str(plugin)))

    assert found.chain(Route("p", "m")).names == ()
    issue = found.issues[0]
    assert "there is no transformer 'mein'" in issue.problem
    assert "Did you mean 'mine'?" in issue.hint


COMMUNITY = {
    "transformers": [
        {"path": "~/.claude-code-router/plugins/gemini-cli.js", "options": {"project": "mine"}},
        {"path": "$HOME/.claude-code-router/plugins/qwen-cli.js"},
        {"path": "/home/user/rovo-cli.js", "options": {"email": "e@x.test", "api_token": "t"}},
        {"path": "/home/user/chutes-glm-transformer.js"},
    ],
    "Providers": [
        {
            "name": "gemini-cli",
            "api_base_url": "(not-required)",
            "api_key": "not-required",
            "models": ["gemini-2.5-pro"],
            "transformer": {"use": ["gemini-cli"]},
        },
        {
            "name": "qwen-cli",
            "api_base_url": "https://portal.qwen.ai/v1/chat/completions",
            "api_key": "sk-xxx",
            "models": ["qwen3-coder-plus"],
            "transformer": {"use": ["qwen-cli", "enhancetool"]},
        },
        {
            "name": "rovo-cli",
            "api_base_url": "https://api.atlassian.com/rovodev/v2/proxy/ai/v1/openai/v1/chat/completions",
            "api_key": "not-required",
            "models": ["gpt-5-2025-08-07"],
            "transformer": {"use": ["rovo-cli"]},
        },
        {
            "name": "chutes",
            "api_base_url": "https://llm.chutes.ai/v1/chat/completions",
            "api_key": "k",
            "models": ["zai-org/GLM-4.5-FP8"],
            "transformer": {"use": ["chutes-glm"]},
        },
    ],
    "Router": {"default": "gemini-cli,gemini-2.5-pro"},
}


def test_the_well_known_scripts_are_not_needed() -> None:
    config = read_config(COMMUNITY, None, {"HOME": "/nowhere"})

    found = registered(config)

    assert [str(issue) for issue in (*config.issues, *found.issues)] == []
    assert config.providers["gemini-cli"].dialect == "gemini"
    (link,) = found.chain(Route("gemini-cli", "gemini-2.5-pro")).having("upstream_call")
    assert link.options == {"project": "mine"}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/a/gemini-cli.js", "gemini-cli"),
        ("chutes-glm-transformer.mjs", "chutes-glm"),
        ("/a/gemini-cli.py", ""),
        ("/a/tooluse.js", ""),
        ("/a/mine.js", ""),
    ],
)
def test_only_the_well_known_are_replaced(path: str, name: str) -> None:
    assert replaced_script(path) == name


def test_a_built_in_one_that_can_not_be_made_is_a_problem_that_names_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(options: Any) -> None:
        raise KeyError("speed")

    monkeypatch.setitem(BUILT_IN, "cleancache", broken)

    found = registered(configured({"use": [["cleancache", {}]]}))

    (issue,) = found.issues
    assert "it can't be made (KeyError: 'speed')" in issue.problem
    assert found.chain(Route("p", "m")).problem.startswith("cleancache: it can't be made")
