"""The commands that ask: each format, the window, filters and charts, on a notebook made without a crawl."""

import csv
import io
import json
from pathlib import Path

import notebook
import pytest
from click.testing import CliRunner

from beatbook.cli import main


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return notebook.make(tmp_path_factory.mktemp("answers"))


def ask(path: Path, *arguments: object) -> str:
    result = CliRunner().invoke(main, [*map(str, arguments), "--db", str(path), "--now", "2026-03-30"])
    assert result.exit_code == 0, result.output
    return result.stdout


def rows(path: Path, *arguments: object) -> list[dict[str, object]]:
    return [json.loads(line) for line in ask(path, *arguments, "--format", "jsonl").splitlines()]


ANSWERS = [
    (["history", "Halcyon 3", "tokens"], 3),
    (["history", "halcyon-3"], 5),
    (["prices"], 2),
    (["movers", "tokens"], 4),
    (["leaders", "tokens"], 2),
    (["revisions"], 0),
    (["conflicts"], 1),
    (["outcomes"], 0),
    (["checks"], 0),
    (["claims"], 10),
    (["search", "annualised"], 2),
    (["outcomes", "--scoreboard"], 0),
]


@pytest.mark.parametrize(
    ("command", "number"), ANSWERS, ids=lambda value: value[0] if isinstance(value, list) else ""
)
def test_every_format_has_every_row(path: Path, command: list[str], number: int) -> None:
    assert len(rows(path, *command)) == number
    assert len(json.loads(ask(path, *command, "--format", "json"))) == number
    assert len(list(csv.reader(io.StringIO(ask(path, *command, "--format", "csv"))))) == (
        number + 1 if number else 0
    )
    table = ask(path, *command)
    assert ("nothing found" in table) is (number == 0)


@pytest.mark.parametrize(
    ("command", "number"),
    [
        (["claims", "--since", "2026-03-15"], 4),
        (["claims", "--until", "2026-03-08"], 3),
        (["claims", "--as-of", "2026-03-08"], 3),
        (["claims", "--metric", "tokens", "--subject", "baiyun-4"], 3),
        (["claims", "--unit", "usd/1m tokens"], 2),
        (["claims", "--value", "4.6e12"], 1),
        (["claims", "--min-value", "1e9", "--max-value", "2e9"], 1),
        (["claims", "--source", "harbour post"], 1),
        (["claims", "--period-start", "2026-03-16", "--period-end", "2026-03-22"], 2),
        (["claims", "--negated"], 0),
        (["claims", "--min-confidence", "0.95"], 0),
        (["claims", "--limit", "2"], 2),
        (["prices", "--as-of", "2026-03-05"], 1),
        (["conflicts", "--since", "2026-03-11"], 0),
        (["history", "Halcyon 3", "tokens", "--as-of", "2026-03-16"], 2),
    ],
)
def test_filters_and_the_window(path: Path, command: list[str], number: int) -> None:
    assert len(rows(path, *command)) == number


def test_the_contract_of_what_compares(path: Path) -> None:
    (conflict,) = rows(path, "conflicts")
    assert {"subject", "metric", "period", "unit", "values", "sources", "claims"} <= set(conflict)
    assert conflict["period"] == ["2026-02-01", "2026-02-28"]
    ids = {claim["id"] for claim in rows(path, "claims", "--metric", "arr")}
    assert set(conflict["claims"]) == ids  # type: ignore[call-overload]


def test_prices_in_another_currency(path: Path, tmp_path: Path) -> None:
    rates = tmp_path / "rates.csv"
    rates.write_text("Date,USD,CNY\n2026-03-01,1.2,8.4\n")
    found = rows(path, "prices", "--rates", rates, "--currency", "CNY")
    assert [row["converted"] for row in found] == pytest.approx([21, 14])


@pytest.mark.parametrize("suffix", ["svg", "png", "html"])
def test_a_chart_beside_the_answer(path: Path, suffix: str, tmp_path: Path) -> None:
    chart = tmp_path / f"chart.{suffix}"
    assert len(rows(path, "history", "Halcyon 3", "tokens", "--chart", chart)) == 3
    assert chart.stat().st_size > 1000


def test_prices_against_the_public_list(tmp_path: Path) -> None:
    pytest.importorskip("genai_prices", reason="the extra 'reference' is not installed")
    line = notebook.lines()[0] | {
        "subject": "GPT-4o",
        "metric": "price_input",
        "value": 900.0,
        "unit": "USD/1M tokens",
        "period": [None, None],
    }
    (tmp_path / "c.jsonl").write_text(json.dumps(line))
    path = tmp_path / "x.db"
    assert (
        CliRunner()
        .invoke(main, ["import", "--claims", str(tmp_path / "c.jsonl"), "--db", str(path)])
        .exit_code
        == 0
    )
    (found,) = [row for row in rows(path, "prices", "--reference") if row["verdict"] == "differs"]
    assert (found["subject"], found["press"]) == ("GPT-4o", 900)


def test_importing_twice_changes_no_answer(tmp_path: Path) -> None:
    path = notebook.make(tmp_path)
    before = {tuple(command): ask(path, *command, "--format", "json") for command, _ in ANSWERS}
    again = CliRunner().invoke(
        main, ["import", "--claims", str(tmp_path / "claims.jsonl"), "--db", str(path)]
    )
    assert again.exit_code == 0, again.output
    assert {tuple(command): ask(path, *command, "--format", "json") for command, _ in ANSWERS} == before


def test_two_notebooks_become_one(tmp_path: Path) -> None:
    path, merged = notebook.make(tmp_path), tmp_path / "merged.db"
    for _ in range(2):
        assert CliRunner().invoke(main, ["merge", str(path), "--db", str(merged)]).exit_code == 0
    joined, own = (sorted(rows(one, "claims"), key=lambda row: str(row["id"])) for one in (merged, path))
    assert joined == own


def test_merging_what_is_not_there_is_listed_and_the_rest_is_kept(tmp_path: Path) -> None:
    path, merged = notebook.make(tmp_path), tmp_path / "merged.db"
    result = CliRunner().invoke(main, ["merge", str(tmp_path / "none.db"), str(path), "--db", str(merged)])
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [f"{tmp_path / 'none.db'}: no such database"]
    assert len(rows(merged, "claims")) == 10
