"""The part that needs Qt: what is said where it is missing, and how it is got here."""

from __future__ import annotations

from importlib.util import find_spec

from ccr_desktop.errors import ClientError

WITHOUT_WINDOW = "`ccr serve` runs the same router without a window."
_QT = ("PySide6", "shiboken6", "qasync")


def is_installed() -> bool:
    return find_spec(_QT[0]) is not None


def not_installed() -> ClientError:
    hint = f"`{how_to_get()}` brings it. {WITHOUT_WINDOW}"
    return ClientError("The desktop part is not installed", hint)


def missing_part(error: ImportError) -> ClientError | None:
    """What *error* means for whoever wanted a window; None where it has another reason."""
    if (error.name or "").partition(".")[0] not in _QT:
        return None
    if isinstance(error, ModuleNotFoundError):
        return not_installed()
    reason = str(error).rstrip(".")  # such as: libEGL.so.1: cannot open shared object file
    hint = f"{reason}. The page Install of the guide says what Qt wants. {WITHOUT_WINDOW}"
    return ClientError("The desktop part lacks a library of the system", hint)


def how_to_get() -> str:
    """The command that adds it to this installation."""
    # Only wanted where it is missing.
    from ccr_desktop.core.updates.installation import find_installation  # noqa: PLC0415
    from ccr_desktop.core.updates.ways import desktop_command  # noqa: PLC0415

    return desktop_command(find_installation())
