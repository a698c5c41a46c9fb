"""Models as files: plain arrays and JSON in one .npz, no pickles."""

import io
import json
import os
import time
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from .bywords import ByWords
from .learnt import Arrays, judges_in, judges_out, meaning_in, meaning_out
from .linear import Packed
from .model import Model
from .reasons import Reasons
from .words import Postings, Vocabulary

UNREADABLE = (KeyError, ValueError, EOFError, BadZipFile)  # what loading raises for a file of another form, or half of one
VECTORS = "vectors.npz"  # stands beside the models and is none


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
    """The model kept at `path`; FileNotFoundError where there is none, one of UNREADABLE where it is not one."""
    return from_bytes(path.read_bytes())


def clean(folder: Path) -> int:
    """Delete what no process reads any more: models of an earlier release's form, which may hold customers' words, and halves of
    files that a killed process left an hour ago or more. Returns how many.
    """
    gone = [path for path in folder.glob("*.npz") if path.name != VECTORS and not _is_model(path)]
    gone += [path for path in folder.glob("*.part*") if path not in gone and _age(path) > 3600]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0


def _is_model(path: Path) -> bool:
    try:
        load(path)
    except FileNotFoundError:
        return True  # another process was quicker
    except UNREADABLE:
        return ".part" in path.name  # perhaps being written; its age tells
    return True


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
