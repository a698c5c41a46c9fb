"""What a sealed box holds: anonymous answers in no order, filled up so that its length tells nothing of the last one."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from luukku.core.sealing import seal, unseal
from luukku.surveys.models.questions import Content

PURPOSE = "surveys.box"
STEP = 64 * 1024  # letters: the text is filled up to a multiple of this
FULL = 200  # answers: then another box is begun, so that each new answer costs the same


@dataclass(frozen=True)
class Entry:
    """One answer as it lies in a box. `key` was drawn by the browser's page: whoever still has that page may complete her answer, nobody else."""

    key: str
    content: Content
    organisation_id: int | None = None


def sealed(entries: Sequence[Entry]) -> str:
    """The entries shuffled and sealed: no longer by how they came."""
    mixed = list(entries)
    secrets.SystemRandom().shuffle(mixed)
    text = json.dumps([[each.key, each.content, each.organisation_id] for each in mixed])
    return seal(text.ljust(-(-len(text) // STEP) * STEP), PURPOSE)


def opened(text: str) -> list[Entry]:
    """Raises ValueError when the installation's key is another than when it was sealed."""
    plain = unseal(text, PURPOSE)
    if not plain:
        raise ValueError("the box was sealed by another key")
    return [Entry(*each) for each in json.loads(plain)]


def draw_key() -> str:
    return secrets.token_hex(16)
