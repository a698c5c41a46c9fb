"""The benchmark says which aims are missed: recall in each language, doubt in both directions, and time."""

from dataclasses import replace

import pytest

from bench.match import missed
from luukku.catalogue.matching.evaluate import Figures, Report

GOOD = Figures(needs=50, recall_1=0.70, recall_3=0.90, mrr=0.8, false_unfit=0.05)
REPORT = Report({"all": GOOD, "fi": GOOD, "sv": GOOD, "en": GOOD}, unfit=10, unfit_found=0.80, p50_ms=2, p95_ms=10)


def test_report_on_the_aims_misses_none() -> None:
    assert missed(REPORT, 10) == []


@pytest.mark.parametrize(("worse", "said"), [
    ({"fi": replace(GOOD, recall_1=0.69)}, "fi: recall@1"),
    ({"sv": replace(GOOD, recall_3=0.89)}, "sv: recall@3"),
    ({"en": replace(GOOD, recall_3=0.5)}, "en: recall@3"),
    ({"all": replace(GOOD, false_unfit=0.06)}, "doubted"),
])  # fmt: skip
def test_worse_slice_is_named(worse: dict[str, Figures], said: str) -> None:
    (found,) = missed(replace(REPORT, slices=REPORT.slices | worse), 10)
    assert found.startswith(said)


def test_unfit_needs_taken_for_fitting_and_slowness_are_missed_aims() -> None:
    found = missed(replace(REPORT, unfit_found=0.79, p95_ms=10.1), 10)
    assert len(found) == 2


def test_set_without_a_language_or_without_unfit_needs_misses_nothing() -> None:
    assert missed(Report({"all": GOOD, "fi": GOOD}, unfit=0, unfit_found=0, p50_ms=2, p95_ms=3), 10) == []
