"""What takes minutes to learn, as arrays; for the default catalogue it comes with the product."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from .blend import Blend, Doubt
from .bymeaning import ByMeaning
from .cards import DATA
from .linear import Linear
from .model import Judges

SHIPPED = DATA / "learnt.npz"

Arrays = dict[str, Any]


@dataclass(frozen=True)
class Learnt:
    """The opinion of meaning and the judges, with the version of the texts they were learnt from."""

    version: str
    plain: Judges
    plain_proof: dict[str, float]
    meaning: ByMeaning | None = None
    full: Judges | None = None
    proof: dict[str, float] = field(default_factory=dict)


def shipped(version: str) -> Learnt | None:
    """What comes with the product, if it was learnt from just these texts (with meaning or without)."""
    if not SHIPPED.exists():
        return None
    with np.load(SHIPPED, allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    about = json.loads(arrays["about"].tobytes())
    if about["version"].partition("-")[0] != version.partition("-")[0]:
        return None
    plain, full = judges_in("plain", arrays), judges_in("full", arrays)
    return Learnt(about["version"], plain, about["plain_proof"], meaning_in(arrays), full, about["proof"])


def ship(learnt: Learnt, path: Path = SHIPPED) -> None:
    """Writes what was learnt, with meaning, to the product's data."""
    if learnt.meaning is None or learnt.full is None:
        raise ValueError("only what was learnt with the language model is shipped")
    about = {"version": learnt.version, "plain_proof": learnt.plain_proof, "proof": learnt.proof}
    arrays = meaning_out(learnt.meaning) | judges_out("plain", learnt.plain) | judges_out("full", learnt.full)
    np.savez(path, about=np.frombuffer(json.dumps(about).encode(), np.uint8), **arrays)


def meaning_out(meaning: ByMeaning) -> Arrays:
    """Arrays of a file."""
    langs = sorted(meaning.centres)
    centres = np.stack([meaning.centres[lang] for lang in langs])
    return {
        "centre": centres,
        "centre_langs": np.array(langs),
        "meaning": meaning.linear.weights.astype(np.float16),
        "meaning_bias": meaning.linear.bias,
    }


def meaning_in(arrays: Arrays) -> ByMeaning:
    """From the arrays of a file."""
    return ByMeaning(
        dict(zip(arrays["centre_langs"].tolist(), arrays["centre"], strict=True)),
        Linear(arrays["meaning"].astype(np.float32), arrays["meaning_bias"]),
    )


def judges_out(name: str, judges: Judges) -> Arrays:
    """Arrays of a file, their names beginning with `name`."""
    doubt = judges.doubt
    return {
        f"{name}_blend": judges.blend.weights,
        f"{name}_doubt": np.stack([doubt.centre, doubt.spread]),
        f"{name}_weights": doubt.weights,
        f"{name}_threshold": np.float64(doubt.threshold),
    }


def judges_in(name: str, arrays: Arrays) -> Judges:
    """From the arrays of a file."""
    centre, spread = arrays[f"{name}_doubt"]
    doubt = Doubt(centre, spread, arrays[f"{name}_weights"], float(arrays[f"{name}_threshold"]))
    return Judges(Blend(arrays[f"{name}_blend"]), doubt)
