"""Training, keeping and replacing models, on small catalogues of the test's own."""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from luukku.catalogue.matching.cards import CardText, Confirmed, Unfit, default_cards, default_unfit
from luukku.catalogue.matching.embedding import Remembering
from luukku.catalogue.matching.evaluate import better_or_equal
from luukku.catalogue.matching.examples import examples
from luukku.catalogue.matching.learnt import shipped
from luukku.catalogue.matching.linear import Floats, fit_dense
from luukku.catalogue.matching.model import Model
from luukku.catalogue.matching.reasons import Reasons, Why, said
from luukku.catalogue.matching.store import from_bytes, load, save, to_bytes
from luukku.catalogue.matching.train import train, version_of

TREES = ("koivu kaatuu pihalle", "kuusen kaato", "puu pitää kaataa", "männyn oksat poikki", "kaadetaan iso haapa", "pihapuun kaataja")
BREAD = ("ruisleipä taikinasta", "leivän paisto", "pullataikina ei nouse", "leipuri neuvoo", "sämpylöitä uunissa", "juuren hoito leipään")
CARDS = (CardText("trees", {"fi": "Puunkaato"}, phrases={"fi": TREES}), CardText("bread", {"fi": "Leipominen"}, phrases={"fi": BREAD}))
NONE = tuple(
    Unfit(text, "fi") for text in ("auton huolto", "passin uusiminen", "hammas särkee", "bussin aikataulu", "kissa karkasi", "lippu konserttiin")
)


