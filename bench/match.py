"""How well needs are matched to services, with the language model and without: `measure(path)`, figures as text by `table(report)`."""

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from luukku.catalogue.matching.cards import default_cards, default_unfit
from luukku.catalogue.matching.embedding import installed_embedder
from luukku.catalogue.matching.evaluate import Report, evaluate, read_needs
from luukku.catalogue.matching.model import Model
from luukku.catalogue.matching.train import train

NEEDS = Path(__file__).with_name("needs-dev.json")


@dataclass(frozen=True)
class Measured:
    """Figures of the matcher by words alone and, where the extra is installed, with meaning."""

    words: Report
    meaning: Report | None

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def measure(needs_path: Path = NEEDS, model: Model | None = None) -> Measured:
    """Asks every need of the file of `model`, or of the default catalogue's, which never saw these needs."""
    needs = read_needs(needs_path)
    model = model or train(default_cards(), default_unfit(), (), installed_embedder())
    return Measured(evaluate(model.without_meaning(), needs), evaluate(model, needs) if model.meaning else None)


def table(report: Report) -> str:
    """One line per language and kind."""
    lines = [f"{'':16}needs  recall@1  recall@3   MRR  doubted"]
    for name, one in report.slices.items():
        lines.append(f"{name:16}{one.needs:5}{one.recall_1:10.2f}{one.recall_3:10.2f}{one.mrr:6.2f}{one.false_unfit:9.2f}")
    lines.append(f"unfit found {report.unfit_found:.2f} of {report.unfit}; p50 {report.p50_ms:.1f} ms, p95 {report.p95_ms:.1f} ms")
    return "\n".join(lines)


def main(argv: Sequence[str] = ()) -> None:
    """`luukku bench match [FILE]`: the needs of the file, or of the set that hard needs were gathered in."""
    found = measure(*(Path(name) for name in argv[:1]))
    print(f"By words alone\n{table(found.words)}")
    if found.meaning:
        print(f"\nWith the language model\n{table(found.meaning)}")


if __name__ == "__main__":
    main(sys.argv[1:])
