"""Runs checks beside each other: each within its time, and what fails in one stays there."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop.core.config.secret_values import secret_values
from ccr_desktop.core.protocol.failures import redact
from ccr_desktop.core.protocol.masking import hide
from ccr_desktop.core.setup.secret_fields import find_secrets
from ccr_desktop.doctor.check import Finding, Result, Side, Verdict, unchecked
from ccr_desktop.doctor.reach import Reaching
from ccr_desktop.doctor.words import say
from ccr_desktop.errors import CcrError, ConfigError, begun
from ccr_desktop.launch.environment import DUMMY_TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.doctor.check import Around, Check

log = logging.getLogger(__name__)
_SECRET_VARIABLE = re.compile(r"KEY|TOKEN|SECRET|PASSW|CREDENTIAL", re.I)
_SHORTEST = 8
_CREDENTIALS_IN_URL = re.compile(r"(?<=://)[^/\s?#]+@")


async def examine(
    checks: Sequence[Check], around: Around, tell: Callable[[Result], None] = lambda _: None
) -> list[Result]:
    """The results in the order of the checks; *tell* hears of each as soon as it is there."""

    secrets = known_secrets(around.store, around.environment)

    async def one(check: Check) -> Result:
        found = await _found(check, around)
        result = Result(check, found.hidden(lambda text: without_secrets(text, secrets)))
        tell(result)
        return result

    reaching = Reaching(around.config)
    around = replace(around, reaching=reaching)
    try:
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(one(check)) for check in checks]
        return [task.result() for task in running]
    finally:
        await reaching.close()


async def _found(check: Check, around: Around) -> Finding:
    try:
        async with asyncio.timeout(check.limit_s):
            return await check.look(around)
    except TimeoutError:
        return unchecked(say("No result within {seconds} s.", seconds=f"{check.limit_s:g}"))
    except CcrError as exc:
        return Finding(
            verdict=Verdict.PROBLEM,
            text=say("{title}. {message}", title=exc.title, message=begun(exc.message)),
            side=Side.COMPUTER,
        )
    except Exception as exc:
        log.exception("the check %s failed", check.key)
        said = f"{type(exc).__name__}: {exc}"
        return unchecked(say("The check itself failed: {error}", error=said))


def known_secrets(store: ConfigStore, environment: Mapping[str, str]) -> list[str]:
    """Everything that must not be shown: of the settings, in force or not, and the environment.

    Short texts, names of providers and files are no secrets: some local servers are given their
    own name for a key.
    """
    configs = [store.config]
    with suppress(ConfigError):
        configs.append(store.written)
    found = {text for config in configs for text in secret_values(config)}
    found |= {text for config in configs for text in _written_in(config)}
    found |= {value for name, value in environment.items() if _SECRET_VARIABLE.search(name)}
    names = {name for config in configs for name in config.providers}
    return [text for text in found - names - {DUMMY_TOKEN} if _is_secret(text)]


def _written_in(config: Config) -> Iterator[str]:
    """Also what is secret by its name alone, such as an option of a plugin. Of an address only a
    part is secret, which is taken out by its shape.
    """
    return (text for _, text in find_secrets(config.raw) if "://" not in text)


def _is_secret(text: str) -> bool:
    is_file = os.path.isabs(text) and os.path.exists(text)  # noqa: PTH110, PTH117  # any text at all
    return len(text) >= _SHORTEST and not is_file


def without_secrets(text: str, secrets: Sequence[str]) -> str:
    return _CREDENTIALS_IN_URL.sub("***@", redact(hide(text, secrets)))
