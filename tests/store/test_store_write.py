from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from store_helpers import NOW, TEXT, article, claim, dump, new_db

from crawler.errors import StoreError
from extract.records import Mention
from store.entities import Entity, save_entities
from store.query import candidates, claims
from store.write import article_id, pending, save_article, save_claims, stored_article

TABLES = ("articles", "article_versions", "claims", "mentions", "entities", "aliases", "story_bands")
LATER = NOW + timedelta(days=1)
MENTION = Mention(0, 13, "DeepSeek V3.2", "DeepSeek V3.2", "model", "DeepSeek")
KEY = article_id("https://wire.example/1")


def test_saving_twice_is_saving_once(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        assert save_article(db, article(), NOW) == "new"
        save_claims(db, KEY, 1, [claim()], [MENTION], "v1")
        before = dump(db, *TABLES)
        assert save_article(db, article(), NOW) == "unchanged"
        save_claims(db, KEY, 1, [claim()], [MENTION], "v1")
        assert dump(db, *TABLES) == before


def test_an_article_is_durable_before_it_is_read(tmp_path: Path) -> None:
    whole = article(
        authors=("Ada", "Bo"), updated="2026-03-31T08:00:00+08:00", language="en", source="wire",
        tables=((("Model", "Input"), ("A", "$1")),),
    )  # fmt: skip
    with new_db(tmp_path) as db:
        save_article(db, whole, NOW)
    with new_db(tmp_path) as db:
        (waiting,) = pending(db)
        assert (waiting.id, waiting.version, waiting.article) == (KEY, 1, whole)
        save_claims(db, waiting.id, waiting.version, [], (), "v1")
        assert list(pending(db)) == []
        assert [item.id for item in pending(db, "v2")] == [KEY]
        assert list(pending(db, "v1")) == []


def test_seen_again_moves_last_seen_only(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        save_article(db, article(), NOW)
        save_article(db, article(), LATER)
        row = db.execute("SELECT first_seen, last_seen, version FROM articles").fetchone()
        assert row == ("2026-04-30T12:00:00+00:00", "2026-05-01T12:00:00+00:00", 1)


def test_an_edit_is_a_version_and_supersedes_its_claims(tmp_path: Path) -> None:
    edited = TEXT.replace("3.96", "4.12")
    with new_db(tmp_path) as db:
        save_article(db, article(), NOW)
        save_claims(db, KEY, 1, [claim(), claim(quote="12%", metric="share", value=12)], (), "v1")
        assert save_article(db, article(text=edited), LATER) == "changed"
        assert [item.version for item in pending(db)] == [2]
        assert len(claims(db)) == 2  # they stand until the new text has been read
        new = claim(edited, "4.12 trillion tokens", value=4.12e12)
        save_claims(db, KEY, 2, [new, claim(edited, "12%", metric="share", value=12)], (), "v1")
        found = {c.metric: c for c in claims(db)}
        assert found["tokens"].value == 4.12e12
        assert found["tokens"].said == "2026-05-01"
        assert found["share"].said == "2026-03-30"  # a claim that the edit left alone was said at first
        assert [c.value for c in claims(db, metric="tokens", as_of=NOW.date())] == [3.96e12]
        assert all(not c.superseded for c in claims(db, as_of=NOW.date()))
        for version, text in ((1, TEXT), (2, edited)):
            stored = stored_article(db, KEY, version)
            assert stored is not None
            assert stored.text == text


def test_evidence_gives_the_quote_back(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        save_article(db, article(), NOW)
        save_claims(db, KEY, 1, [claim()], (), "v1")
        (found,) = claims(db)
        stored = stored_article(db, found.article, found.version)
        assert stored is not None
        assert stored.text[found.start : found.end] == found.quote == "3.96 trillion tokens"
        assert (found.url, found.title, found.site) == (stored.url, stored.title, stored.site)


def test_an_older_text_takes_its_place(tmp_path: Path) -> None:
    texts = [TEXT.replace("3.96", figure) for figure in ("3.90", "3.96", "4.12")]

    def build(name: str, order: list[int]) -> dict[str, list[tuple[object, ...]]]:
        with new_db(tmp_path, name) as db:
            for i in order:
                save_article(db, article(text=texts[i]), NOW + timedelta(days=i))
            for item in pending(db):
                figure = item.article.text.split("processed ")[1].split(" ")[0]
                quote = f"{figure} trillion tokens"
                save_claims(
                    db,
                    item.id,
                    item.version,
                    [claim(item.article.text, quote, value=float(figure) * 1e12)],
                    (),
                    "v1",
                )
            return dump(db, "articles", "article_versions", "claims")

    assert build("a.db", [0, 1, 2]) == build("b.db", [2, 0, 1]) == build("c.db", [1, 2, 0])


def test_a_text_that_comes_back_is_a_third_version(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        for i, text in enumerate((TEXT, TEXT + " Edited.", TEXT)):
            save_article(db, article(text=text), NOW + timedelta(days=i))
        assert [row[0] for row in db.execute("SELECT version FROM article_versions ORDER BY 1")] == [1, 2, 3]


def test_another_pipeline_replaces_what_the_first_one_read(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        save_article(db, article(), NOW)
        save_claims(db, KEY, 1, [claim(), claim(subject="OpenRouter")], [MENTION], "v1")
        sure = replace(claim(), confidence=0.9)
        save_claims(db, KEY, 1, [sure], (), "v2")
        (found,) = claims(db)
        assert (found.subject, found.confidence) == ("DeepSeek V3.2", 0.9)
        assert db.table("mentions").count == 0
        assert (
            db.execute("SELECT count(*) FROM claims_fts WHERE claims_fts MATCH 'openrouter'").fetchone()[0]
            == 1
        )


def test_claims_of_an_unknown_version_are_refused(tmp_path: Path) -> None:
    with new_db(tmp_path) as db, pytest.raises(StoreError, match="no version 7"):
        save_claims(db, KEY, 7, [claim()])


def test_markup_and_odd_characters_are_text(tmp_path: Path) -> None:
    odd = article(title="<script>alert(1)</script> \ud800", text=TEXT + " \x00 '); DROP TABLE claims;--")
    with new_db(tmp_path) as db:
        assert save_article(db, odd, NOW) == "new"
        stored = stored_article(db, KEY)
        assert stored is not None
        assert stored.title == "<script>alert(1)</script> ?"
        assert "DROP TABLE" in stored.text


def test_aliases_move_claims_to_their_entity(tmp_path: Path) -> None:
    vocabulary = [
        Entity("DeepSeek V3.2", "model", "DeepSeek", aliases=("deepseek-chat", "DSV32")),
        Entity("Zhipu", "vendor", country="China", aliases=("Z.ai", "both")),
        Entity("Other", "vendor", aliases=("both", "Zhipu")),
    ]
    with new_db(tmp_path) as db:
        save_article(db, article(), NOW)
        save_claims(
            db, KEY, 1, [claim(subject="DeepSeek-Chat"), claim(subject="both", quote="12%")], (), "v1"
        )
        for _ in range(2):
            save_entities(db, vocabulary)
            (found,) = claims(db, subject="deepseek v3.2")
            assert (found.subject, found.owner, found.entity) == ("DeepSeek-Chat", "DeepSeek", "deepseekv32")
            assert len(claims(db, subject="dsv32")) == 1
            assert [c.subject for c in claims(db, subject="both")] == [
                "both"
            ]  # two claim it, so nobody has it
            assert db.table("aliases").count == 3
        save_claims(db, KEY, 1, [claim(subject="DSV32")], (), "v2")
        assert [c.subject for c in claims(db, subject="deepseek v3.2")] == ["DSV32"]


def test_candidates_are_names_that_no_vocabulary_holds(tmp_path: Path) -> None:
    found = Mention(0, 7, "Quibble", "Quibble", "vendor", how="introduction")
    with new_db(tmp_path) as db:
        for i in range(3):
            save_article(db, article(f"https://wire.example/{i}", f"{TEXT} Number {i}.", title=f"T{i}"), NOW)
        for item in list(pending(db)):
            save_claims(db, item.id, item.version, [], [MENTION, found], "v1")
        (candidate,) = candidates(db)
        assert (candidate.name, candidate.kind, candidate.how, candidate.mentions, candidate.articles) == (
            "Quibble", "vendor", "introduction", 3, 3,
        )  # fmt: skip
        assert candidate.example in {"T0", "T1", "T2"}
