"""`ccr providers`: adding, listing and removing; trying out is in the component tests."""

from typing import Any

import pytest

from ccr_desktop.core.setup.templates import templates
from tests.unit.cli.conftest import Home, Run

KEY = "sk-or-planted-0123456789"


def entries(user: Home) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = user.raw["Providers"]
    return found


@pytest.mark.parametrize("name", list(templates()))
def test_every_template_gives_a_configuration_without_errors(
    user: Home, run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    template = templates()[name]
    if template.env:
        monkeypatch.setenv(template.env, KEY)

    arguments = [] if template.models else ["--model", "some-model"]
    said = run("providers", "add", name, "--no-test", *arguments)

    assert said.code == 0
    [entry] = entries(user)
    assert entry["api_base_url"] == template.url
    assert user.raw["Router"]["default"] == f"{name},{entry['models'][0]}"
    listed = run("providers", "list", "--json").json
    assert listed[0]["key"]["found"]
    assert run("providers", "list").code == 0
    problems = run("config", "check", "--json").json["issues"]
    assert [problem for problem in problems if problem["severity"] == "error"] == []


def test_a_provider_of_the_openai_settings_is_listed_and_stays_beside_others(
    user: Home, run: Run
) -> None:
    user.write({"OPENAI_API_KEY": "$K", "OPENAI_MODEL": "big", "LOG": False})

    listed = run("providers", "list")
    [told] = run("providers", "list", "--json").json
    added = run("providers", "add", "--no-test", "ollama", "--model", "qwen3")

    assert "openai is what OPENAI_API_KEY, OPENAI_MODEL in the file describe." in listed.out
    assert (told["name"], told["routes"]) == ("openai", ["Router.default"])
    assert told["settings"] == ["OPENAI_API_KEY", "OPENAI_MODEL"]
    assert added.code == 0
    assert [entry["name"] for entry in entries(user)] == ["openai", "ollama"]
    assert list(user.raw) == ["Providers", "LOG", "Router"]
    assert user.raw["Router"] == {"default": "openai,big"}
    assert '"OPENAI_MODEL"' in added.err
    listed = run("providers", "list", "--json").json
    assert [entry["settings"] for entry in listed] == [["Providers"], ["Providers"]]


def test_another_name_for_a_template(user: Home, run: Run) -> None:
    assert run("providers", "add", "mine", "--preset", "openrouter", "--model", "a/b").code == 0

    [entry] = entries(user)
    assert (entry["name"], entry["models"]) == ("mine", ["a/b"])
    assert entry["transformer"] == {"use": ["openrouter"]}
    assert entry["api_key"] == "$OPENROUTER_API_KEY"


@pytest.mark.parametrize(
    ("url", "whole", "profile"),
    [
        ("api.groq.com", "https://api.groq.com/openai/v1/chat/completions", "groq"),
        ("https://api.z.ai/api/anthropic", "https://api.z.ai/api/anthropic/v1/messages", "zhipu"),
        ("localhost:8000", "http://localhost:8000/v1/chat/completions", "vllm"),
        ("https://x.example", "https://x.example/v1/chat/completions", "openai-compatible"),
    ],
)
def test_it_is_said_which_api_an_address_is_taken_for(
    user: Home, run: Run, url: str, whole: str, profile: str
) -> None:
    said = run("providers", "add", "mine", "--url", url, "--model", "m", "--key-env", "MINE")

    assert said.code == 0
    assert entries(user)[0]["api_base_url"] == whole
    is_known = profile != "openai-compatible"
    assert (f"Its API is known: {profile}." in said.err) is is_known
    assert run("providers", "list", "--json").json[0]["profile"] == profile


def test_an_address_is_completed(user: Home, run: Run) -> None:
    said = run(
        "providers", "add", "mine", "--url", "https://api.example.com/v1",
        "--key-env", "MINE_KEY", "--model", "big", "--model", "small",
    )  # fmt: skip

    assert said.code == 0
    assert "https://api.example.com/v1/chat/completions" in said.err
    assert entries(user) == [
        {
            "name": "mine",
            "api_base_url": "https://api.example.com/v1/chat/completions",
            "api_key": "$MINE_KEY",
            "models": ["big", "small"],
        }
    ]


def test_the_key_is_read_from_standard_input(user: Home, run: Run) -> None:
    url = "https://api.example.com/v1"
    arguments = ("add", "mine", "--url", url, "--model", "m", "--no-test")

    said = run("providers", *arguments, "--key-stdin", stdin=f"{KEY}\n")

    assert said.code == 0
    assert user.keys == {"ccr-desktop/provider:mine": KEY}
    assert entries(user)[0]["api_key"] == "keyring:mine"
    assert KEY not in said.out + said.err + user.own.read_text("utf-8")


def test_without_a_keyring_nothing_is_added(user: Home, run: Run, without_keyring: None) -> None:
    said = run("providers", "add", "openrouter", "--key-stdin", stdin=KEY)

    assert said.code == 1
    assert not user.own.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["add"],
        ["add", "mine"],
        ["add", "a,b", "--url", "https://x.example"],
        ["add", "mine", "--url", "ftp://x"],
        ["add", "mine", "--url", "https://x:port"],
        ["add", "mine", "--preset", "nothing"],
        ["add", "mine", "--url", "https://x.example", "--key-env", KEY],
        ["remove", "nobody"],
        ["test", "nobody"],
        ["models", "nobody"],
    ],
    ids=" ".join,
)
def test_bad_input_is_told_and_changes_nothing(user: Home, run: Run, arguments: list[str]) -> None:
    said = run("providers", *arguments)

    assert said.code == 2
    assert not user.own.exists()
    assert KEY not in said.err


