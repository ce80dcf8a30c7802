from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from store_helpers import NOW, TEXT, article, line, load, new_db

from store.schema import Store
from store.stories import Body, is_copy, signature
from store.write import save_article

NAMES = ("Asta", "Borel", "Cymric", "Dunmore", "Estrel", "Fenwick", "Garda", "Holm", "Istra", "Jorvik")
LONG = " ".join(
    f"{name} sold {i + 3}.{i} million boards in the quarter, {i + 11}% more than analysts had expected of it."
    for i, name in enumerate(NAMES)
)
"""Ten sentences, each with figures of its own."""


@pytest.mark.parametrize(
    ("other", "copied"),
    [
        (LONG, True),
        ("CITY (Wire) - " + LONG + " Reporting by our staff.", True),
        (LONG[: len(LONG) * 2 // 3], True),
        (LONG.replace("boards", "cards", 1), True),
        (LONG.replace("million", "MILLION"), True),
        ("".join(str((int(c) + 4) % 10) if c.isdigit() else c for c in LONG), False),  # last week's words
        (LONG[:80], False),
        ("A storm crossed the coast on Monday and left the harbour without power for a day.", False),
        ("", False),
    ],
)
def test_a_copy_shares_words_and_figures(other: str, copied: bool) -> None:
    assert is_copy(Body("A", LONG), Body("B", other)) is copied
    assert is_copy(Body("B", other), Body("A", LONG)) is copied


def test_sentences_alone_need_a_title_or_three() -> None:
    one, three = "Usage rose by ten percent.", "First one.\nSecond one.\nThird one."
    assert is_copy(Body("Same", one, whole=False), Body("same ", one, whole=False))
    assert not is_copy(Body("One", one, whole=False), Body("Other", one, whole=False))
    assert is_copy(Body("One", three, whole=False), Body("Other", three, whole=False))
    assert not is_copy(Body("Same", one, whole=False), Body("Same", one))


def test_short_texts_have_no_signature() -> None:
    assert signature("Prices fell again on Monday.") is None
    assert not Body("", "Prices fell again on Monday.").shingles
    first, again = signature(LONG), signature(LONG.upper())
    assert first is not None
    assert first == again
    assert len(first) == 256


def stories(db: Store) -> dict[str, str]:
    """The first URL of each article's story."""
    return dict(db.conn.execute("SELECT a.url, s.url FROM articles a JOIN articles s ON s.id = a.story"))


def test_a_syndicated_copy_joins_the_story_seen_first(tmp_path: Path) -> None:
    copies = [article(f"https://paper{i}.example/a", LONG + f" Edited by desk {i}.") for i in range(3)]
    with new_db(tmp_path) as db:
        save_article(db, copies[1], NOW)
        save_article(db, copies[2], NOW + timedelta(hours=2))
        save_article(db, article(), NOW)
        save_article(db, copies[0], NOW - timedelta(days=1))
        assert stories(db) == {copy.url: copies[0].url for copy in copies} | {article().url: article().url}


def test_an_edit_may_join_a_story_and_keeps_its_own(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        save_article(db, article("https://a.example/1", LONG), NOW)
        soon = article("https://b.example/1", "Will follow in a minute or two, says our desk.")
        save_article(db, soon, NOW + timedelta(minutes=1))
        save_article(db, article("https://b.example/1", LONG), NOW + timedelta(hours=1))
        assert len(set(stories(db).values())) == 1
        other = " ".join(reversed(TEXT.split()))
        save_article(db, replace(article("https://b.example/1", other)), NOW + timedelta(hours=2))
        assert len(set(stories(db).values())) == 1
        save_article(db, article("https://c.example/1", LONG), NOW + timedelta(hours=3))
        assert stories(db)["https://c.example/1"] == "https://a.example/1"


def test_claims_without_texts_join_by_their_sentences(tmp_path: Path) -> None:
    said = "Alpha processed ten tokens in the week, the exchange said on Monday."
    with new_db(tmp_path) as db:
        load(
            db,
            [
                line(url="https://a.example/1", title="Alpha grows", sentence=said),
                line(url="https://b.example/1", title="Alpha Grows!", sentence=said, published="2026-03-31"),
                line(url="https://c.example/1", title="The week in tokens", sentence=said),
            ],
        )
        assert stories(db) == {
            "https://a.example/1": "https://a.example/1",
            "https://b.example/1": "https://a.example/1",
            "https://c.example/1": "https://c.example/1",
        }
