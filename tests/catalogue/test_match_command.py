"""`luukku match`: answers in the order of the questions, one line each, and a bad line named by its number."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from luukku.catalogue.queries.matching import NeedMatch, Reason, ServiceHit

COMMAND = "luukku.catalogue.management.commands.match.match_need"


@pytest.fixture
def _echo(monkeypatch: pytest.MonkeyPatch) -> None:
    """The matcher answers with the words and the language themselves; its own quality is tested where it lives."""

    def answers(words: str, language: str | None = None, top: int = 5) -> NeedMatch:
        hits = tuple(ServiceHit(None, f"{words}-{language}-{number}", 1 / (number + 1), Reason("words", (words,))) for number in range(top))
        return NeedMatch(hits, fits=words != "hirviä")

    monkeypatch.setattr(COMMAND, answers)


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("match", *args, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("_echo")
def test_file_of_needs_is_answered_in_its_order_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "needs.jsonl"
    lines = [{"q": "yksi", "lang": "fi"}, {"q": "två", "lang": "sv"}, {"q": "hirviä", "lang": "fi"}, {"q": "neljäs", "lang": None}, {"q": "viides"}]
    path.write_text("\n\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    found = [json.loads(line) for line in run("--file", str(path), "--json", "--top", "2", "--lang", "en").splitlines()]
    assert [[hit["id"] for hit in answer["hits"]] for answer in found] == [
        ["yksi-fi-0", "yksi-fi-1"], ["två-sv-0", "två-sv-1"], ["hirviä-fi-0", "hirviä-fi-1"], ["neljäs-en-0", "neljäs-en-1"],
        ["viides-en-0", "viides-en-1"],
    ]  # fmt: skip
    assert [answer["fits"] for answer in found] == [True, True, False, True, True]
    assert found[0]["hits"][0] == {"id": "yksi-fi-0", "score": 1.0, "why": "Osuu sanoihin: yksi"}
    assert found[1]["hits"][0]["why"].startswith("Passar"), "the reason is in the language of its own line"


@pytest.mark.usefixtures("_echo")
@pytest.mark.parametrize("bad", ['{"q": "kesken"', '["q"]', '{"lang": "fi"}', "null", "7"])
def test_bad_line_is_named_by_its_number(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "needs.jsonl"
    path.write_text('{"q": "yksi", "lang": "fi"}\n\n' + bad + '\n{"q": "neljä", "lang": "fi"}\n', encoding="utf-8")
    with pytest.raises(CommandError, match=r"Line 3 .*JSON"):
        run("--file", str(path), "--json")


@pytest.mark.usefixtures("_echo")
def test_one_need_is_told_to_people_and_a_missing_file_is_said(tmp_path: Path) -> None:
    assert run("yksi", "--top", "1").split()[:2] == ["1.00", "yksi-fi-0"]
    assert run("hirviä").startswith("Nothing fits well")
    with pytest.raises(CommandError, match="no file"):
        run("--file", str(tmp_path / "missing.jsonl"))
    with pytest.raises(CommandError, match="Say the need"):
        run()
