"""The words by which a customer agrees that her plan is shown. A changed text gets a new version; the old ones stay, for consents name them."""

from django.utils.translation import gettext_lazy as _

CONSENT_VERSION = "statement-1"
CONSENT_TEXTS = {
    "statement-1": _(
        "I agree that my plan, the files listed here and my answers are shown to the organisations named here, so that each can give its statement. "
        "Nobody else sees them. I can take my word back at any time: from that moment they see the plan no more."
    ),
}
