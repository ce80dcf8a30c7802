"""The vocabulary: what is shipped is whole, and what is wrong in a file is named."""

import re
from pathlib import Path

import pytest

from crawler.errors import VocabularyError
from extract.names import find_names
from extract.vocabulary import TABLES, Entry, check_file, load_vocabulary, name_key

SHIPPED = load_vocabulary()
NAMED = [
    entry
    for table in ("vendor", "model", "group", "market", "organisation")
    for entry in SHIPPED.entries(table)
]


def write(tmp_path: Path, text: str, name: str = "mine.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_shipped_vocabulary_has_the_size_of_the_beat() -> None:
    assert len(SHIPPED.entries("vendor")) >= 60
    assert len(SHIPPED.entries("model")) + len(SHIPPED.entries("market")) >= 120
    assert len(SHIPPED.entries("organisation")) >= 40


@pytest.mark.parametrize("entry", NAMED, ids=lambda e: e.where)
def test_example_shows_the_entry(entry: Entry) -> None:
    found = find_names(entry.example or "", "", SHIPPED)
    assert entry.name in {m.name for m in found}
    kind = entry.values.get("kind", entry.table)
    assert kind in {m.kind for m in found if m.name == entry.name}


@pytest.mark.parametrize("entry", NAMED, ids=lambda e: e.where)
def test_every_alias_leads_to_the_name(entry: Entry) -> None:
    for alias in entry.aliases:
        found = find_names(f"For now {alias} leads.", "", SHIPPED)
        assert entry.name in {m.name for m in found}, alias


def test_owners_of_models_are_vendors() -> None:
    vendors = {e.name for e in SHIPPED.entries("vendor")}
    owners = {e.values["owner"] for e in SHIPPED.entries("model") if "owner" in e.values}
    assert owners <= vendors


def test_metrics_and_cues_come_with_examples() -> None:
    for table in ("metric", "cue"):
        assert SHIPPED.entries(table)
        assert all(e.example for e in SHIPPED.entries(table))


VENDOR = '[[vendor]]\nname = "Ardoise"\ncountry = "Portugal"\nexample = "Ardoise grew."\n'


def test_own_file_adds_and_replaces(tmp_path: Path) -> None:
    own = write(tmp_path, VENDOR + '[[vendor]]\nname = "Nvidia"\ncountry = "US"\nexample = "Nvidia grew."\n')
    loaded = load_vocabulary([own])
    names = [e.name for e in loaded.entries("vendor")]
    assert names.count("Nvidia") == 1
    assert "Ardoise" in names
    assert next(e for e in loaded.entries("vendor") if e.name == "Nvidia").values.get("aliases") is None
    assert [m.kind for m in find_names("ardent Ardoise", "", loaded)] == ["vendor"]


def test_check_file_holds_only_its_own(tmp_path: Path) -> None:
    checked = check_file(write(tmp_path, VENDOR))
    assert [e.name for e in checked.entries("vendor")] == ["Ardoise"]
    assert not checked.entries("model")


@pytest.mark.parametrize(
    ("text", "subject", "message"),
    [
        (VENDOR + 'ticker = "ARD"\n', "mine.toml [[vendor]] 'Ardoise'", "unknown key 'ticker'"),
        ('[[vendor]]\nname = "A1"\ncountry = "X"\n', "mine.toml [[vendor]] 'A1'", "example is missing"),
        ('[[vendor]]\ncountry = "X"\n', "mine.toml [[vendor]] number 1", "name is missing"),
        (VENDOR.replace('"Portugal"', "3"), "mine.toml [[vendor]] 'Ardoise'", "country must be a text"),
        (VENDOR.replace('"Portugal"', '""'), "mine.toml [[vendor]] 'Ardoise'", "country must be a text"),
        (VENDOR + 'aliases = "Ard"\n', "mine.toml [[vendor]] 'Ardoise'", "aliases must be a list"),
        (
            VENDOR + 'aliases = ["NVIDIA"]\n',
            "mine.toml [[vendor]] 'Ardoise'",
            "'NVIDIA' is already a name of",
        ),
        (VENDOR + VENDOR, "mine.toml [[vendor]] 'Ardoise'", "stands twice in this file"),
        ("[[vendors]]\n", "mine.toml [[vendors]]", "unknown table; known are vendor"),
        ("vendor = 3\n", "mine.toml [vendor]", "must be an array of tables"),
        ("[[vendor]\n", "mine.toml", "is not TOML"),
        (
            '[[model]]\nname = "B"\nkind = "car"\nexample = "B"\n',
            "mine.toml [[model]] 'B'",
            "kind must be one of model, product",
        ),
        (
            '[[unit]]\nname = "TEU"\nfactor = "x"\nexample = "2 TEU"\n',
            "mine.toml [[unit]] 'TEU'",
            "factor must be a number",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, subject: str, message: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        check_file(write(tmp_path, text))
    assert caught.value.subject == subject
    assert message in caught.value.message
    assert "\n" not in str(caught.value)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=re.escape("absent.toml: No such file")):
        load_vocabulary([tmp_path / "absent.toml"])


def test_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "binary.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(VocabularyError, match="is not TOML"):
        check_file(path)


def test_every_table_takes_an_example_or_is_a_list_of_words() -> None:
    for name, table in TABLES.items():
        assert "example" in table.required or name in {
            "nationality",
            "group_noun",
            "place",
            "places",
            "words",
        }


def test_name_key_forgets_case_blanks_and_hyphens() -> None:
    assert name_key("DeepSeek-V3.2") == name_key("deepseek v3.2") != name_key("DeepSeek V32")
