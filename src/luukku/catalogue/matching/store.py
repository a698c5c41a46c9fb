"""Models as files: plain arrays and JSON in one .npz, no pickles."""

import io
import json
import os
from pathlib import Path

import numpy as np

from .bywords import ByWords
from .learnt import Arrays, judges_in, judges_out, meaning_in, meaning_out
from .linear import Packed
from .model import Model
from .reasons import Reasons
from .words import Postings, Vocabulary


def to_bytes(model: Model) -> bytes:
    """The model as the content of a file."""
    arrays: Arrays = {
        "hashes": model.words.vocabulary.hashes.astype(np.uint32),
        "rarity": model.words.vocabulary.rarity,
        "words": model.words.linear.weights,
        "words_sizes": model.words.linear.sizes,
        "words_bias": model.words.linear.bias,
        "starts": model.words.postings.starts.astype(np.uint32),
        "rows": model.words.postings.rows,
        "values": model.words.postings.values,
        "labels": model.words.labels.astype(np.uint16),
    }
    arrays |= judges_out("plain", model.plain)
    if model.meaning is not None and model.full is not None:
        arrays |= meaning_out(model.meaning) | judges_out("full", model.full)
    reasons = model.reasons
    about = {"ids": model.ids, "version": model.version, "proof": model.proof, "names": reasons.names, "langs": reasons.langs}
    about["sayable"] = reasons.texts  # a file with "texts" instead holds customers' words too: it is not read any more
    arrays["about"] = np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), np.uint8)
    held = io.BytesIO()
    np.savez_compressed(held, **arrays)
    return held.getvalue()


def from_bytes(content: bytes) -> Model:
    """The model of a file's content."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return _model({name: arrays[name] for name in arrays.files})


def save(model: Model, path: Path) -> None:
    """Writes the model beside its place and moves it there, so that no reader sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    beside.write_bytes(to_bytes(model))
    os.replace(beside, path)


def load(path: Path) -> Model:
    """The model kept at `path`; FileNotFoundError where there is none, ValueError or KeyError where it is not one."""
    return from_bytes(path.read_bytes())


def _model(arrays: Arrays) -> Model:
    about = json.loads(arrays["about"].tobytes())
    labels = arrays["labels"].astype(np.int64)
    postings = Postings(arrays["starts"].astype(np.int64), arrays["rows"], arrays["values"], len(labels))
    vocabulary = Vocabulary(arrays["hashes"].astype(np.int64), arrays["rarity"])
    return Model(
        ids=tuple(about["ids"]),
        words=ByWords(vocabulary, Packed(arrays["words"], arrays["words_sizes"], arrays["words_bias"]), postings, labels),
        meaning=meaning_in(arrays) if "centre" in arrays else None,
        plain=judges_in("plain", arrays),
        full=judges_in("full", arrays) if "full_blend" in arrays else None,
        reasons=Reasons(tuple(about["names"]), tuple(about["sayable"]), tuple(about["langs"]), labels),
        version=about["version"],
        proof=about["proof"],
    )
