"""What a customer is to be told on the phone, in words for the one who calls."""

from django.utils.translation import gettext_lazy as _

_NEWS = {
    "mark_answered": _("Tell her what was done because of her feedback"),
    "call_back": _("Call her, as was promised"),
    "taken_up": _("Tell her who handles her matter"),
    "message": _("Tell her what was written to her"),
    "waiting": _("Tell her what the matter waits for, and until when"),
    "still_needed": _("Remind her that we wait for her answer, and ask whether she needs more time"),
    "still_waiting": _("Tell her that we still wait, and for what"),
    "settled": _("Tell her that the matter has ended, and what came of it"),
    "claims_open": _("Ask her whether it is right what was written down as having come of it"),
    "outcome_asked": _("Ask her what has come of it since"),
    "reopened": _("Tell her that the matter is open again"),
    "files_refused": _("Tell her that a file could not be kept"),
    "handover_news": _("Tell her how the handover goes"),
    "appointment_booked": _("Tell her the booked time"),
    "appointment_moved": _("Tell her that the booked time has moved"),
    "appointment_cancelled": _("Tell her that the booked time is cancelled"),
    "appointment_reminder": _("Remind her of tomorrow’s booked time"),
    "joined": _("Tell her that her matters are handled as one"),
    "reformed": _("Tell her which organisation goes on with her matter"),
    "parted": _("Tell her that her matter goes on by itself again"),
    "split": _("Tell her that a matter of its own was made of something that she told"),
    "meeting_consent": _("Ask her whether her matter may be discussed by name with other organisations"),
    "meeting_written": _("Tell her that her word about the meeting was written down"),
    "meeting_discussed": _("Tell her what was agreed on her matter in the meeting"),
    "statements.news": _("Tell her how the statements on her plan stand"),
    "shepherd": _("Tell her who keeps her whole relation now"),
}


def news_words(news: str) -> str:
    return str(_NEWS.get(news, _("Tell her the news of her matter")))
