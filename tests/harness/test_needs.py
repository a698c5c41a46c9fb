"""What is missing is told once, and only when it is needed."""

from pathlib import Path

from tests.harness.needs import PROGRAMS, missing

HERE = {"browser": (lambda: Path("/usr/bin/chromium"), "no browser"), "_running_store": (lambda: None, "no mail server")}


def test_only_what_the_chosen_tests_use_and_the_machine_lacks_is_named() -> None:
    assert missing(["browser", "cast"], HERE) == []
    assert missing(["browser", "_running_store"], HERE) == ["no mail server"]


def test_each_sentence_says_how_to_mend_it() -> None:
    assert all("make needs" in words and "apt-get install" in words for _find, words in PROGRAMS.values())
