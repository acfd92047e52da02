"""The page about HTTP names every path of the management API, and no other."""

import json
import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def test_it_lists_what_the_description_lists() -> None:
    page = (REPOSITORY / "docs" / "http-api.md").read_text(encoding="utf-8")
    described = json.loads((REPOSITORY / "resources" / "openapi.json").read_text("utf-8"))
    paths = described["paths"].items()

    listed = re.findall(r"^\| `(\w+ /api/\S+)` \| (.*) \|$", page, re.M)

    assert listed == [
        (f"{method.upper()} {path}", operation["summary"].rstrip("."))
        for path, methods in paths
        for method, operation in methods.items()
    ]
