"""The list of models."""

from ccr_desktop.core.config.schema import Config, Provider, Route, Router
from ccr_desktop.core.server.models import find_model, list_models

PROVIDER = Provider(
    name="p", url="http://x", models=("small", "v/big"), context_windows={"v/big": 128000}
)
CONFIG = Config(
    providers={"p": PROVIDER},
    router=Router(routes={"default": (Route("p", "v/big"), Route("p", "unlisted"))}),
)


def test_routes_come_first_and_nothing_twice() -> None:
    ids = [model["id"] for model in list_models(CONFIG)["data"]]

    assert ids[0] == "p,v/big"
    assert len(ids) == len(set(ids)) == 6
    assert "p,unlisted" in ids


def test_every_model_has_a_name_that_claude_code_keeps() -> None:
    ids = [model["id"] for model in list_models(CONFIG)["data"]]

    kept = [model_id for model_id in ids if "claude" in model_id]
    assert len(kept) == len(ids) / 2


def test_a_window_is_told_where_it_is_known() -> None:
    big, small = find_model(CONFIG, "p,v/big"), find_model(CONFIG, "p,small")

    assert big is not None
    assert big["max_input_tokens"] == 128000
    assert small is not None
    assert "max_input_tokens" not in small


def test_an_empty_list_is_still_a_list() -> None:
    assert list_models(Config()) == {
        "object": "list",
        "data": [],
        "has_more": False,
        "first_id": None,
        "last_id": None,
    }
    assert find_model(Config(), "x") is None
