import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.core.business_id import clean_business_id
from luukku.customers.models.identifiers import email_key, phone_key


@pytest.mark.parametrize("text", ["2617416-4", " 2617416-4 ", "26174164", "2617416 - 4"])
def test_business_id_in_any_spelling_is_one(text: str) -> None:
    assert clean_business_id(text) == "2617416-4"


@pytest.mark.parametrize("text", ["2617416-5", "1234567-8", "", "FI26174164", "261741-64x", "2617416-44", "٢٦١٧٤١٦-٤"])
def test_wrong_business_id_is_refused(text: str) -> None:
    assert clean_business_id(text) is None


def test_old_business_id_of_six_digits_gets_its_zero() -> None:
    assert clean_business_id("112038-9") == clean_business_id("0112038-9") == "0112038-9"


@given(st.integers(0, 9_999_999))
def test_of_the_ten_last_digits_at_most_one_is_right(number: int) -> None:
    assert sum(clean_business_id(f"{number:07}-{digit}") is not None for digit in range(10)) <= 1


@pytest.mark.parametrize(
    "text", ["040 555 0142", "0405550142", "+358 40 555 0142", "+358(0)40-5550142", "00358 40 555 0142", "040\u00a0555\u20130142"]
)
def test_phone_in_any_notation_is_one(text: str) -> None:
    assert phone_key(text) == "358405550142"


@pytest.mark.parametrize("text", ["", "puhelin", "12", "+", "040 CALL ME", "1" * 20])
def test_what_is_no_phone_has_no_key(text: str) -> None:
    assert phone_key(text) == ""


def test_foreign_phone_keeps_its_country() -> None:
    assert phone_key("+46 70 123 45 67") == "46701234567"


def test_address_is_found_in_any_case() -> None:
    assert email_key(" Kaisa@Customer.Example ") == "kaisa@customer.example"
