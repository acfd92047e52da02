from pathlib import Path

from tests.unit.core.credentials.test_sign_in import PROGRAM


def test_an_error_says_what_to_run() -> None:
    error = PROGRAM.unusable(Path("/f"), "it is gone")

    assert error.title == "The sign-in of A CLI can't be used"
    assert error.message == "/f: it is gone. Run `a` and sign in, then try again."
