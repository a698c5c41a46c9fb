"""The words by which a customer lets a case meeting speak of her matter by name. A changed text gets a new version; the old ones stay."""

from django.utils.translation import gettext_lazy as _

CONSENT_VERSION = "meeting-1"
CONSENT_TEXTS = {
    "meeting-1": _(
        "I agree that the organisations named here discuss my matter together. They see my name, my company, what I asked in my own words, "
        "who works on it and what happens next. They do not see my contact details, messages or files. If the matter is moved to the following "
        "meeting, this holds for that one too. I can take my word back at any time, and then they see nothing any more."
    ),
}
