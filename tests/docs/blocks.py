"""The code blocks of the documentation."""

import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


def blocks(file: str, language: str) -> list[str]:
    """Those of one page in one language, in their order."""
    text = (FOLDER / file).read_text(encoding="utf-8")
    return [code for found, code in _BLOCK.findall(text) if found == language]
