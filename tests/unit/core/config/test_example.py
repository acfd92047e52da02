"""The example that ships with the program."""

import re
from pathlib import Path

import pytest

from ccr_desktop.core.config.reader import load_config
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.targets import find_target

EXAMPLE = Path(__file__).parents[4] / "config.example.json"
KEYS = [
    "OPENROUTER_API_KEY",
    "DEEPSEEK_API_KEY",
    "GEMINI_API_KEY",
    "ARK_API_KEY",
    "MODELSCOPE_API_KEY",
    "DASHSCOPE_API_KEY",
    "AIHUBMIX_API_KEY",
]


@pytest.fixture
def config() -> Config:
    return load_config(EXAMPLE, {name: f"key-of-{name}" for name in KEYS})


def test_it_has_the_eight_providers_and_all_their_keys(config: Config) -> None:
    assert list(config.providers) == [
        "openrouter",
        "deepseek",
        "ollama",
        "gemini",
        "volcengine",
        "modelscope",
        "dashscope",
        "aihubmix",
    ]
    assert [p.api_key for p in config.providers.values() if p.api_key] == [
        f"key-of-{name}" for name in KEYS
    ]
    assert all(provider.models for provider in config.providers.values())


def test_it_has_no_problem(config: Config) -> None:
    assert not config.issues


def test_what_it_shows_in_comments_works_too(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    shown = re.sub(r'^( +)// (?=[{}"\]]|  [{])', r"\1", text, flags=re.MULTILINE)
    path = tmp_path / "config.json"
    path.write_text(shown, encoding="utf-8")

    config = load_config(
        path, {name: f"key-of-{name}" for name in [*KEYS, "KEY_1", "KEY_2", "LAPTOP_KEY"]}
    )

    assert {issue.where for issue in config.issues} <= {
        "CA_FILE",
        "ClientKeys",  # nobody has to send a key there
        "CUSTOM_ROUTER_PATH",
        "transformers[0].path",
        "projects.~/code/acme",
        "projects.~/play",
    }
    assert [rule.name for rule in config.router.rules] == ["cheap nights", "stays here"]
    assert config.route_set == "Offline"
    assert len(config.providers["openrouter"].keys) == 3
    assert set(config.route_sets) == {"Offline"}
    assert len(config.projects) == 2
    assert config.providers["deepseek"].prices


def test_without_the_variables_it_says_which_are_missing() -> None:
    problems = " ".join(str(issue) for issue in load_config(EXAMPLE, {}).issues)

    assert all(f"Set {name}," in problems for name in KEYS)


@pytest.mark.parametrize(
    ("scenario", "url", "profile", "model"),
    [
        ("default", "https://api.deepseek.com/chat/completions", "deepseek", "deepseek-v4-pro"),
        ("background", "http://localhost:11434/api/chat", "ollama", "qwen3-coder"),
        (
            "think",
            "https://openrouter.ai/api/v1/chat/completions",
            "openrouter",
            "anthropic/claude-sonnet-5",
        ),
        (
            "longContext",
            "https://generativelanguage.googleapis.com/v1beta/models",
            "gemini",
            "gemini-3.1-pro-preview",
        ),
        (
            "webSearch",
            "https://openrouter.ai/api/v1/chat/completions",
            "openrouter",
            "google/gemini-3.5-flash:online",
        ),
    ],
)
def test_each_route_leads_to_the_right_place(
    config: Config, scenario: str, url: str, profile: str, model: str
) -> None:
    (route,) = config.router.routes[scenario]

    target = find_target(route, config)

    assert (target.url, target.profile.name, target.model) == (url, profile, model)
    assert target.dialect == (profile if profile in {"gemini", "ollama"} else "openai-chat")


@pytest.mark.parametrize(
    ("provider", "profile", "limit"),
    [
        ("volcengine", "volcengine", None),
        ("modelscope", "modelscope", 65536),
        ("dashscope", "dashscope", 65536),
        ("aihubmix", "aihubmix", None),
    ],
)
def test_the_other_providers_are_recognised_too(
    config: Config, provider: str, profile: str, limit: int | None
) -> None:
    route = type(config.router.routes["default"][0])(provider, "m")

    target = find_target(route, config)
    limits = [link.options.get("max_tokens") for link in config.providers[provider].chain]

    assert (target.profile.name, next(filter(None, limits), None)) == (profile, limit)
