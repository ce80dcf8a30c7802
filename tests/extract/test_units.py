"""The units vocabulary: every entry's example is read, and a wrong file is refused with file and entry."""

from pathlib import Path

import pytest

from crawler.errors import VocabularyError
from extract.quantities import find_quantities
from extract.units import Example
from extract.units_loading import load_units

UNITS = load_units()


@pytest.mark.parametrize("example", UNITS.examples, ids=lambda example: f"{example.table} {example.meaning}")
def test_example_shows_its_entry(example: Example) -> None:
    found = find_quantities(example.text, UNITS)
    assert found
    if example.table in ("currency", "unit"):
        assert example.meaning in {quantity.unit for quantity in found}
    elif example.table == "multiple":
        assert (float(example.meaning), "x") in {(quantity.value, quantity.unit) for quantity in found}
    elif example.table == "time":
        assert example.meaning in {quantity.per for quantity in found}
    elif example.table in ("qualifier", "direction"):
        assert example.meaning in {getattr(quantity, example.table) for quantity in found}
    else:
        assert any(1 <= quantity.value / float(example.meaning) < 1000 for quantity in found)


def test_a_file_adds_a_unit(tmp_path: Path) -> None:
    path = tmp_path / "ships.toml"
    path.write_text(
        '[[unit]]\nname = "DWT"\nsymbols = ["dwt"]\nexample = "A ship of 80,000 dwt."\n'
        '[[currency]]\ncode = "XDR"\nsymbols = ["SDR"]\nexample = "It costs SDR 5 million."\n',
        encoding="utf-8",
    )
    units = load_units(path)
    found = find_quantities("It paid SDR 3m for a ship of 80,000 dwt.", units)
    assert [(quantity.value, quantity.unit) for quantity in found] == [(3e6, "XDR"), (80000, "DWT")]


@pytest.mark.parametrize(
    ("content", "where", "message"),
    [
        (
            '[[unit]]\nname = "kg"\nexample = "x"\ncolour = "red"\n',
            "own.toml [unit 1]",
            "unknown key 'colour'",
        ),
        ('[[unit]]\nname = "kg"\n', "own.toml [unit 1]", "example is missing"),
        ('[[planet]]\nname = "kg"\n', "own.toml [planet]", "unknown table"),
        ('[[unit]]\nname = 3\nexample = "x"\n', "own.toml [unit 1]", "name must be a text"),
        (
            '[[unit]]\nname = "a"\nwords = [1]\nexample = ""\n',
            "own.toml [unit 1]",
            "words must be a list of texts",
        ),
        ('[[qualifier]]\nvalue = "very"\nexample = "x"\n', "own.toml [qualifier 1]", "value must be one of"),
        (
            '[[unit]]\nname = "b"\nexample = ""\n[[unit]]\nname = "c"\nwords = ["kilo"]\nexample = ""\n',
            "own.toml [unit 2]",
            "'kilo' already means",
        ),
        ("[[unit]\n", "own.toml", "cannot be read"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, content: str, where: str, message: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        load_units(path)
    assert str(caught.value).removeprefix(f"{tmp_path}/").startswith(f"{where}: ")
    assert message in caught.value.message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError):
        load_units(tmp_path / "none.toml")
