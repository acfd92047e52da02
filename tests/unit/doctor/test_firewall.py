"""Firewalls of this computer, and a router that other devices are to reach."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ccr_desktop.doctor import firewall
from ccr_desktop.doctor.check import Finding, Verdict
from tests.unit.doctor.conftest import Look

OPEN = {"PORT": 3456, "HOST": "0.0.0.0", "APIKEY": "k"}
Says = Callable[..., None]


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Says:
    """No firewall is there but those that a test names."""
    answers: dict[str, str] = {}

    def run(command: Sequence[str]) -> str:
        return answers.get(command[0], "")

    monkeypatch.setattr(firewall, "_run", run)
    monkeypatch.setattr(firewall, "_UFW", tmp_path / "ufw.conf")
    monkeypatch.setattr(firewall, "_UFW_RULES", tmp_path / "user.rules")
    monkeypatch.setattr(firewall.sys, "platform", "linux")
    return lambda **more: answers.update({name.replace("_", "-"): t for name, t in more.items()})


def said(finding: Finding) -> str:
    return f"{finding.text} {finding.remedy}"


def test_a_router_for_this_computer_alone_needs_no_firewall(look: Look, says: Says) -> None:
    says(firewall_cmd="no\n")

    finding = look("firewall", {"PORT": 3456})

    assert finding.verdict is Verdict.OK
    assert "Only this computer" in str(finding.text)


def test_without_a_firewall_the_address_is_told(look: Look, says: Says) -> None:
    finding = look("firewall", OPEN)

    assert finding.verdict is Verdict.OK
    assert ":3456" in str(finding.text)


@pytest.mark.parametrize(
    ("rules", "verdict"),
    [
        (None, Verdict.UNCHECKED),
        ("", Verdict.WARNING),
        ("### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in\n", Verdict.WARNING),
        ("### tuple ### deny tcp 3456 0.0.0.0/0 any 0.0.0.0/0 in\n", Verdict.WARNING),
        ("### tuple ### allow tcp 3456 0.0.0.0/0 any 0.0.0.0/0 in\n", Verdict.OK),
        ("### tuple ### allow any 22,3000:4000 0.0.0.0/0 any 0.0.0.0/0 in\n", Verdict.OK),
        ("### tuple ### allow any any 0.0.0.0/0 any 10.0.0.0/8 in\n", Verdict.OK),
    ],
)
def test_ufw_is_asked_for_the_port(
    look: Look, says: Says, tmp_path: Path, rules: str | None, verdict: Verdict
) -> None:
    (tmp_path / "ufw.conf").write_text("# set\nENABLED=yes\n")
    if rules is not None:
        (tmp_path / "user.rules").write_text(rules)

    finding = look("firewall", OPEN)

    assert finding.verdict is verdict
    assert verdict is Verdict.OK or "sudo ufw allow 3456/tcp" in said(finding)


def test_ufw_that_is_off_is_none(look: Look, says: Says, tmp_path: Path) -> None:
    (tmp_path / "ufw.conf").write_text("ENABLED=no\n")

    assert look("firewall", OPEN).verdict is Verdict.OK


@pytest.mark.parametrize(("answer", "verdict"), [("yes", Verdict.OK), ("no", Verdict.WARNING)])
def test_firewalld_says_itself_what_it_lets_in(
    look: Look, says: Says, answer: str, verdict: Verdict
) -> None:
    says(firewall_cmd=f"{answer}\n")

    finding = look("firewall", OPEN)

    assert finding.verdict is verdict
    assert verdict is Verdict.OK or "--add-port=3456/tcp" in said(finding)


def test_rules_of_nftables_are_not_to_be_seen_but_their_place_is_told(
    look: Look, says: Says
) -> None:
    says(systemctl="active\n")

    finding = look("firewall", OPEN)

    assert finding.verdict is Verdict.UNCHECKED
    assert "tcp dport 3456 accept" in said(finding)


def test_macos_tells_where_its_firewall_is(
    look: Look, says: Says, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(firewall.sys, "platform", "darwin")
    says(**{firewall._MAC: "Firewall is enabled. (State = 1)\n"})

    assert "System Settings" in said(look("firewall", OPEN))


def test_windows_tells_where_its_firewall_is(
    look: Look, says: Says, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(firewall.sys, "platform", "win32")
    monkeypatch.setattr(firewall, "_is_on_in_windows", lambda: True)

    assert "localport=3456" in said(look("firewall", OPEN))


def test_a_program_that_is_not_there_says_nothing() -> None:
    assert firewall._said("/no/such/program") == ""
