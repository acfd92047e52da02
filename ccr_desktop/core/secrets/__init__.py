"""Keys of providers outside the configuration file."""

from ccr_desktop.core.secrets.place import MovedAll, Secrets
from ccr_desktop.core.secrets.protected_file import ProtectedFile
from ccr_desktop.core.secrets.state import Place, StoreState, StoreStatus, WayOut
from ccr_desktop.core.secrets.store import PREFIX, MemorySecrets, SecretStore
from ccr_desktop.core.secrets.system import KeyringSecrets
from ccr_desktop.core.secrets.together import put_back, store_safely, storing

__all__ = [
    "PREFIX",
    "KeyringSecrets",
    "MemorySecrets",
    "MovedAll",
    "Place",
    "ProtectedFile",
    "SecretStore",
    "Secrets",
    "StoreState",
    "StoreStatus",
    "WayOut",
    "put_back",
    "store_safely",
    "storing",
]
