"""What the core says for somebody at a command line, and what is said in the window instead."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP

CONTEXT = "OtherWays"
_ENTER_IT = QT_TRANSLATE_NOOP("OtherWays", "Enter it at the provider.")
_MISTYPED = (
    r"It may be mistyped, expired or for another service\."
    r" `ccr keys set [^`]*` gives it a new one\."
)
_CAPTURING = (
    r"proxy: capturing the traffic of other programs does not exist here\. Launch Claude Code"
    r" from CCR Desktop, or set its address with `ccr env`\."
)
_MISSING = (
    r"Install it with `[^`]*`, or set CLAUDE_PATH to say where it is\."
    r" Looked in .*?\.(?= [A-Z]|$)"
)
_TWO_SIGN_INS = (
    r"Take the sign-in \(`name:password@`\) out of the address, or remove the key \(`api_key`,"
    r" or the header Authorization\)\."
)
_OTHER_WAYS = (
    (
        r"Run `ccr keys set client-key`\.",
        QT_TRANSLATE_NOOP("OtherWays", "Enter it under Service in Settings."),
    ),
    (
        r"Run `ccr keys set '?client-key/[^`]*`\.",
        QT_TRANSLATE_NOOP(
            "OtherWays", "Remove the device under Service in Settings, and add it again."
        ),
    ),
    (r"Run `ccr keys set [^`]*`\.", _ENTER_IT),
    (
        r"Nothing was changed\. `ccr keys set [^`]*` keeps one\.",
        QT_TRANSLATE_NOOP("OtherWays", "Nothing was changed. Enter it at the provider."),
    ),
    (r"`ccr keys set [^`]*` keeps one\.", _ENTER_IT),
    (
        r"`ccr keys set [^`]*` stores a key\.",
        QT_TRANSLATE_NOOP("OtherWays", "Enter a key at the provider."),
    ),
    (
        _MISTYPED,
        QT_TRANSLATE_NOOP(
            "OtherWays",
            "It may be mistyped, expired or for another service. Enter a new one at the provider.",
        ),
    ),
    (
        r"Correct the extra keys with `ccr config edit`\.",
        QT_TRANSLATE_NOOP("OtherWays", "Correct its extra keys at the provider."),
    ),
    (
        r"`ccr keys set [^`]*` asks for it; then set keyring:[^`]*, or \$[^`]*, here\.",
        QT_TRANSLATE_NOOP("OtherWays", "Enter it in its own field."),
    ),
    (
        r"`ccr keys sign-in [^`]*` signs in with GitHub\.",
        QT_TRANSLATE_NOOP("OtherWays", "Sign in at the provider."),
    ),
    (
        r"(.*)`ccr plugins list` names them all\.",
        QT_TRANSLATE_NOOP(
            "OtherWays", "%1One of a plugin needs that plugin: see Plugins in Settings."
        ),
    ),
    (
        r"Logs are in the log folder: see `ccr logs`\.",
        QT_TRANSLATE_NOOP("OtherWays", "Logs are in the log folder, which Settings, Files opens."),
    ),
    (
        r"`ccr config check` says what is wrong\.",
        QT_TRANSLATE_NOOP("OtherWays", "Settings, Text, marks what is wrong."),
    ),
    (
        r"And (.*?) more: `ccr config check` lists them all\.",
        QT_TRANSLATE_NOOP("OtherWays", "And %1 more: Settings, Text, marks them all."),
    ),
    (
        r"`ccr config history` lists them\.",
        QT_TRANSLATE_NOOP("OtherWays", "Settings, History, lists them."),
    ),
    (
        r"`ccr config show` tells what is there\.",
        QT_TRANSLATE_NOOP("OtherWays", "Settings, Text, shows what is there."),
    ),
    (
        r"Name one of its settings, or use `ccr providers` or `ccr config edit`\.",
        QT_TRANSLATE_NOOP("OtherWays", "Name one of its settings, or change it in Settings, Text."),
    ),
    (
        r"Switch it on again \(`ccr providers resume [^`]*`\), or name a fallback\.",
        QT_TRANSLATE_NOOP(
            "OtherWays", "Switch it on again among the providers, or choose a backup model."
        ),
    ),
    (
        r"The providers are: (.*?)\. `ccr providers add [^`]*` adds one\.",
        QT_TRANSLATE_NOOP("OtherWays", "The providers are: %1. Add one on the page Providers."),
    ),
    (
        r"`ccr providers models [^`]*` lists the models\.",
        QT_TRANSLATE_NOOP("OtherWays", "The form of the provider lists the models."),
    ),
    (
        r"A preset is added with `ccr preset install`, or under Presets in the window\.",
        QT_TRANSLATE_NOOP("OtherWays", "A preset is added under Presets in Settings."),
    ),
    (
        r"Install it with `ccr preset install`, or under Presets in the window\.",
        QT_TRANSLATE_NOOP("OtherWays", "Install it under Presets in Settings."),
    ),
    (
        r"Installed are: (.*?)\. `ccr preset install [^`]*` adds one\.",
        QT_TRANSLATE_NOOP("OtherWays", "Installed are: %1. Add one under Presets in Settings."),
    ),
    (
        r"`ccr preset list` shows all\.",
        QT_TRANSLATE_NOOP("OtherWays", "Presets in Settings shows all."),
    ),
    (
        r"presets (.*): see them with `ccr preset list`, use one with `ccr preset apply [^`]*`\.",
        QT_TRANSLATE_NOOP("OtherWays", "presets %1: see and use them under Presets in Settings."),
    ),
    (
        _CAPTURING,
        QT_TRANSLATE_NOOP(
            "OtherWays",
            "proxy: capturing the traffic of other programs does not exist here. Launch Claude"
            " Code from CCR Desktop.",
        ),
    ),
    (
        _MISSING,
        QT_TRANSLATE_NOOP(
            "OtherWays",
            "The page Launch says how to install it and where it was looked for, and can be told"
            " where it is.",
        ),
    ),
    (
        r"the status line \(Claude Code must call `ccr statusline`\)",
        QT_TRANSLATE_NOOP("OtherWays", "the status line (see Status line in Settings)"),
    ),
    (
        r"Check the api_key of this provider\.",
        QT_TRANSLATE_NOOP("OtherWays", "Check the key of this provider."),
    ),
    (
        r'Write "EMAIL:API_TOKEN" as api_key(?=;)',
        QT_TRANSLATE_NOOP("OtherWays", "Enter EMAIL:API_TOKEN as the key"),
    ),
    (
        _TWO_SIGN_INS,
        QT_TRANSLATE_NOOP(
            "OtherWays",
            "Take the sign-in (name:password@) out of the address, or remove the key or the header"
            " Authorization.",
        ),
    ),
    (
        r"check api_base_url, api_key and headers(?=\.|$)",
        QT_TRANSLATE_NOOP(
            "OtherWays", "check the address, the key and the headers of the provider"
        ),
    ),
    (
        r"check api_base_url and proxy_url(?=\.|$)",
        QT_TRANSLATE_NOOP("OtherWays", "check the address and the proxy of the provider"),
    ),
    (
        r"check api_base_url, or choose another model\.",
        QT_TRANSLATE_NOOP("OtherWays", "check the address, or choose another model."),
    ),
    (
        r"check api_base_url(?=\.|$)",
        QT_TRANSLATE_NOOP("OtherWays", "check the address of the provider"),
    ),
    (
        r"check proxy_url and PROXY_URL(?=\.|$)",
        QT_TRANSLATE_NOOP(
            "OtherWays", "check the proxy of the provider and that under Network in Settings"
        ),
    ),
    (
        r"check the network and PROXY_URL(?=\.|$)",
        QT_TRANSLATE_NOOP("OtherWays", "check the network and the proxy under Network in Settings"),
    ),
    (
        r"Check the network; one that needs a proxy has it in PROXY_URL\.",
        QT_TRANSLATE_NOOP(
            "OtherWays",
            "Check the network; one that needs a proxy has it under Network in Settings.",
        ),
    ),
    (
        r"Check Desktop\.updateSource and PROXY_URL\.",
        QT_TRANSLATE_NOOP(
            "OtherWays",
            "In Settings, check the proxy under Network and, under Advanced, where new versions"
            " are.",
        ),
    ),
    (
        r"Check the proxy in PROXY_URL\.",
        QT_TRANSLATE_NOOP("OtherWays", "Check the proxy under Network in Settings."),
    ),
    (
        r"A company's own authority goes into CA_FILE\.",
        QT_TRANSLATE_NOOP("OtherWays", "A company's own authority goes under Network in Settings."),
    ),
    (
        r"a company's own authority goes into CA_FILE(?=\.|$)",
        QT_TRANSLATE_NOOP("OtherWays", "a company's own authority goes under Network in Settings"),
    ),
    (
        r"Take the sign-in out of api_base_url, or remove the key\.",
        QT_TRANSLATE_NOOP("OtherWays", "Take the sign-in out of the address, or remove the key."),
    ),
    (
        r"take the sign-in out of api_base_url, or remove the key(?=\.|$)",
        QT_TRANSLATE_NOOP("OtherWays", "take the sign-in out of the address, or remove the key"),
    ),
    (
        r"Start the server of (.*?), or correct its api_base_url\.",
        QT_TRANSLATE_NOOP("OtherWays", "Start the server of %1, or correct its address."),
    ),
    (
        r"Check the network, the proxy and api_base_url\.",
        QT_TRANSLATE_NOOP("OtherWays", "Check the network, the proxy and the address."),
    ),
    (
        r"Check how api_base_url ends\.",
        QT_TRANSLATE_NOOP("OtherWays", "Check how the address ends."),
    ),
    (
        r"Check api_base_url,? and the name of the model\.",
        QT_TRANSLATE_NOOP("OtherWays", "Check the address and the name of the model."),
    ),
    (
        r"Check api_base_url\.",
        QT_TRANSLATE_NOOP("OtherWays", "Check the address."),
    ),
)
_FILE_WORDS = ("api_base_url", "api_key", "proxy_url", "PROXY_URL", "CA_FILE")
_SIGNS = ("`ccr ", "set CLAUDE_PATH", *_FILE_WORDS)
_FOUND = [(re.compile(pattern), str(words)) for pattern, words in _OTHER_WAYS]

WORDS = tuple(dict.fromkeys(words for _, words in _FOUND))


def in_the_window(said: str) -> str:
    """*said* in English, without commands that the window has a place for."""
    if not any(sign in said for sign in _SIGNS):
        return said
    for pattern, words in _FOUND:
        said = pattern.sub(partial(_filled, words), said)
    return said


def _filled(words: str, found: re.Match[str]) -> str:
    for number, part in enumerate(found.groups(), 1):
        words = words.replace(f"%{number}", part)
    return words