def test_a_provider_is_replaced_only_by_force(user: Home, run: Run) -> None:
    run("providers", "add", "openrouter")

    assert run("providers", "add", "OpenRouter").code == 2
    assert run("providers", "add", "openrouter", "--model", "x", "--force").code == 0
    assert [entry["models"] for entry in entries(user)] == [["x"]]


def test_what_the_file_holds_beside_survives(user: Home, run: Run) -> None:
    user.write({"Zed": 1, "LOG": False, "Router": {"custom": "kept"}, "Providers": []})

    run("providers", "add", "--no-test", "ollama")

    assert list(user.raw) == ["Zed", "LOG", "Router", "Providers"]
    assert user.raw["Router"]["custom"] == "kept"


def test_a_file_of_claude_code_router_is_never_written(user: Home, run: Run) -> None:
    source = user.write({"Providers": [], "Router": {}}, user.foreign)
    before = source.read_bytes()

    said = run("providers", "add", "--no-test", "ollama")

    assert "stays as it is" in said.err
    assert source.read_bytes() == before
    assert entries(user)[0]["name"] == "ollama"


def test_removing_takes_the_routes_along(user: Home, run: Run) -> None:
    run("providers", "add", "openrouter")
    run("providers", "add", "--no-test", "ollama")
    raw = user.raw
    raw["Router"] = {
        "default": "openrouter,z-ai/glm-5.2",
        "think": ["openrouter,z-ai/glm-5.2", "ollama,qwen3-coder"],
        "background": "ollama,qwen3-coder",
        "agents": {"tester": "openrouter,z-ai/glm-5.2"},
    }
    raw["fallback"] = {"default": ["openrouter,z-ai/glm-5.2"]}
    raw["routeSets"] = {"Night": {"default": "openrouter,z-ai/glm-5.2"}}
    user.write(raw)

    assert run("providers", "remove", "openrouter").code == 2
    assert user.raw == raw
    said = run("providers", "remove", "openrouter", "--yes")

    assert said.code == 0
    assert "Router.think[0]" in said.err
    assert "The default route becomes ollama,qwen3-coder." in said.err
    assert "The default route of 'Night' becomes ollama,qwen3-coder." in said.err
    assert [entry["name"] for entry in entries(user)] == ["ollama"]
    assert user.raw["Router"] == {
        "think": ["ollama,qwen3-coder"],
        "background": "ollama,qwen3-coder",
        "agents": {},
        "default": "ollama,qwen3-coder",
    }
    assert user.raw["routeSets"] == {"Night": {"default": "ollama,qwen3-coder"}}
    assert run("config", "restore", "1").code == 0
    assert user.raw == raw


def test_removing_takes_the_name_out_of_rules_but_lifts_no_ban(user: Home, run: Run) -> None:
    for name in ("openrouter", "ollama"):
        run("providers", "add", "--no-test", name)
    rule = {"name": "few", "when": {"folder": "/x"}, "only": ["openrouter"]}
    raw = user.raw
    raw["Router"]["rules"] = [rule]
    user.write(raw)

    refused = run("providers", "remove", "openrouter", "--yes")
    assert "Change or remove first: Router.rules[0]" in refused.err
    raw["Router"]["rules"] = [{**rule, "only": ["openrouter", "ollama"]}]
    user.write(raw)
    said = run("providers", "remove", "openrouter", "--yes")

    assert (refused.code, said.code) == (2, 0)
    assert "Router.rules[0] names it" in said.err
    assert user.raw["Router"]["rules"] == [{**rule, "only": ["ollama"]}]


def test_questions_on_a_terminal(user: Home, run: Run) -> None:
    lines = ["mine", "not an address", "api.example.com", "big, small", KEY, "y"]

    said = run("providers", "add", "--no-test", typed="\n".join(lines) + "\n")

    assert said.code == 0
    [entry] = entries(user)
    assert entry["api_base_url"] == "https://api.example.com/v1/chat/completions"
    assert entry["models"] == ["big", "small"]
    assert user.keys == {"ccr-desktop/provider:mine": KEY}


def test_no_on_a_terminal_changes_nothing(user: Home, run: Run) -> None:
    said = run("providers", "add", "openrouter", typed=f"\n{KEY}\nn\n")

    assert said.code == 0
    assert not user.own.exists()
    assert not user.keys


def test_the_end_of_input_counts_as_giving_up(user: Home, run: Run) -> None:
    said = run("providers", "add", typed="")

    assert said.code == 130
    assert not user.own.exists()


def test_the_list_of_an_empty_configuration_says_what_to_do(run: Run) -> None:
    assert "ccr providers add" in run("providers", "list").out
    assert run("providers", "list", "--json").json == []


def test_a_provider_is_switched_off_and_on_again(user: Home, run: Run) -> None:
    run("providers", "add", "openrouter")
    run("providers", "add", "--no-test", "ollama")

    said = run("providers", "pause", "openrouter")

    assert said.code == 0
    assert "no other route is left for default" in said.err
    assert entries(user)[0]["paused"] is True
    assert "openrouter (off)" in run("providers", "list").out
    assert run("providers", "resume", "OpenRouter").code == 0
    assert "paused" not in entries(user)[0]
    assert "no provider 'nobody'" in run("providers", "pause", "nobody").err
