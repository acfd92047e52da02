import pytest

from ccr_desktop.core.protocol.effort import EFFORTS
from ccr_desktop.core.providers import gemini_models as models
from ccr_desktop.core.providers.gemini_models import find_model


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("gemini-1.5-pro", models.GEMINI_2),
        ("gemini-2.0-flash-001", models.GEMINI_2),
        ("gemini-2.5-pro", models.GEMINI_25_PRO),
        ("models/gemini-2.5-pro-preview-06-05", models.GEMINI_25_PRO),
        ("gemini-2.5-flash", models.GEMINI_25_FLASH),
        ("gemini-2.5-flash-lite", models.GEMINI_25_FLASH_LITE),
        ("gemini-3-pro-preview", models.GEMINI_3_PRO),
        ("gemini-pro-latest", models.GEMINI_3_PRO),
        ("gemini-3.1-pro-preview", models.GEMINI_31_PRO),
        ("gemini-3-flash-preview", models.GEMINI_3),
        ("gemini-3.6-flash", models.GEMINI_3),
        ("google/gemini-3.5-flash", models.GEMINI_3),
        ("gemini-flash-latest", models.GEMINI_3),
        ("gemma-3-27b-it", models.UNKNOWN),
        ("tunedModels/mine", models.UNKNOWN),
    ],
)
def test_a_model_is_known_by_its_name(name: str, expected: models.GeminiModel) -> None:
    assert find_model(name) == expected


@pytest.mark.parametrize(
    "model", [value for value in vars(models).values() if isinstance(value, models.GeminiModel)]
)
def test_the_facts_fit_together(model: models.GeminiModel) -> None:
    assert set(model.thinking_levels) <= set(EFFORTS)
    assert list(model.thinking_levels) == sorted(model.thinking_levels, key=EFFORTS.index)
    assert not (model.thinking_levels and model.thinking_budgets)
