"""Reading again: what would appear, vanish or change is told first, and nothing is done by the telling."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from beatbook.cli import main
from beatbook.reextract import compare
from extract.records import Claim
from store.schema import open_db

SENTENCE = "OpenAI had 5 million users and Mistral had 2 million users in March."
OPENAI = Claim("OpenAI", "users", "level", 5e6, "users", "5 million users", SENTENCE, "text", 11, 26)
MISTRAL = Claim("Mistral", "users", "level", 2e6, "users", "2 million users", SENTENCE, "text", 43, 58)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([OPENAI, MISTRAL], [OPENAI, MISTRAL], []),
        ([OPENAI], [replace(OPENAI, confidence=0.1, rules=("another",))], []),
        ([], [OPENAI], [("appear", None, OPENAI)]),
        ([MISTRAL], [], [("vanish", MISTRAL, None)]),
        ([OPENAI], [replace(OPENAI, value=6e6)], [("change", OPENAI, replace(OPENAI, value=6e6))]),
        (
            [MISTRAL, OPENAI],
            [replace(OPENAI, metric="downloads")],
            [("change", OPENAI, replace(OPENAI, metric="downloads")), ("vanish", MISTRAL, None)],
        ),
        ([OPENAI], [MISTRAL], [("vanish", OPENAI, None), ("appear", None, MISTRAL)]),
    ],
)
def test_what_becomes_of_claims(before: list[Claim], after: list[Claim], told: list[object]) -> None:
    assert compare(before, after) == told


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_difference_is_told_before_anything_is_replaced(tmp_path: Path) -> None:
    db, text = tmp_path / "x.db", tmp_path / "users.txt"
    text.write_text(
        "Users\n\nOpenAI had 5 million users in March 2026, the company said.\n", encoding="utf-8"
    )
    assert run("import", text, "--db", db, "--now", "2026-04-01").exit_code == 0
    with open_db(db) as store:
        store.execute("UPDATE claims SET value = 4e6, id = 'of an older reading'")
        store.execute("UPDATE article_versions SET extracted_with = 'an older one'")
        store.conn.commit()
    diff = run("reextract", "--diff", "--db", db, "--format", "jsonl")
    (line,) = (json.loads(line) for line in diff.stdout.splitlines())
    assert (line["what"], line["before"]["value"], line["after"]["value"]) == ("change", 4e6, 5e6)
    assert json.loads(run("claims", "--db", db, "--format", "json").stdout)[0]["value"] == 4e6
    assert run("reextract", "--db", db).stdout == "1 articles read again\n"
    assert json.loads(run("claims", "--db", db, "--format", "json").stdout)[0]["value"] == 5e6
    assert run("reextract", "--db", db).stdout == "0 articles read again\n"
    assert run("reextract", "--diff", "--db", db).stdout == "nothing would change\n"
