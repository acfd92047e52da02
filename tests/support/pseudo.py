"""A language that nobody speaks: each English text, marked and 40 % longer.

What is on the screen without the marks was never translated; what the longer text does not fit
would be cut in other languages.
"""

from PySide6.QtCore import QTranslator

BEGIN, END = "⟦", "⟧"
_WORD = 9


class PseudoTranslator(QTranslator):
    def __init__(self, longer_by: float = 0.4) -> None:
        super().__init__()
        self._longer_by = longer_by

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        if not source or context.startswith("Q"):  # Qt's own words are Qt's to translate
            return None
        return BEGIN + source + _filler(round(len(source) * self._longer_by)) + END

    def isEmpty(self) -> bool:  # noqa: N802  # of Qt
        return False


def _filler(length: int) -> str:
    """With places to go on in the next line, as words have them."""
    return "".join(" " if at % _WORD == 0 and length > _WORD else "·" for at in range(length))
