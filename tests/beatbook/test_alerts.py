"""Alerts: which claims a rule concerns, what is wrong with a file of rules, each claim once."""

from datetime import UTC, datetime
from pathlib import Path

import notebook
import pytest

from beatbook import alerts
from beatbook.alerts import Rule, load_rules, matches
from crawler.errors import InputError
from store.records import Sighting
from store.schema import open_db

TO = ("json://localhost",)


def sighting(**fields: object) -> Sighting:
    base: dict[str, object] = {
        "id": "c",
        "article": "a",
        "url": "https://x.example/",
        "subject": "Halcyon 3",
        "metric": "price_input",
        "kind": "level",
        "value": 2.0,
        "unit": "USD/1M tokens",
        "first_seen": "2026-03-09T00:00:00+00:00",
        "entity": "halcyon3",
    }
    return Sighting(**{**base, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "claim", "concerned"),
    [
        ({}, {}, True),
        ({"subject": "halcyon-3"}, {}, True),
        ({"subject": "Baiyun-4"}, {}, False),
        ({"metric": "tokens"}, {}, False),
        ({"direction": "down"}, {"direction": "down"}, True),
        ({"direction": "down"}, {"direction": "up"}, False),
        ({"threshold": 2}, {}, True),
        ({"threshold": 2.5}, {}, False),
        ({"threshold": 2.5, "direction": "down"}, {}, True),
        ({"threshold": 10}, {"kind": "change", "value": 12.0, "unit": "percent", "direction": "up"}, True),
        ({"threshold": 10}, {"kind": "change", "value": 8.0, "unit": "percent", "direction": "up"}, False),
        (
            {"threshold": 10, "direction": "down"},
            {"kind": "change", "value": 12.0, "unit": "percent", "direction": "up"},
            False,
        ),
        ({"threshold": 10}, {"kind": "change", "value": None, "direction": "up"}, False),
        ({}, {"negated": True}, False),
    ],
)
def test_which_claims_a_rule_concerns(
    rule: dict[str, object], claim: dict[str, object], concerned: bool
) -> None:
    made = Rule("r", TO, **rule)  # type: ignore[arg-type]
    assert bool(matches([made], [sighting(**claim)])) is concerned


def test_rules_are_read_and_named(tmp_path: Path) -> None:
    file = tmp_path / "alerts.toml"
    file.write_text('[[alert]]\nsubject = "Halcyon 3"\nthreshold = 5\nto = ["json://localhost"]\n')
    (rule,) = load_rules(file)
    assert (rule.name, rule.subject, rule.threshold) == ("Halcyon 3 5", "Halcyon 3", 5)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = 1", "holds [[alert]]"),
        ("[[alert]\n", "not TOML"),
        ("[[alert]]\nsubject = 'x'", "to must list"),
        ("[[alert]]\nto = ['json://h']\ncolour = 'red'", "unknown key 'colour'"),
        ("[[alert]]\nto = ['json://h']\nthreshold = 'much'", "threshold has the wrong type"),
        ("[[alert]]\nto = ['json://h']\ndirection = 'sideways'", "direction must be"),
    ],
)
def test_a_wrong_file_is_refused_with_its_entry(text: str, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "alerts.toml"
    file.write_text(text)
    with pytest.raises(InputError) as error:
        load_rules(file)
    assert str(error.value).startswith(str(file))
    assert reason in str(error.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        load_rules(tmp_path / "none.toml")


def test_each_claim_once_and_again_where_delivery_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    works = [False, True]

    def notify(rule: Rule, claim: Sighting) -> bool:
        sent.append(claim.id)
        return works[min(len(sent) - 1, 1)]

    monkeypatch.setattr(alerts, "notify", notify)
    rule = Rule("cheap", TO, metric="price_input", threshold=2.5, direction="down")
    now = datetime(2026, 3, 10, tzinfo=UTC)
    with open_db(notebook.make(tmp_path)) as db:
        assert not alerts.send_new(db, [rule], now)
        assert alerts.send_new(db, [rule], now)
        assert alerts.send_new(db, [rule], now)
    assert len(sent) == 2
    assert len(set(sent)) == 1


def test_an_address_that_apprise_does_not_know_is_refused() -> None:
    pytest.importorskip("apprise", reason="the extra 'alerts' is not installed")
    with pytest.raises(InputError, match="none that Apprise knows"):
        alerts.notify(Rule("r", ("nonsense://x",)), sighting())
