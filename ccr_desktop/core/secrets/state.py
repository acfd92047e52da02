"""What state a store of keys is in, in words, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ccr_desktop.errors import SecretError

PASSPHRASE_VARIABLE = "CCR_KEYS_PASSPHRASE"  # noqa: S105  # its name
INSTEAD = (
    "Or set an environment variable and write its name in the configuration, for example"
    ' "api_key": "$MY_KEY".'
)


class Place(StrEnum):
    """The two places that keys can be kept in."""

    KEYRING = "keyring"
    FILE = "file"


class StoreState(StrEnum):
    """Whether keys can be read."""

    READY = "ready"
    LOCKED = "locked"
    NEW = "new"
    """It is there, and nobody has given it a password so far: no key can be in it."""
    DENIED = "denied"
    MISSING = "missing"
    BROKEN = "broken"


class WayOut(StrEnum):
    """What may be offered, and what does it."""

    UNLOCK = "unlock"
    """`unlock()`: the system may open a window."""
    SET_UP = "set up"
    """`unlock()`: the system asks for a password to begin with."""
    PASSPHRASE = "passphrase"  # noqa: S105  # the name of a button
    """`unlock(passphrase)`."""
    ASK_AGAIN = "ask again"
    """`unlock()`, which looks for a store anew."""
    USE_FILE = "use file"
    """`use_file()`, after the explanation in `CONSENT`."""
    ADD_STORE = "add store"
    """The page about stores of passwords: `HOW_TO_ADD_ONE`."""
    SET_ASIDE = "set aside"
    """`set_file_aside()`: the damaged file is kept under another name."""


CONSENT = (
    "Keys are encrypted in a file that only you can read. What opens it lies beside it, unless you"
    " choose a passphrase. This keeps keys out of backups of single files, of folders that are"
    " shared, and from other people who use this computer. It does not keep them from programs that"
    " run under your name, nor from somebody who has a copy of the whole disk. A passphrase helps"
    " against the latter, and is asked for at each start."
)
HOW_TO_ADD_ONE = (
    "On Linux, install gnome-keyring, KWallet or KeePassXC with its Secret Service switched on, and"
    " log in again. macOS and Windows have one of their own."
)


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """`title` and `text` are for people; `detail` is what the system said, without any key."""

    place: Place
    state: StoreState
    description: str
    """Which store it is: `macOS Keychain`, `Protected file`."""
    title: str
    text: str
    ways_out: tuple[WayOut, ...] = ()
    detail: str = ""

    @property
    def is_ready(self) -> bool:
        return self.state is StoreState.READY


_Words = tuple[str, str, tuple[WayOut, ...]]
_WORDS: dict[tuple[Place, StoreState], _Words] = {
    (Place.KEYRING, StoreState.READY): (
        "Your system's password store is ready",
        "Keys are kept there.",
        (),
    ),
    (Place.KEYRING, StoreState.LOCKED): (
        "Your system's password store is locked",
        "Unlock it to use your keys.",
        (WayOut.UNLOCK,),
    ),
    (Place.KEYRING, StoreState.NEW): (
        "Your system's password store is not set up yet",
        "No key is in it. When it is set up, the system asks for a password of your choice.",
        (WayOut.SET_UP, WayOut.USE_FILE),
    ),
    (Place.KEYRING, StoreState.DENIED): (
        "Access to your system's password store was refused",
        "So the keys cannot be read. Nothing was deleted.",
        (WayOut.ASK_AGAIN, WayOut.USE_FILE),
    ),
    (Place.KEYRING, StoreState.MISSING): (
        "This system has no password store",
        "Keys can be kept in a protected file on this computer, which is less safe.",
        (WayOut.USE_FILE, WayOut.ADD_STORE),
    ),
    (Place.KEYRING, StoreState.BROKEN): (
        "Your system's password store failed",
        "It is there, but did not do what was asked. Nothing was deleted.",
        (WayOut.ASK_AGAIN, WayOut.USE_FILE),
    ),
    (Place.FILE, StoreState.READY): (
        "The protected file is ready",
        "Keys are kept there, encrypted.",
        (),
    ),
    (Place.FILE, StoreState.LOCKED): (
        "The protected file is locked",
        "Enter its passphrase to use your keys.",
        (WayOut.PASSPHRASE,),
    ),
    (Place.FILE, StoreState.DENIED): (
        "The protected file may not be read",
        "The system refused access to it, so the keys cannot be read. Nothing was deleted.",
        (WayOut.ASK_AGAIN,),
    ),
    (Place.FILE, StoreState.MISSING): (
        "There is no protected file",
        "Keys are kept in one only after you have agreed to it.",
        (WayOut.USE_FILE,),
    ),
    (Place.FILE, StoreState.BROKEN): (
        "The protected file can't be opened",
        "So the keys cannot be read. Nothing was deleted.",
        (WayOut.ASK_AGAIN, WayOut.SET_ASIDE),
    ),
}


def status(
    place: Place, state: StoreState, description: str, detail: str = "", title: str = ""
) -> StoreStatus:
    """A state with its words."""
    usual, text, ways_out = _WORDS[place, state]
    return StoreStatus(place, state, description, title or usual, text, ways_out, detail)


def problem(place: Place, state: StoreState, detail: str = "", title: str = "") -> SecretError:
    """The error of a call that this state made impossible."""
    usual, text, _ = _WORDS[place, state]
    message = " ".join(part for part in (text, detail, INSTEAD) if part)
    return SecretError(title or usual, message, state=state, detail=detail)
