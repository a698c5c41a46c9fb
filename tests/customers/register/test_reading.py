"""Files of the register, whatever their form."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from luukku.core.errors import RuleBroken
from luukku.customers.actions.register.reading import CHUNK, elements, opened

ONE = {"businessId": {"value": "0112038-9"}, "names": [{"name": "Yksi", "type": "1"}]}
TWO = {"businessId": {"value": "0201256-6"}, "names": [{"name": "Kaksi \u00e4\u00f6", "type": "1"}]}


def read(text: str) -> list[object]:
    return [element.value or element.problem for element in elements(io.BytesIO(text.encode()))]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ONE) + "\n" + json.dumps(TWO),
        json.dumps(ONE) + "\n\n" + json.dumps(TWO) + "\n",
        json.dumps([ONE, TWO]),
        json.dumps([ONE, TWO], indent=2),
        "\n\n" + json.dumps([ONE, TWO], ensure_ascii=False),
        json.dumps({"totalResults": 2, "companies": [ONE, TWO]}),
        json.dumps({"totalResults": 2, "companies": [ONE, TWO]}, indent=1) + "\n",
        "\ufeff" + json.dumps([ONE, TWO]),
    ],
)
def test_elements_are_the_same_in_every_form(text: str) -> None:
    assert read(text) == [ONE, TWO]


def test_array_longer_than_the_buffer_is_read_whole() -> None:
    many = [{**ONE, "n": n, "x": "å" * 900} for n in range(CHUNK // 400)]
    assert read(json.dumps(many, ensure_ascii=False)) == many


def test_broken_line_is_named_and_the_rest_is_read() -> None:
    found = list(elements(io.BytesIO(f"{json.dumps(ONE)}\n{{oops\n{json.dumps(TWO)}\n".encode())))
    assert [(each.line, each.problem) for each in found] == [(1, ""), (2, "not-json"), (3, "")]
    assert read("{oops}\n" + json.dumps(ONE)) == ["not-json", ONE]


@pytest.mark.parametrize("text", [json.dumps([ONE, TWO])[:-30], "[" + json.dumps(ONE) + ",", "[" + json.dumps(ONE) + ", oops]"])
def test_array_that_breaks_off_says_where(text: str) -> None:
    assert read(text) == [ONE, "cut-off"]


def test_packed_files_are_read(tmp_path: Path) -> None:
    packed, zipped = tmp_path / "all.json.gz", tmp_path / "all.zip"
    packed.write_bytes(gzip.compress(json.dumps([ONE]).encode()))
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("readme.txt", "x")
        archive.writestr("companies.json", json.dumps([TWO]))
    for path, value in ((packed, ONE), (zipped, TWO)):
        with opened(path) as file:
            assert [element.value for element in elements(file)] == [value]


def test_what_is_no_such_file_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "all.zip"
    broken.write_bytes(b"PK no")
    with pytest.raises(RuleBroken), opened(broken):
        pass
    with pytest.raises(RuleBroken), opened(tmp_path / "missing.json"):
        pass
    with pytest.raises(RuleBroken):
        read("business_id;name\n0112038-9;Yksi")
    with pytest.raises(RuleBroken):
        read('{"companies": 3}')
    half = tmp_path / "half.json.gz"
    half.write_bytes(gzip.compress(json.dumps([ONE] * 1000).encode())[:-20])
    with pytest.raises(RuleBroken), opened(half) as file:
        list(elements(file))
