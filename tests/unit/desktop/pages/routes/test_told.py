"""What "Try it" says, as text."""

import pytest
from PySide6.QtWidgets import QApplication

from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.routing.decision import Decision, Verdict
from ccr_desktop.desktop import language
from ccr_desktop.desktop.pages.routes.told import told_decision

DECISION = Decision(
    route=Route("local", "m"), scenario="default", trace=(Verdict("default", "all else"),)
)


@pytest.mark.usefixtures("qapp")
def test_in_short_is_the_answer_and_its_backups() -> None:
    assert told_decision(DECISION).in_short == "m from local would answer. No backup model."


def test_between_chinese_sentences_is_no_space(qapp: QApplication) -> None:
    language.current().use("zh_CN")

    assert "。 " not in told_decision(DECISION).in_short
