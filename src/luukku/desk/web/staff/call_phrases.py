"""What a customer is to be told on the phone, in words for the one who calls."""

from django.utils.translation import gettext_lazy as _

_NEWS = {
    "mark_answered": _("Tell the customer what was done because of their feedback"),
    "call_back": _("Call the customer, as was promised"),
    "taken_up": _("Tell the customer who handles their matter"),
    "message": _("Tell the customer what was written to them"),
    "waiting": _("Tell the customer what the matter waits for, and until when"),
    "still_needed": _("Remind the customer that we wait for an answer, and ask whether more time is needed"),
    "still_waiting": _("Tell the customer that we still wait, and for what"),
    "settled": _("Tell the customer that the matter has ended, and what came of it"),
    "claims_open": _("Ask the customer whether it is right what was written down as having come of it"),
    "outcome_asked": _("Ask the customer what has come of it since"),
    "reopened": _("Tell the customer that the matter is open again"),
    "files_refused": _("Tell the customer that a file could not be kept"),
    "handover_news": _("Tell the customer how the handover goes"),
    "appointment_booked": _("Tell the customer the booked time"),
    "appointment_moved": _("Tell the customer that the booked time has moved"),
    "appointment_cancelled": _("Tell the customer that the booked time is cancelled"),
    "appointment_reminder": _("Remind the customer of tomorrow’s booked time"),
    "joined": _("Tell the customer that their matters are handled as one"),
    "reformed": _("Tell the customer which organisation goes on with their matter"),
    "parted": _("Tell the customer that their matter goes on by itself again"),
    "split": _("Tell the customer that a matter of its own was made of something that they told"),
    "meeting_consent": _("Ask the customer whether the matter may be discussed by name with other organisations"),
    "meeting_written": _("Tell the customer that their word about the meeting was written down"),
    "meeting_discussed": _("Tell the customer what was agreed on their matter in the meeting"),
    "statements.news": _("Tell the customer how the statements on their plan stand"),
    "shepherd": _("Tell the customer who keeps their whole relation now"),
}


def news_words(news: str) -> str:
    return str(_NEWS.get(news, _("Tell the customer the news of their matter")))
