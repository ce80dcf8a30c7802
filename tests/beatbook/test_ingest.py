"""Bringing articles and claims in: whom the vocabulary knows is known to the database."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from beatbook.cli import main
from beatbook.reader import Reader
from store.entities import Entity

OWN = """
[[vendor]]
name = "Quillmark"
aliases = ["QMK Labs"]
country = "Norway"
example = "Quillmark raised its prices."

[[model]]
name = "Quill 4"
kind = "model"
owner = "Quillmark"
example = "Quill 4 costs $2."
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def users_of(subject: str, folder: Path, site: str, value: float) -> Path:
    """One claim as a JSON Lines file."""
    line = {
        "url": f"https://{site}.example/{subject}", "title": subject, "site": site, "published": "2026-03-02",
        "subject": subject, "metric": "users", "kind": "level", "value": value, "unit": "users",
        "period": ["2026-02-01", "2026-02-28"], "quote": f"{value:g}", "sentence": f"{subject}: {value:g}.",
        "field": "text", "start": 0, "end": 1, "modality": "reported", "negated": False, "confidence": 1.0,
    }  # fmt: skip
    path = folder / f"{site}.jsonl"
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return path


def test_a_reader_knows_the_entities_of_its_vocabulary(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(OWN, encoding="utf-8")
    entities = {entity.name: entity for entity in Reader((own,)).entities}
    assert entities["Quillmark"] == Entity("Quillmark", "vendor", None, "Norway", ("QMK Labs",))
    assert entities["Quill 4"] == Entity("Quill 4", "model", "Quillmark")
    assert entities["OpenAI"].kind == "vendor"
    assert {"group", "market", "organisation", "product"} <= {entity.kind for entity in entities.values()}


def test_an_alias_is_the_same_subject_whenever_the_vocabulary_learns_it(tmp_path: Path) -> None:
    db, own = tmp_path / "b.db", tmp_path / "own.toml"
    own.write_text(OWN, encoding="utf-8")
    told = [users_of("QMK Labs", tmp_path, "wire", 5e6), users_of("Quillmark", tmp_path, "ledger", 7e6)]
    assert run("import", "--claims", told[0], "--claims", told[1], "--db", db).exit_code == 0
    assert run("conflicts", "--db", db, "--format", "json").stdout.strip() == "[]"
    assert run("reextract", "--db", db, "--vocabulary", own).exit_code == 0
    conflicts = json.loads(run("conflicts", "--db", db, "--format", "json").stdout)
    assert [conflict["values"] for conflict in conflicts] == [[5e6, 7e6]]
    claims = json.loads(run("claims", "--subject", "Qmk labs", "--db", db, "--format", "json").stdout)
    assert {claim["value"] for claim in claims} == {5e6, 7e6}


def test_status_counts_the_subjects_of_claims_not_the_names_of_the_vocabulary(tmp_path: Path) -> None:
    db = tmp_path / "b.db"
    assert run("import", "--claims", users_of("OpenAI", tmp_path, "wire", 5e6), "--db", db).exit_code == 0
    assert "1 claims about 1 subjects" in run("status", "--db", db).output
