"""What needs attention, from those who know it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.config.spelling import NO_SUCH_SETTING, note_unknown_keys
from ccr_desktop.core.observe.health import Health
from ccr_desktop.core.secrets import Place, StoreState
from ccr_desktop.core.secrets.state import status
from ccr_desktop.core.server.neighbours import PortConflict
from ccr_desktop.desktop.attention_lines import (
    AttentionLine,
    attention_lines,
    without_ignored,
)
from ccr_desktop.desktop.notices import Notices
from ccr_desktop.desktop.service_state import Phase, ServiceState
from tests.unit.desktop.scenes import ended, failed, on_backup

RUNNING = ServiceState(Phase.RUNNING)
CONFLICT = PortConflict(3456, "node (4711)", is_ours=True, can_take_over=True)


def _config(paused: tuple[str, ...] = (), **router: object) -> Config:
    return read_config(
        {
            "Providers": [
                {
                    "name": name,
                    "api_base_url": "https://api.example.com/v1/chat/completions",
                    "api_key": "sk-x",
                    "models": ["m"],
                    "paused": name in paused,
                }
                for name in ("deepseek", "kimi")
            ],
            "Router": {"default": "deepseek,m", **router},
        },
        None,
        {},
    )


def _lines(**told: object) -> tuple[AttentionLine, ...]:
    known = {"service": RUNNING, "config": _config(), "issues": (), "found": Health(), "kept": ()}
    return attention_lines(**{**known, **told})


def _buttons(line: AttentionLine) -> list[tuple[str, str]]:
    return [(remedy.does, remedy.target) for remedy in line.remedies]


def test_nothing_needs_attention_when_all_is_well() -> None:
    assert _lines() == ()


def test_the_way_out_is_one_of_the_window_and_no_command() -> None:
    hint = "Did you mean “x”? `ccr plugins list` names them all."
    (line,) = _lines(issues=[Issue("Providers[0].transformer.use[0]", "There is none.", hint)])

    assert line.text.startswith("Did you mean “x”? One of a plugin needs that plugin: see Plugins")
    assert "ccr " not in line.text


def test_what_is_wrong_with_the_whole_file_is_shown_where_its_text_would_be() -> None:
    (line,) = _lines(issues=(Issue("", "It is a folder.", "Move it away."),))

    assert line.title == "The settings file can't be used"
    assert line.text == "It is a folder. Move it away."
    assert _buttons(line) == [("page", "settings/text/problem")]


@pytest.mark.parametrize(
    ("conflict", "buttons"),
    [
        (None, [("start", "")]),
        (CONFLICT, [("take-over", ""), ("other-port", "3456")]),
        (replace(CONFLICT, can_take_over=False), [("other-port", "3456"), ("start", "")]),
    ],
    ids=["a mistake of ours", "an older copy", "another program"],
)
def test_a_service_that_does_not_run_has_ways_out(
    conflict: PortConflict | None, buttons: list[tuple[str, str]]
) -> None:
    state = ServiceState(Phase.FAILED, "", "Port 3456 is in use", "End it.", conflict=conflict)

    (line,) = _lines(service=state)

    assert (line.title, line.text, line.can_wait) == ("Port 3456 is in use", "End it.", False)
    assert _buttons(line) == buttons


@pytest.mark.parametrize(
    ("where", "page", "place"),
    [
        ("Providers[1].api_key", "providers/kimi", "Key of a provider: kimi"),
        ("Providers[1].transformer.use[1]", "providers/kimi", "Compatibility fixes: kimi"),
        ("Providers[7].name", "providers", "Name of a provider"),
        ("Router.think", "routes/#Router.think", "Thinking and planning"),
        ("Router.thinkWhen[0]", "settings/#Router.thinkWhen", "Signs of much thinking"),
        ("Failover.when[1]", "routes/#Failover.when", "Which failures count"),
        ("Router.rules[0].when", "routes/#Router.rules[].when", "Conditions of a rule"),
        ("transformers[0].path", "settings/plugins", "Own compatibility fixes"),
        ("PORT", "settings/#PORT", "Port"),
        ("projects./shop[1]", "routes/#projects", "Projects with routes of their own: /shop"),
        ("LOGG", "settings/text/problem/LOGG", "LOGG"),
    ],
)
def test_a_mistake_in_the_settings_leads_to_its_page(where: str, page: str, place: str) -> None:
    (line,) = _lines(issues=[Issue(where, "It is wrong", "Mend it.")])

    assert _buttons(line) == [("page", page)]
    assert line.text == f"Mend it. ({place})"
    assert line.place == where


def test_an_unknown_setting_of_a_provider_is_told_with_whose_it_is() -> None:
    where = "Providers[1].max_tokns"
    issue = Issue(where, NO_SUCH_SETTING, "It is kept, but has no effect.", "warning")

    (line,) = _lines(issues=[issue])

    assert line.title == "max_tokns of kimi: There is no such setting."


def test_a_project_that_is_gone_is_named() -> None:
    issues = [
        Issue(f"projects./home/ada/{name}", "there is no such folder.", "Correct it.", "warning")
        for name in ("shop", "notes")
    ]
    first, second = _lines(issues=issues)
    assert "/home/ada/shop" in first.text
    assert "/home/ada/notes" in second.text


def test_unknown_settings_are_told_apart_and_found_in_the_text() -> None:
    found: list[Issue] = []
    note_unknown_keys({"FOO": 1, "Transformers": []}, ["transformers"], "", found)

    foo, transformers = _lines(issues=found)

    assert foo.title == "FOO: There is no such setting."
    assert foo.text == "It is kept, but has no effect."
    assert _buttons(foo) == [("page", "settings/text/problem/FOO")]
    assert _buttons(transformers) == [("page", "settings/text/problem/Transformers")]


def test_what_to_do_is_said_for_the_window_and_not_for_a_terminal() -> None:
    issue = Issue("Providers[0].api_key", "it holds no key 'kimi'", "Run `ccr keys set kimi`.")

    (line,) = _lines(issues=[issue])

    assert line.text == "Enter it at the provider. (Key of a provider: deepseek)"


def test_a_mistake_that_comes_from_another_is_not_shown() -> None:
    issues = [Issue("Router.default", "no provider", follows="Providers[0].name"), Issue("A", "b")]

    assert [line.title for line in _lines(issues=issues)] == ["B"]


def test_a_refused_key_is_told_once_whoever_knows_of_it() -> None:
    health, notices = Health(), Notices()
    event = ended("kimi,m", 401)
    event = replace(event, last_failure=failed("kimi,m", 401))
    health.note(event)

    (line,) = _lines(found=health)
    assert (line.key, line.title) == ("key:kimi", "kimi: key not accepted")
    assert _buttons(line) == [("page", "providers/kimi")]

    notices.note(event)
    lines = _lines(found=health, kept=notices.kept())
    assert [line.key for line in lines if "kimi" in line.key].count("key:kimi") == 0
    assert any(_buttons(line) == [("page", "providers/kimi")] for line in lines)


def test_a_provider_whose_absence_leaves_no_model_is_switched_on_from_here() -> None:
    (line,) = _lines(config=_config(("deepseek",), background="deepseek,m", think="kimi,m"))

    assert line.title == "deepseek is switched off"
    assert line.text.endswith(": Main work, Background jobs")
    assert _buttons(line) == [("switch-on", "deepseek")]


def test_a_provider_that_a_backup_stands_in_for_may_be_switched_off() -> None:
    assert _lines(config=_config(("deepseek",), default=["deepseek,m", "kimi,m"])) == ()
    assert _lines(config=_config(("kimi",))) == ()


def test_notices_are_listed_until_they_are_over() -> None:
    notices = Notices()
    notices.note(on_backup())
    (line,) = _lines(kept=notices.kept())
    assert line.title == "Router: using a backup model"
    assert _buttons(line) == [("page", "activity")]

    notices.note(ended("deepseek,chat"))
    assert [line.title for line in _lines(kept=notices.kept())] == []


def test_what_may_wait_is_quiet_for_a_while_and_what_may_not_is_not() -> None:
    state = ServiceState(Phase.FAILED, "", "The router keeps ending")
    lines = _lines(service=state, issues=[Issue("A", "b")])
    ignored = {line.key: 100.0 for line in lines}

    assert [line.key for line in without_ignored(lines, ignored, 99.0)] == ["service"]
    assert without_ignored(lines, ignored, 100.0) == lines


def test_a_refused_key_has_a_button_that_says_what_is_to_be_done() -> None:
    notices = Notices()
    notices.note(ended("kimi,k2", 401))
    notices.note(ended("deepseek,m", 503))

    buttons = {
        line.title: [one.label for one in line.remedies] for line in _lines(kept=notices.kept())
    }

    assert buttons == {
        "Router: kimi does not accept your key": ["Enter key"],
        "Router: a request failed": ["Show"],
    }


def test_a_store_that_keeps_keys_back_is_one_matter_that_is_mended_at_the_keys() -> None:
    locked = status(Place.KEYRING, StoreState.LOCKED, "")
    refused = [Issue(f"Providers[{n}].api_key", f"{locked.title}.", "", "warning") for n in (0, 1)]
    other = Issue("Providers[0].models", "It is empty")

    first, second = _lines(issues=[*refused, other], refusal=locked)

    assert first.title == "Your system's password store is locked"
    assert first.text == "Unlock it to use your keys. Without a key: deepseek, kimi."
    assert _buttons(first) == [("page", "settings/keys")]
    assert second.title == "It is empty"
    assert _lines(refusal=locked) == ()
