"""A real Chromium, and what it must not find on a page."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
VIOLATIONS = """(rules) => axe.run(document, {resultTypes: ["violations"], rules}).then((found) =>
  found.violations.map((each) => [each.id, each.nodes.map((node) => node.html.slice(0, 300))]))"""
OF_LOOKS = {"color-contrast": {"enabled": False}}  # slow, and no matter of words
ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def find_chromium() -> Path | None:
    """The machine's, or the one that LUUKKU_CHROMIUM names; None when there is none."""
    found = subprocess.run([ROOT / "scripts/bootstrap", "which-chromium"], capture_output=True, text=True, check=False).stdout.strip()
    return Path(found) if found else None


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium without a screen."""
    found = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGS)
        yield browser
        browser.close()


def faults(page: Page, *, only_words: bool = False) -> list[tuple[str, list[str]]]:
    """The rules of axe-core that the page breaks, with the elements that break them. `only_words`: its look was examined in another language."""
    page.evaluate(AXE)
    found: list[tuple[str, list[str]]] = page.evaluate(VIOLATIONS, OF_LOOKS if only_words else {})
    return [(rule, where) for rule, where in found]


def watch(page: Page, wrong: list[str]) -> None:
    """Note what a script throws and what the policy stops."""
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
