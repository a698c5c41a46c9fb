"""What a partner's system sends and gets, with what each part means: the interface's description is made from these."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict

from luukku.desk.enums import CaseState


def _writable(text: str) -> str:
    """No NUL and no half of a letter pair: neither can be stored."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("characters")
    return text


Text = Annotated[str, AfterValidator(_writable)]


class _Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class CustomerIn(_Strict):
    """Who asks. An e-mail address or a phone number is needed."""

    name: Text = Field("", max_length=120)
    email: Text = Field("", max_length=254, examples=["kaisa@example.fi"])
    phone: Text = Field("", max_length=40, examples=["040 123 4567"])


class CompanyIn(_Strict):
    """Her company, if she has one."""

    name: Text = Field("", max_length=200)
    business_id: Text = Field("", max_length=12, examples=["1234567-1"])


class ContactIn(_Strict):
    """One need of one customer, in her own words."""

    region: Text = Field(max_length=40, description="Code of the region, as in the address of its page.", examples=["suupohja"])
    words: Text = Field(min_length=3, max_length=20_000, description="What she needs, in her own words.")
    language: Literal["fi", "sv", "en"] = Field(description="The language in which she is answered.")
    customer: CustomerIn
    customer_agreed: Literal[True] = Field(description="She has agreed that you pass this on. Without it nothing is taken in.")
    municipality: Text = Field("", max_length=3, pattern=r"^(\d{3})?$", description="Three-digit code of her municipality.", examples=["232"])
    company: CompanyIn | None = None
    service: Text = Field("", max_length=60, description="Code of the service card, if you know which service she needs.")
    needed_by: date | None = Field(None, description="The day by which she needs it.")


class ContactOut(Schema):
    """The contact has become a matter. The same key and body give this same answer again."""

    number: str = Field(examples=["SU-26-0412"])
    received_at: datetime
    promised_at: datetime | None = Field(description="By then a named adviser has taken it up.")
    status_link: str | None = Field(description="Her page of the matter, only when she has no e-mail address: give it to her and keep no copy.")


class StandingOut(Schema):
    """How a matter stands that you have sent. What is said on it stays between the customer and her adviser."""

    number: str
    state: CaseState
    is_open: bool
    received_at: datetime
    promised_at: datetime | None
    taken_up_at: datetime | None
    ended_at: datetime | None
    organisation: str = Field(description="The organisation that has it now.")


class WrongField(Schema):
    """One thing to mend."""

    field: str = Field(description="Where: `customer.email`; empty for the whole.", examples=["customer.email"])
    message: str


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[WrongField] = []