class Letters:
    """An embedder for tests: counts letters, and its own work."""

    def __init__(self) -> None:
        self.asked = 0

    def vectors(self, texts: Sequence[str]) -> Floats:
        self.asked += len(texts)
        rows = np.zeros((len(texts), 384), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for letter in text:
                row[ord(letter) % 384] += 1
        found: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return found

    def pieces(self, text: str) -> int:
        return len(text.split())


@pytest.fixture(scope="module")
def small() -> Model:
    return train(CARDS, NONE, (), None)


def test_train_learns_the_services(small: Model) -> None:
    assert small.match("kaatakaa tuo kuusi", "fi").hits[0].id == "trees"
    assert small.match("ruisleivän taikina", "fi").hits[0].id == "bread"


def test_train_learns_from_confirmed_answers(small: Model) -> None:
    words = "mörskä vinksallaan"
    answers = [Confirmed(f"{words} {n}", "fi", "bread") for n in ("taas", "yhä", "vieläkin", "jälleen")]
    assert train(CARDS, NONE, answers, None).match(words, "fi").hits[0].id == "bread"
    assert train(CARDS, NONE, [replace(a, service_id="trees") for a in answers], None).match(words, "fi").hits[0].id == "trees"


SECRET = "mörskän ruisleipä Väinölän pihassa"


def kept_content(model: Model) -> bytes:
    """Everything that lies in a kept model, unpacked."""
    with np.load(io.BytesIO(to_bytes(model)), allow_pickle=False) as arrays:
        return to_bytes(model) + b"".join(name.encode() + arrays[name].tobytes() for name in arrays.files)


def test_model_keeps_no_words_of_confirmed_answers() -> None:
    answers = [Confirmed(f"{SECRET} {n}", "fi", "bread") for n in ("taas", "yhä", "vieläkin", "jälleen")]
    for embedder in (None, Letters()):
        model = train(CARDS, NONE, answers, embedder)
        content = kept_content(model)
        assert BREAD[0].encode() in content
        for written in (SECRET, SECRET.lower(), "Väinölän", "mörskän"):
            assert written.encode() not in content
            assert written.encode("utf-32-le") not in content
        assert len(model.reasons.texts) == len(model.reasons.langs) == len(model.words.labels)


def test_model_kept_when_it_still_said_customers_words_is_not_read(small: Model) -> None:
    with np.load(io.BytesIO(to_bytes(small)), allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    about = arrays["about"].tobytes().replace(b'"sayable"', b'"texts"')
    held = io.BytesIO()
    np.savez(held, **arrays | {"about": np.frombuffer(about, np.uint8)})
    with pytest.raises(KeyError):
        from_bytes(held.getvalue())


def test_reason_is_never_a_confirmed_answer_nor_a_word_of_it() -> None:
    model = train(CARDS, NONE, [Confirmed(f"{SECRET} {n}", "fi", "bread") for n in ("taas", "yhä", "vieläkin", "jälleen")], None)
    for text in (SECRET, "mörskän", "mörsk", f"{SECRET} taas"):
        hit = model.match(text, "fi").hits[0]
        assert hit.id == "bread"
        assert "örsk" not in said(hit.why, "fi")
        assert "pihassa" not in said(hit.why, "fi").lower()


def test_reason_of_answers_alone_is_the_service_itself() -> None:
    nothing_said = Reasons(({"fi": "Leipominen"},), ("", ""), ("fi", "fi"), np.zeros(2, np.int64))
    assert nothing_said.why("ruisleipä", "fi", 0, np.ones(2, np.float32)) == Why("meaning", "Leipominen")


def test_phrase_of_a_card_stays_a_reason_though_a_customer_said_it_too() -> None:
    known = {one.text: one for one in examples(CARDS, NONE, [Confirmed("LEIVÄN paisto", "fi", "bread"), Confirmed("mörskä", "fi", "bread")])}
    assert (known["leivän paisto"].said, known["leivän paisto"].private, known["leivän paisto"].weight) == ("leivän paisto", False, 1.5)
    assert known["mörskä"].private


def test_train_ignores_answers_of_services_gone(small: Model) -> None:
    assert train(CARDS, NONE, [Confirmed("koivu kaatuu", "fi", "gone")], None).ids == ("bread", "trees")


def test_train_without_unfit_needs_doubts_nothing() -> None:
    assert train(CARDS, (), (), None).match("puu pitää kaataa", "fi").fits


def test_train_twice_gives_the_same_answers(small: Model) -> None:
    assert train(CARDS, NONE, (), None).match("leivän paisto", "fi") == small.match("leivän paisto", "fi")


def test_model_kept_in_a_file_answers_the_same(tmp_path: Path) -> None:
    embedder = Letters()
    model = train(CARDS, NONE, (), embedder)
    save(model, tmp_path / "deep" / "model.npz")
    for kept in (load(tmp_path / "deep" / "model.npz"), from_bytes(to_bytes(model))):
        again = replace(kept, embedder=lambda: embedder)
        for text in ("leivän paisto", "kuusi nurin", "auton huolto"):
            before, after = replace(model, embedder=lambda: embedder).match(text, "fi"), again.match(text, "fi")
            assert [hit.id for hit in before.hits] == [hit.id for hit in after.hits]
            assert [hit.score for hit in before.hits] == pytest.approx([hit.score for hit in after.hits], abs=1e-3)
            assert before.fits == after.fits
        assert (again.version, again.proof) == (model.version, model.proof)


def test_load_of_what_is_no_model_says_so(tmp_path: Path) -> None:
    (tmp_path / "broken.npz").write_bytes(b"PK nothing")
    with pytest.raises((ValueError, KeyError)):
        load(tmp_path / "broken.npz")
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "missing.npz")


def test_version_stays_however_cards_are_ordered_and_changes_with_a_word() -> None:
    upset = tuple(replace(card, phrases={"sv": (), "fi": list(reversed(card.phrases["fi"]))}) for card in reversed(CARDS))
    assert version_of(upset, NONE[::-1], (), False) == version_of(CARDS, NONE, (), False)
    assert version_of(CARDS, NONE[:-1], (), False) != version_of(CARDS, NONE, (), False)
    assert version_of(CARDS, NONE, (), True) != version_of(CARDS, NONE, (), False)


def test_shipped_learning_is_of_todays_default_words() -> None:
    version = version_of(default_cards(), default_unfit(), (), True)
    assert shipped(version), "words of the default catalogue have changed: run python -m luukku.catalogue.matching CACHE"


def test_remembering_embeds_each_text_once(tmp_path: Path) -> None:
    inner = Letters()
    first = Remembering(inner, tmp_path / "vectors.npz").vectors(["yksi", "kaksi"])
    again = Remembering(inner, tmp_path / "vectors.npz").vectors(["kaksi", "yksi", "kolme"])
    assert inner.asked == 3
    assert np.allclose(first[0], again[1], atol=1e-3)


def test_better_or_equal_refuses_a_worse_model(small: Model) -> None:
    proof = {"texts": 400.0, "recall_1": 0.8, "recall_3": 0.9, "unfit_found": 0.8, "false_unfit": 0.03}
    old = replace(small, proof=proof)
    assert better_or_equal(old, None)
    assert better_or_equal(replace(small, proof=proof), old)
    assert better_or_equal(replace(small, proof=proof | {"recall_1": 0.79}), old)
    for worse in ({"recall_1": 0.7}, {"recall_3": 0.8}, {"unfit_found": 0.5}, {"false_unfit": 0.2}):
        assert not better_or_equal(replace(small, proof=proof | worse), old)


def test_better_or_equal_keeps_meaning(small: Model) -> None:
    with_meaning = replace(train(CARDS, NONE, (), Letters()), proof=small.proof)
    assert not better_or_equal(small, with_meaning)
    assert better_or_equal(with_meaning, small)


def test_fit_dense_parts_what_can_be_parted() -> None:
    rows = np.random.default_rng(1).normal(size=(300, 5)).astype(np.float32)
    labels = (rows[:, 0] > rows[:, 1]).astype(np.int64)
    found = fit_dense(rows, labels, np.ones(300, np.float32), 2, 1e-4).scores(rows).argmax(axis=1)
    assert (found == labels).mean() > 0.97
