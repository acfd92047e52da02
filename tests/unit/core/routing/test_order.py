"""The order of rules that the documentation promises is the one that decides."""

from pathlib import Path

from ccr_desktop.core.routing.rules import verdicts
from tests.unit.core.routing.facts import described, facts

ROOT = Path(__file__).parents[4]


def documented(file: Path) -> list[str]:
    """The first column of the table of rules."""
    _, _, rest = file.read_text(encoding="utf-8").partition("<!-- table: order -->\n")
    table, _, _ = rest.partition("<!-- end of table -->")
    return [row.split("|")[1].strip(" `") for row in table.splitlines()[2:]]


def test_the_rules_are_asked_in_the_order_of_the_documentation() -> None:
    config = described(Router={"default": "a,m", "rules": [{"name": "NAME", "route": "a,m"}]})

    asked = [verdict.rule for verdict in verdicts(facts(), config)]

    in_docs = documented(ROOT / "docs" / "routing.md")
    assert [*asked, "project"] == in_docs
    for page in ("README.md", "README.zh-CN.md", "docs/routes.md", "docs/zh/routes.md"):
        assert asked == documented(ROOT / page)
