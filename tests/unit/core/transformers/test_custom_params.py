from ccr_desktop.core.transformers.custom_params import CustomParams, OpenRouter
from tests.unit.core.transformers.bodies import CONTEXT


def test_only_what_is_missing_is_added() -> None:
    made = CustomParams({"seed": 7, "temperature": 0.1, "stop": ["x"]}).upstream_request(
        {"temperature": 1, "stop": []}, CONTEXT
    )

    assert made == {"temperature": 1, "stop": [], "seed": 7}


def test_objects_are_merged_and_the_users_values_win_inside() -> None:
    made = CustomParams({"a": {"b": {"c": 1}, "d": 2}}).upstream_request(
        {"a": {"b": {"c": 0, "e": 3}, "f": 4}}, CONTEXT
    )

    assert made == {"a": {"b": {"c": 1, "e": 3}, "f": 4, "d": 2}}


def test_options_of_openrouter_are_put_over_the_request() -> None:
    made = OpenRouter({"provider": {"only": ["a"]}, "seed": 7}).upstream_request(
        {"provider": {"order": ["b"]}}, CONTEXT
    )

    assert made == {"provider": {"only": ["a"]}, "seed": 7}
