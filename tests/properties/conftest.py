"""Properties run long: each example is cheap, but there are thousands."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "properties" in item.path.parts:
            item.add_marker(pytest.mark.timeout(600))
