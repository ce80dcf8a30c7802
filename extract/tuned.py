"""The encoder and the layers of ``extract.network`` as PyTorch learns them, and how they are written."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from extract.encoder import MODEL, SORTS, Pieces
from extract.network import CLASSES, FEATURED, IN_TITLE, POINTERS, ROLES, distance, nearest
from extract.training import Example

WIDTH, SMALL, HIDDEN = 384, 64, 128

FORGOTTEN = 0.15
"""The share of the features of a candidate that are left out while learning."""

LARGE = 50_000
"""The numbers of a matrix from which on it is stored in 8 bits."""


@dataclass
class Lesson:
    """An article as the network learns it: its pieces, its examples with their scores from features, the tag of each
    piece of the text (1 begins the name of a subject, 2 goes on with it), and the rows of the features of the
    candidates of ``FEATURED`` decisions."""

    name: str
    pieces: Pieces
    examples: Mapping[str, Sequence[Example]]
    told: Mapping[int, Sequence[float]]
    tags: Tensor
    features: Mapping[str, Mapping[str, int]]

    @cached_property
    def places(self) -> dict[str, tuple[Tensor, Tensor, Tensor]]:
        """Of each decision: the rows of the first and the last piece of every place, its role and its metric."""
        found = {}
        metrics = CLASSES["metric"]
        for decision, examples in self.examples.items():
            choices = [e.choice for e in examples]
            rows = [self.pieces.rows(("text", *c.at)) or (0, 0) for c in choices]
            roles = [ROLES.index(c.told[0]) if c.told[0] in ROLES else len(ROLES) for c in choices]
            kinds = [metrics.index(c.told[1]) if c.told[1] in metrics else len(metrics) for c in choices]
            found[decision] = (torch.tensor(rows), torch.tensor(roles), torch.tensor(kinds))
        return found

    @cached_property
    def pointed(self) -> dict[str, "Pointed"]:
        """Of each decision among pieces of the text: which pieces stand for which candidates."""
        return {d: Pointed.of(self, d) for d in POINTERS if d in self.examples}


@dataclass
class Pointed:
    """The pieces that stand for the candidates of a decision, those of all examples in one row.

    ``spans`` are the rows of the first and last piece, ``example`` and ``candidate`` the numbers of whose they are,
    ``away`` the bucket of their distance. ``sizes`` has the number of candidates of each example. ``bags`` are the
    rows of the features of each candidate.
    """

    spans: Tensor
    example: Tensor
    candidate: Tensor
    away: Tensor
    sizes: Sequence[int]
    bags: Sequence[Sequence[int]] = field(default_factory=list)

    @classmethod
    def of(cls, lesson: Lesson, decision: str) -> "Pointed":
        """What the examples of a decision point at."""
        spans: list[tuple[int, int]] = []
        owners: list[tuple[int, int]] = []
        away: list[int] = []
        sizes: list[int] = []
        bags: list[list[int]] = []
        known = lesson.features.get(decision)
        for n, example in enumerate(lesson.examples[decision]):
            choice, before = example.choice, sum(sizes)
            for k, own in enumerate(choice.spots or ()):
                for spot in nearest(choice.at[0], own):
                    if (rows := lesson.pieces.rows(spot)) is not None:
                        spans.append(rows)
                        owners.append((n, before + k))
                        away.append(distance(choice.at[0], spot))
            sizes.append(len(choice.candidates))
            if known is not None:
                bags += [[known[f] for f in features if f in known] for features in choice.own]
        both = torch.tensor(owners, dtype=torch.long).reshape(-1, 2)
        rows_of = torch.tensor(spans, dtype=torch.long).reshape(-1, 2)
        return cls(rows_of, both[:, 0], both[:, 1], torch.tensor(away, dtype=torch.long), sizes, bags)


class Tuned(nn.Module):  # type: ignore[misc]
    """The encoder with the layers that ``extract.network`` runs. ``features`` has the row of each feature of a
    decision of ``FEATURED``."""

    def __init__(self, base: Path, features: Mapping[str, Mapping[str, int]]) -> None:
        super().__init__()
        self.names = features
        # Without dropout of attention, PyTorch has a kernel for it that is twice as fast.
        self.encoder = BertModel.from_pretrained(
            base, add_pooling_layer=False, attention_probs_dropout_prob=0.0
        )
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
        self.features = nn.ModuleDict(
            {d: nn.EmbeddingBag(len(features[d]), HIDDEN, mode="sum") for d in FEATURED}
        )
        for table in self.features.values():
            nn.init.normal_(table.weight, std=0.05)
        self.judge = nn.ModuleDict({d: _two_layers(HIDDEN, 1) for d in POINTERS})
        self.tag = nn.Linear(WIDTH, 3)
        self.trust = nn.ParameterDict({_key(d): nn.Parameter(torch.ones(())) for d in (*CLASSES, *POINTERS)})
        self.drop = nn.Dropout(0.1)
        self.drop_hidden = nn.Dropout(0.2)

    def vectors(self, ids: Tensor, sorts: Tensor, mask: Tensor) -> Tensor:
        """The vector of each piece; all of shape windows by pieces."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.sorts(sorts)
        hidden: Tensor = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return hidden

    def forward(
        self, lesson: Lesson, ids: Tensor, with_scores: bool, with_features: bool
    ) -> tuple[list[tuple[Example, Tensor]], Tensor]:
        """The scores of every choice of an article, and those of the tags of its pieces. ``ids`` are its pieces or
        others in their stead."""
        pieces = lesson.pieces
        sorts, mask = torch.from_numpy(pieces.sorts), torch.from_numpy(pieces.mask)
        vectors = self.drop(self.vectors(ids, sorts, mask).reshape(-1, WIDTH))
        scored: list[tuple[Example, Tensor]] = []
        for decision, examples in lesson.examples.items():
            rows, roles, kinds = lesson.places[decision]
            places = torch.cat([_spans(vectors, rows), self.role(roles), self.metric(kinds)], dim=1)
            if decision in POINTERS:
                found = self._pointed(decision, vectors, lesson.pointed[decision], places, with_features)
            else:
                found = self._classes(decision, examples, places)
            for example, scores in zip(examples, found, strict=True):
                if with_scores:
                    scores = scores + self.trust[_key(decision)] * torch.tensor(lesson.told[id(example)])
                scored.append((example, scores))
        at = torch.tensor([w * pieces.width + k for w, k in pieces.places], dtype=torch.long)
        return scored, self.tag(vectors[at])

    def _classes(self, decision: str, examples: Sequence[Example], places: Tensor) -> list[Tensor]:
        classes = list(CLASSES[decision])
        rows = self.classes[_key(decision)](places)
        return [
            row[[classes.index(c) for c in example.choice.candidates]]
            for example, row in zip(examples, rows, strict=True)
        ]

    def _pointed(
        self, decision: str, vectors: Tensor, pointed: Pointed, places: Tensor, with_features: bool
    ) -> list[Tensor]:
        none = self.none[decision](places).squeeze(1)
        sizes = torch.tensor(pointed.sizes)
        found = none.repeat_interleave(sizes)
        if len(pointed.spans):
            query = self.query[decision](places)[pointed.example]
            key = self.key[decision](_spans(vectors, pointed.spans))
            met = query + key + self.distance[decision](pointed.away) + query * key
            if decision in self.features and with_features:
                met = met + self._told(decision, pointed.bags)[pointed.candidate]
            single = self.judge[decision](self.drop_hidden(functional.gelu(met, approximate="tanh"))).squeeze(
                1
            )
            there = torch.zeros(len(found), dtype=torch.bool)
            there[pointed.candidate] = True
            found = torch.where(there, _sums(single, pointed.candidate, len(found)), found)
        return list(found.split(list(pointed.sizes)))

    def _told(self, decision: str, bags: Sequence[Sequence[int]]) -> Tensor:
        flat = torch.tensor([row for bag in bags for row in bag], dtype=torch.long)
        kept = (
            torch.rand(len(flat)) >= FORGOTTEN if self.training else torch.ones(len(flat), dtype=torch.bool)
        )
        offsets = torch.tensor([0, *np.cumsum([len(bag) for bag in bags])[:-1]], dtype=torch.long)
        told: Tensor = self.features[decision](flat, offsets, per_sample_weights=kept.float())
        return told

    def layers(self) -> dict[str, Any]:
        """The weights of all but the encoder, as ``extract.network`` names them; half precision."""
        found: dict[str, Tensor] = {"role": self.role.weight, "metric": self.metric.weight}
        for name, layers in (("classes", self.classes), ("none", self.none), ("judge", self.judge)):
            for decision, layer in layers.items():
                for k, part in ((0, layer[0]), (1, layer[-1])):
                    found |= {f"{name}.{decision}.{k}.w": part.weight, f"{name}.{decision}.{k}.b": part.bias}
        for name, layers in (("query", self.query), ("key", self.key)):
            for decision, layer in layers.items():
                found |= {f"{name}.{decision}.w": layer.weight, f"{name}.{decision}.b": layer.bias}
        for name, layers in (("distance", self.distance), ("features", self.features)):
            found |= {f"{name}.{d}": layer.weight for d, layer in layers.items()}
        found |= {"tag.w": self.tag.weight, "tag.b": self.tag.bias}
        found |= {f"trust.{d}": value for d, value in self.trust.items()}
        names = {f"names.{d}": np.array(list(rows)) for d, rows in self.names.items()}
        return {name: value.detach().numpy().astype(np.float16) for name, value in found.items()} | names


def _spans(vectors: Tensor, rows: Tensor) -> Tensor:
    return torch.cat([vectors[rows[:, 0]], vectors[rows[:, 1]]], dim=1)


def _sums(scores: Tensor, owner: Tensor, count: int) -> Tensor:
    """The logarithm of the sum of the exponentials of the scores of each owner."""
    top = torch.full((count,), -1e4).scatter_reduce(0, owner, scores.detach(), "amax")
    powers = torch.zeros(count).index_add(0, owner, (scores - top[owner]).exp())
    return top + powers.clamp_min(1e-30).log()


def _key(decision: str) -> str:
    return decision.replace(" ", "_")


def _two_layers(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(inputs, HIDDEN), nn.GELU(approximate="tanh"), nn.Dropout(0.2), nn.Linear(HIDDEN, outputs)
    )


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
