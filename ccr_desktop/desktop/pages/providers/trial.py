"""A test of a connection in words: what was found, and what mends what was not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.probe import ADDRESS, KEY, MODEL, STEPS, TOOLS, Cause
from ccr_desktop.desktop import figures, lists
from ccr_desktop.desktop.widgets.step_list import Step, StepState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.probe import Step as Finding

_STATES: dict[bool | None, StepState] = {True: "ok", False: "failed", None: "skipped"}


class Mend(StrEnum):
    """What a button of a failed test does."""

    ENTER_KEY = "enter key"
    GET_KEY = "get key"
    USE_MODEL = "use model"
    CHOOSE_MODEL = "choose model"
    EDIT_POOL = "edit pool"
    EDIT_ADDRESS = "edit address"
    START_SERVER = "start server"


@dataclass(frozen=True, slots=True)
class Fix:
    """A button. `value` is what it works with, such as the name of a model."""

    mend: Mend
    label: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is tested, as far as the words need it."""

    vendor: str
    model: str
    key_url: str = ""
    is_local: bool = False
    startable: str = ""
    """The title of a program on this computer that could be started: `Ollama`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A test so far. `result` is there when all went well, `problem` when not."""

    steps: tuple[Step, ...]
    is_running: bool = False
    is_past: bool = False
    """What was tested is not what is in the form any more."""
    result: str = ""
    problem: str = ""
    detail: str = ""
    fixes: tuple[Fix, ...] = ()

    @property
    def is_good(self) -> bool:
        return bool(self.result)

    @property
    def has_ended(self) -> bool:
        return bool(self.result or self.problem)


def not_begun() -> Trial:
    return Trial(steps=tuple(Step(key=name, title=_title(name)) for name in STEPS))


def running(found: Sequence[Finding]) -> Trial:
    """The test between two findings: the first step that is not known is being done."""
    return Trial(steps=_steps(found, next_state="running"), is_running=True)


def stopped(found: Sequence[Finding], why: str = "") -> Trial:
    """A test that was broken off, by a person unless something else is said."""
    problem = why or _tr("The test was stopped.")
    return Trial(steps=_steps(found, next_state="skipped"), problem=problem)


def ended(found: Sequence[Finding], subject: Subject, total_s: float) -> Trial:
    """The whole test, with words for the step that failed."""
    steps = _steps(found, next_state="skipped")
    failed = next((finding for finding in found if finding.ok is False), None)
    if failed is None:
        return Trial(steps=steps, result=_result(found, total_s))
    return Trial(
        steps=steps,
        problem=_problem(failed, subject),
        detail=failed.detail,
        fixes=_fixes(failed, subject),
    )


def refused_key(vendor: str) -> str:
    """What is said where the key was refused before anything else could be asked."""
    return _problems()[Cause.KEY_REFUSED].format(vendor=vendor)


def _steps(found: Sequence[Finding], next_state: StepState) -> tuple[Step, ...]:
    known = {finding.name: finding for finding in found}
    steps = []
    state = next_state
    for name in STEPS:
        if finding := known.get(name):
            steps.append(_known(finding))
        else:
            steps.append(Step(key=name, title=_title(name), state=state))
            state = "waiting" if next_state == "running" else next_state
    return tuple(steps)


def _known(finding: Finding) -> Step:
    note = figures.duration(finding.seconds) if finding.ok and finding.seconds else ""
    return Step(key=finding.name, title=_title(finding.name), state=_STATES[finding.ok], note=note)


def _title(name: str) -> str:
    return {
        ADDRESS: _tr("Reach the address"),
        KEY: _tr("Key accepted"),
        MODEL: _tr("Model answers"),
        TOOLS: _tr("Tools work"),
    }[name]


def _result(found: Sequence[Finding], total_s: float) -> str:
    first_s = max((finding.first_s for finding in found), default=0.0)
    words = _tr("It works. {total} in all, first word after {first}.")
    return words.format(total=figures.duration(total_s), first=figures.duration(first_s))


def _problem(failed: Finding, subject: Subject) -> str:
    facts = {"vendor": subject.vendor, "model": subject.model, "closest": failed.closest}
    if failed.cause is Cause.UNREACHABLE and subject.is_local:
        return _tr("{vendor} is not running on this computer.").format(**facts)
    if failed.cause is Cause.MODEL_UNKNOWN and failed.closest:
        return _tr("{vendor} has no model named “{model}”. Closest: “{closest}”.").format(**facts)
    if failed.refused:
        return _of_pool(failed, subject.vendor)
    return _problems().get(failed.cause, _problems()[Cause.OTHER]).format(**facts)


