"""How good a model is: on needs with known answers, and against the model it would replace."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .model import Model


@dataclass(frozen=True)
class Need:
    """What someone wrote, and which services are right: none where `best` is None."""

    q: str
    lang: str
    kind: str
    best: str | None
    ok: tuple[str, ...] = ()

    @property
    def right(self) -> frozenset[str]:
        return frozenset((self.best, *self.ok) if self.best else self.ok)


@dataclass(frozen=True)
class Figures:
    """Figures of one slice of needs that a service fits."""

    needs: int
    recall_1: float
    recall_3: float
    mrr: float
    false_unfit: float


@dataclass(frozen=True)
class Report:
    """All figures of a measurement; `slices` by language, kind and "all"."""

    slices: dict[str, Figures]
    unfit: int
    unfit_found: float
    p50_ms: float  # of CPU: what else the machine does is not the matcher's
    p95_ms: float


def read_needs(path: Path) -> list[Need]:
    """Needs of a JSON list of objects with q, lang, kind, best and ok."""
    found = json.loads(path.read_text("utf-8"))
    return [Need(one["q"], one["lang"], one.get("kind", "plain"), one["best"], tuple(one.get("ok", ()))) for one in found]


def evaluate(model: Model, needs: Sequence[Need]) -> Report:
    """Asks the model every need, once warm, one at a time."""
    for need in needs[:5]:
        model.match(need.q, need.lang)
    places: list[int] = []
    doubted: list[bool] = []
    took: list[float] = []
    for need in needs:
        begun = time.process_time()
        found = model.match(need.q, need.lang)
        took.append((time.process_time() - begun) * 1000)
        places.append(next((n for n, hit in enumerate(found.hits, 1) if hit.id in need.right), 0))
        doubted.append(not found.fits)
    names = dict.fromkeys(["all", *(n.lang for n in needs), *(n.kind for n in needs if n.best), *(f"{n.lang} {n.kind}" for n in needs if n.best)])
    slices = {}
    for name in names:
        chosen = [at for at, need in enumerate(needs) if need.best and name in ("all", need.lang, need.kind, f"{need.lang} {need.kind}")]
        if chosen:
            slices[name] = _figures([places[at] for at in chosen], [doubted[at] for at in chosen])
    none = [doubted[at] for at, need in enumerate(needs) if need.best is None]
    p50, p95 = np.percentile(took, [50, 95]).tolist() if took else (0.0, 0.0)
    return Report(slices, len(none), float(np.mean(none)) if none else 1.0, p50, p95)


def _figures(places: Sequence[int], doubted: Sequence[bool]) -> Figures:
    at = np.array(places)
    return Figures(
        needs=len(at),
        recall_1=float((at == 1).mean()),
        recall_3=float(((at >= 1) & (at <= 3)).mean()),
        mrr=float(np.where(at > 0, 1 / np.maximum(at, 1), 0).mean()),
        false_unfit=float(np.mean(doubted)),
    )


def better_or_equal(new: Model, old: Model | None, slack: float = 1.0) -> bool:
    """Whether `new` may take the place of `old`, by their figures on held-out phrases and answers.

    The held-out texts change with the catalogue, so a loss within `slack` standard errors is no loss.
    A model with meaning is never replaced by one without.
    """
    if old is None:
        return True
    if old.meaning is not None and new.meaning is None:
        return False
    for name in ("recall_1", "recall_3", "unfit_found"):
        before, after = old.proof[name], new.proof[name]
        error = (before * (1 - before) / max(new.proof["texts"], 1)) ** 0.5
        if after < before - slack * error:
            return False
    return new.proof["false_unfit"] <= max(0.05, old.proof["false_unfit"])
