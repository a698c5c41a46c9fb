"""How well needs are matched to services, with the language model and without: `measure(path, model)`, figures as text by `table(report)`."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from luukku.catalogue.matching.cards import LANGS, default_cards, default_unfit
from luukku.catalogue.matching.embedding import installed_embedder
from luukku.catalogue.matching.evaluate import Report, evaluate, read_needs
from luukku.catalogue.matching.model import Model
from luukku.catalogue.matching.train import train

NEEDS, BLIND, EVERYDAY = (Path(__file__).with_name(f"needs-{name}.json") for name in ("dev", "blind", "everyday"))
RECALL_1, RECALL_3 = 0.70, 0.90  # in each language
UNFIT_FOUND, FALSE_UNFIT = 0.80, 0.05
P95_WORDS, P95_MEANING = 10.0, 60.0  # milliseconds of CPU


@dataclass(frozen=True)
class Measured:
    """Figures of the matcher by words alone and, where the extra is installed, with meaning."""

    words: Report
    meaning: Report | None

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def measure(needs_path: Path, model: Model) -> Measured:
    """Asks every need of the file of `model`, which never saw these needs."""
    needs = read_needs(needs_path)
    return Measured(evaluate(model.without_meaning(), needs), evaluate(model, needs) if model.meaning else None)


def table(report: Report) -> str:
    """One line per language and kind."""
    lines = [f"{'':16}needs  recall@1  recall@3   MRR  doubted"]
    for name, one in report.slices.items():
        lines.append(f"{name:16}{one.needs:5}{one.recall_1:10.2f}{one.recall_3:10.2f}{one.mrr:6.2f}{one.false_unfit:9.2f}")
    lines.append(f"unfit found {report.unfit_found:.2f} of {report.unfit}; p50 {report.p50_ms:.1f} ms, p95 {report.p95_ms:.1f} ms")
    return "\n".join(lines)


def missed(report: Report, p95: float) -> list[str]:
    """Which aims the report misses, in words; `p95` is the aim in milliseconds. A slice without needs has nothing to miss."""
    found = []
    for lang in LANGS:
        one = report.slices.get(lang)
        if one and one.recall_1 < RECALL_1:
            found.append(f"{lang}: recall@1 {one.recall_1:.2f}, aim {RECALL_1:.2f}")
        if one and one.recall_3 < RECALL_3:
            found.append(f"{lang}: recall@3 {one.recall_3:.2f}, aim {RECALL_3:.2f}")
    if report.unfit and report.unfit_found < UNFIT_FOUND:
        found.append(f"what nothing fits recognised {report.unfit_found:.2f}, aim {UNFIT_FOUND:.2f}")
    whole = report.slices.get("all")
    if whole and whole.false_unfit > FALSE_UNFIT:
        found.append(f"doubted though it fits {whole.false_unfit:.3f}, aim {FALSE_UNFIT:.2f}")
    if report.p95_ms > p95:
        found.append(f"p95 {report.p95_ms:.1f} ms, aim {p95:g} ms")
    return found


def main(argv: Sequence[str] = ()) -> list[str]:
    """Returns the aims missed. After the figures of each file stands what the training held out of the catalogue's own phrases."""
    parser = argparse.ArgumentParser(
        prog="luukku bench match", description="How well needs are matched to services, with the language model and without."
    )
    ours = "without a file ours: hard ones, those written when the settings had been chosen, short everyday ones"
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=f"needs as JSON; {ours}")
    files = parser.parse_args(list(argv)).files
    for path in files:
        if not path.is_file():
            parser.error(f"there is no file {path}")
    model = train(default_cards(), default_unfit(), (), installed_embedder())
    lost = []
    for path in files or [NEEDS, BLIND, EVERYDAY]:
        found = measure(path, model)
        print(f"# {path.name}\n\nBy words alone\n{table(found.words)}\n")
        lost += [f"{path.stem} by words, {words}" for words in missed(found.words, P95_WORDS)]
        if found.meaning:
            print(f"With the language model\n{table(found.meaning)}\n")
            lost += [f"{path.stem} with the model, {words}" for words in missed(found.meaning, P95_MEANING)]
    print("Held out of the catalogue's own phrases:", ", ".join(f"{name} {value:.3g}" for name, value in model.proof.items()))
    return lost


if __name__ == "__main__":
    sys.exit("; ".join(main(sys.argv[1:])))