def _of_pool(failed: Finding, vendor: str) -> str:
    """Which of several keys are refused."""
    if not failed.has_others:
        words = _tr(
            "{vendor} accepted none of these keys. They may be mistyped, expired or for another"
            " service."
        )
        return words.format(vendor=vendor)
    extra = _tr("extra key {n}")
    keys = (extra.format(n=number) if number else _tr("the main key") for number in failed.refused)
    words = _tr("{vendor} did not accept {keys}. The other keys are used.")
    return words.format(vendor=vendor, keys=lists.names(keys))


def _problems() -> dict[Cause, str]:
    return {
        Cause.UNREACHABLE: _tr("{vendor} can't be reached. Check the address and the network."),
        Cause.SILENT: _tr("{vendor} does not answer. Try again in a while."),
        Cause.CERTIFICATE: _tr(
            "The network replaces security certificates (often company networks). Add your"
            " company's certificate in the settings."
        ),
        Cause.NO_TLS: _tr(
            "{vendor} does not speak https at this address. Maybe it begins with http://, or has"
            " another port."
        ),
        Cause.TWO_SIGN_INS: _tr(
            "The address of {vendor} has a sign-in, and there is a key, too. Take the sign-in out"
            " of the address, or remove the key."
        ),
        Cause.NOTHING_THERE: _tr(
            "{vendor} knows nothing at this address. Check how it ends, and the name of the model."
        ),
        Cause.NO_API: _tr(
            "There is a web page at this address, nothing that models answer at. Check how the"
            " address ends."
        ),
        Cause.KEY_MISSING: _tr("There is no key for {vendor} yet."),
        Cause.KEY_REFUSED: _tr(
            "{vendor} did not accept this key. It may be mistyped, expired or for another service."
        ),
        Cause.NO_MODEL: _tr("No model is chosen yet, and the test has to ask one."),
        Cause.MODEL_UNKNOWN: _tr("{vendor} has no model named “{model}”."),
        Cause.NO_MONEY: _tr(
            "Your {vendor} balance is empty, or the model is not part of your plan."
        ),
        Cause.TOO_MANY: _tr("{vendor} says that there were too many requests. Wait a little."),
        Cause.NO_TOOLS: _tr("{model} cannot use tools, which Claude Code needs."),
        Cause.OTHER: _tr("{vendor} answered with an error. “Details” has what it said."),
    }


def _fixes(failed: Finding, subject: Subject) -> tuple[Fix, ...]:
    choose = Fix(Mend.CHOOSE_MODEL, _tr("Choose another model"))
    address = Fix(Mend.EDIT_ADDRESS, _tr("Change the address"))
    match failed.cause:
        case Cause.UNREACHABLE if subject.startable:
            words = _tr("Start {program}").format(program=subject.startable)
            return (Fix(Mend.START_SERVER, words),)
        case Cause.UNREACHABLE | Cause.NO_TLS | Cause.TWO_SIGN_INS:
            return (address,)
        case Cause.NOTHING_THERE:
            return (address, choose)
        case Cause.NO_API:
            return (address,)
        case Cause.KEY_REFUSED if failed.refused:
            return _pool_fixes(failed, subject)
        case Cause.KEY_MISSING | Cause.KEY_REFUSED:
            return _key_fixes(subject)
        case Cause.NO_MODEL:
            return (Fix(Mend.CHOOSE_MODEL, _tr("Choose a model")),)
        case Cause.MODEL_UNKNOWN if failed.closest:
            words = _tr("Use “{model}”").format(model=failed.closest)
            return (Fix(Mend.USE_MODEL, words, failed.closest), choose)
        case Cause.MODEL_UNKNOWN | Cause.NO_TOOLS:
            return (choose,)
        case _:
            return ()  # but to test again, which is always there


def _pool_fixes(failed: Finding, subject: Subject) -> tuple[Fix, ...]:
    of_main = _key_fixes(subject) if 0 in failed.refused else ()
    change = Fix(Mend.EDIT_POOL, _tr("Change the extra keys"))
    return (*of_main, change) if any(failed.refused) else of_main


def _key_fixes(subject: Subject) -> tuple[Fix, ...]:
    enter = Fix(Mend.ENTER_KEY, _tr("Enter key"))
    if not subject.key_url:
        return (enter,)
    return (enter, Fix(Mend.GET_KEY, _tr("Get a key"), subject.key_url))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConnectionTest", text)
