"""A key from an address: a number or nothing, whatever was written there."""

import pytest

from luukku.core.keys import key_of


@pytest.mark.parametrize(("text", "key"), [("1", 1), ("007", 7), ("9" * 18, 10**18 - 1), ("0", 0)])
def test_key_of_digits_is_their_number(text: str, key: int) -> None:
    assert key_of(text) == key


@pytest.mark.parametrize("text", [None, "", "-1", "+1", "1.0", " 1", "1_0", "٣", "²", "9" * 19, "9" * 5000, "x"])
def test_key_of_anything_else_is_none(text: str | None) -> None:
    assert key_of(text) is None
