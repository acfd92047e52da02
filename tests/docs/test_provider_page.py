"""The pages about providers say what the data says."""

import os
import re
from pathlib import Path

import pytest

from ccr_desktop.core.setup.provider_tables import CHINESE, presets_table, profiles_table

DOCS = Path(__file__).parents[2] / "docs"
TABLES = {
    ("providers.md", "presets"): presets_table(),
    ("providers.md", "profiles"): profiles_table(),
    ("zh/providers.md", "presets"): presets_table(CHINESE),
}


@pytest.mark.parametrize(("page", "name"), TABLES)
def test_the_tables_are_those_of_the_data(page: str, name: str) -> None:
    """`UPDATE_DOCS=1` writes them."""
    file = DOCS / page
    text = file.read_text(encoding="utf-8")
    begin, end = f"<!-- table: {name} -->\n", "<!-- end of table -->"
    before, _, rest = text.partition(begin)
    table, _, after = rest.partition(end)
    if os.environ.get("UPDATE_DOCS"):
        file.write_text(f"{before}{begin}{TABLES[page, name]}{end}{after}", encoding="utf-8")
        return

    assert table == TABLES[page, name]


def test_the_chinese_table_has_no_word_of_the_english_one() -> None:
    table = presets_table(CHINESE)
    cells = {cell.strip(" *") for line in table.splitlines() for cell in line.split(" | ")}

    assert not cells & CHINESE.words.keys()
    assert not re.search(r"^\*\*[A-Za-z ]+\*\*$", table, re.M)
