"""What a small network adds to the scores of a choice: it judges by the vectors of the place and of the candidates.

Of a choice among fixed classes it scores each class from the place alone; of a choice among pieces of the text it
scores each piece with the place, and a candidate by all of its pieces together. Of the subject it sees the readable
features of a candidate beside its vectors, so that it can weigh one by the other (*wide and deep*, Cheng et al. 2016).
Weights are learnt by ``extract.tuning``; dense layers only, so that NumPy is all that it needs.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extract.decisions import (
    ANSWERS,
    BASES,
    DENOMINATORS,
    DIRECTIONS,
    MODALITIES,
    NEAREST,
    OTHER_ROLES,
    PERS,
    QUANTITY_ROLES,
)
from extract.encoder import MODEL, Encoder, Pieces, Vectors
from extract.reading import Reading
from extract.scorer import Choice, Features, Spot

CLASSES: Mapping[str, Sequence[str]] = {
    "role quantity": QUANTITY_ROLES,
    **{f"role {kind}": OTHER_ROLES for kind in ("bare", "rank", "launch", "free")},
    "metric": (
        "tokens", "api_calls", "users", "downloads", "usage", "price", "price_input", "price_output",
        "price_cached_input", "cost", "share", "revenue", "arr", "profit", "funding", "valuation", "investment",
        "capacity", "shipments", "share_price", "context_window", "parameters", "rank", "launch",
    ),
    **{f"direction {role}": directions for role, directions in DIRECTIONS.items()},
    "negated": ANSWERS,
    "modality": MODALITIES,
    "per": PERS,
    "basis": BASES,
    "denominator": DENOMINATORS,
}  # fmt: skip
"""The classes of the decisions that are not about pieces of the text, in the order of the weights."""

POINTERS = ("subject", "period", "source")
"""The decisions whose candidates are pieces of the text."""

FEATURED = ("subject",)
"""Those of them of which the network sees the features of a candidate too."""

ROLES = ("level", "change", "rank", "event")

TITLE_AWAY = 1500
"""How far the title is taken to be from a place, in characters, when the nearest pieces are chosen."""

DISTANCES = (8, 16, 32, 64, 128, 256, 512, 1024, 2048)
IN_TITLE = 2 * (len(DISTANCES) + 1)


def distance(place: int, spot: Spot) -> int:
    """The bucket of the distance in characters from a place to a piece: before or after, how far; or in the title."""
    field, start, _ = spot
    if field == "title":
        return IN_TITLE
    away = place - start
    return (len(DISTANCES) + 1) * (away >= 0) + sum(abs(away) >= bound for bound in DISTANCES)


def nearest(place: int, spots: Sequence[Spot]) -> list[Spot]:
    """The pieces of a candidate that are judged."""
    return sorted(spots, key=lambda s: abs(s[1] - place) if s[0] == "text" else TITLE_AWAY)[:NEAREST]


Weights = Mapping[str, NDArray[np.float32]]


class Sight:
    """The scores of the choices of one text. ``weights`` are named as ``extract.tuning`` writes them, ``features`` has
    the row of each feature of a decision in its table ``features.…``."""

    def __init__(
        self,
        weights: Weights,
        pieces: Pieces,
        vectors: Vectors,
        features: Mapping[str, Mapping[str, int]] | None = None,
    ) -> None:
        self._w = weights
        self._pieces = pieces
        self._vectors = vectors
        self._keys: dict[tuple[str, int, int], Vectors] = {}
        self._features = features or {}

    def _span(self, rows: tuple[int, int]) -> Vectors:
        return np.concatenate((self._vectors[rows[0]], self._vectors[rows[1]]))

    def trust(self, decision: str) -> float:
        """How much the score from features counts beside that of the network."""
        return float(self._w.get(f"trust.{decision.replace(' ', '_')}", np.ones(())))

    def scores(self, choice: Choice) -> list[float] | None:
        """What the network adds to the score of each candidate; null where it knows nothing of the decision."""
        rows = self._pieces.rows(("text", *choice.at))
        if rows is None:
            return None
        place = self._place(choice, rows)
        if choice.decision in POINTERS and choice.spots is not None:
            return [float(score) for score in self._pointed(choice, choice.spots, place)]
        classes = CLASSES.get(choice.decision)
        if classes is None or any(c not in classes for c in choice.candidates):
            return None
        layers = f"classes.{choice.decision.replace(' ', '_')}"
        learnt = self._w.get(f"{layers}.1.b", ())
        if len(learnt) != len(classes):  # a class that came after the tuning: features decide alone
            return None
        scores = self._two_layers(layers, place)
        return [float(scores[classes.index(c)]) for c in choice.candidates]

    def _place(self, choice: Choice, rows: tuple[int, int]) -> Vectors:
        role, metric = choice.told
        metrics = CLASSES["metric"]
        roles = ROLES.index(role) if role in ROLES else len(ROLES)
        kinds = metrics.index(metric) if metric in metrics else len(metrics)
        return np.concatenate((self._span(rows), self._w["role"][roles], self._w["metric"][kinds]))

    def _pointed(self, choice: Choice, spots: Sequence[Sequence[Spot]], place: Vectors) -> Vectors:
        d = choice.decision
        none = self._two_layers(f"none.{d}", place)[0]
        found = np.full(len(choice.candidates), none, dtype=np.float32)
        owners: list[int] = []
        keys: list[Vectors] = []
        away: list[int] = []
        for k, own in enumerate(spots):
            for spot in nearest(choice.at[0], own):
                rows = self._pieces.rows(spot)
                if rows is not None:
                    owners.append(k)
                    keys.append(self._key(d, rows))
                    away.append(distance(choice.at[0], spot))
        if not owners:
            return found
        query = self._w[f"query.{d}.w"] @ place + self._w[f"query.{d}.b"]
        key = np.stack(keys)
        met = query + key + self._w[f"distance.{d}"][away] + query * key
        if d in self._features:
            met += self._told(d, choice.own)[owners]
        w = self._w
        deep = _gelu(_gelu(met) @ w[f"judge.{d}.0.w"].T + w[f"judge.{d}.0.b"])
        single = deep @ w[f"judge.{d}.1.w"][0] + w[f"judge.{d}.1.b"][0]
        own_ones, starts = np.unique(owners, return_index=True)  # the pieces of a candidate stand together
        found[own_ones] = np.logaddexp.reduceat(single, starts)
        return found

    def _told(self, decision: str, own: Sequence[Features]) -> Vectors:
        """The sum of what the features of each candidate stand for; those that the network never saw are left out."""
        rows, table = self._features[decision], self._w[f"features.{decision}"]
        known = [[rows[f] for f in features if f in rows] for features in own]
        return np.stack([table[at].sum(axis=0) for at in known])

    def _key(self, decision: str, rows: tuple[int, int]) -> Vectors:
        at = (decision, *rows)
        if at not in self._keys:
            w = self._w
            self._keys[at] = w[f"key.{decision}.w"] @ self._span(rows) + w[f"key.{decision}.b"]
        return self._keys[at]

    def _two_layers(self, name: str, x: Vectors) -> Vectors:
        w = self._w
        hidden = _gelu(w[f"{name}.0.w"] @ x + w[f"{name}.0.b"])
        return w[f"{name}.1.w"] @ hidden + w[f"{name}.1.b"]

    def named(self) -> list[tuple[int, int]]:
        """The pieces of the text that are probably the name of a subject, as offsets, in their order."""
        places = [w * self._pieces.width + at for w, at in self._pieces.places]
        if not places:
            return []
        tags = (self._vectors[places] @ self._w["tag.w"].T + self._w["tag.b"]).argmax(axis=1)
        found: list[tuple[int, int]] = []
        for (start, end), tag in zip(self._pieces.offsets, tags, strict=True):
            if tag == 1 or (tag == 2 and not (found and start - found[-1][1] <= 1)):
                found.append((start, end))
            elif tag == 2:
                found[-1] = (found[-1][0], end)
        return found


def _gelu(x: Vectors) -> Vectors:
    """The Gaussian error linear unit, by its approximation with a hyperbolic tangent (Hendrycks and Gimpel 2016)."""
    curve: Vectors = np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x**3))
    return np.float32(0.5) * x * (1 + curve)


class Judge:
    """The encoder and the network together. Loading takes about half a second; reuse it."""

    def __init__(self, folder: Path = MODEL) -> None:
        self.encoder = Encoder(folder)
        with np.load(folder / "network.npz") as stored:
            names = {d: stored[f"names.{d}"] for d in FEATURED}
            self.weights = {
                n: stored[n].astype(np.float32) for n in stored.files if not n.startswith("names.")
            }
        self.features = {d: {str(name): k for k, name in enumerate(found)} for d, found in names.items()}

    def sight(self, title: str, reading: Reading) -> Sight:
        """What the network sees of a reading."""
        return Sight(self.weights, *self.encoder.vectors(title, reading), self.features)
