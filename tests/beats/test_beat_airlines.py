"""A metric and a unit are one entry each: what a user's file names is read and given out."""

from datetime import date
from pathlib import Path

import pytest

from crawler.article import Article
from crawler.errors import VocabularyError
from extract.pipeline import build_nlp, claims_of
from extract.vocabulary import check_file, load_vocabulary

WORDS = Path(__file__).with_name("airlines.toml")
TEXT = (
    "Aurora Air carried 3.1 million passengers in March, up 6% from a year earlier. "
    "Norvik Airlines carried 1.2 million passengers.\n\nSkua Air carried 400,000 pax in March."
)


def test_a_metric_of_the_users_own_is_chosen_with_its_own_unit() -> None:
    nlp = build_nlp(load_vocabulary([WORDS]))
    claims = claims_of(nlp, Article("u", "", TEXT, published="2026-04-10"), date(2026, 4, 10))
    assert [(c.subject, c.metric, c.kind, c.value, c.unit) for c in claims] == [
        ("Aurora Air", "passengers", "level", 3.1e6, "passengers"),
        ("Aurora Air", "passengers", "change", 6, "percent"),
        ("Norvik Airlines", "passengers", "level", 1.2e6, "passengers"),
        ("Skua Air", "passengers", "level", 4e5, "passengers"),
    ]


def test_a_unit_that_means_something_already_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "mine.toml"
    wrong.write_text('[[unit]]\nname = "fass"\nwords = ["barrel"]\nexample = "It has 3 barrels."\n')
    with pytest.raises(VocabularyError, match=r"mine\.toml \[\[unit\]\] 'fass': 'barrel' already means"):
        check_file(wrong)
