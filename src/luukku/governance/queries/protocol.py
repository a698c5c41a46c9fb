"""The minutes as one text, of which those present approve the digest."""

import hashlib
import json

from luukku.governance.models import AgendaItem, Attendance, Decision, Meeting, Task


def digest_of_minutes(meeting: Meeting) -> str:
    """SHA-256 of all that the minutes say: when and where, who took part, sections, decisions, tasks. Four statements."""
    said = [
        [meeting.starts_at.isoformat(), meeting.ends_at.isoformat(), meeting.title, meeting.place],
        list(Attendance.objects.filter(meeting=meeting).order_by("id").values_list("membership_id", "took_part")),
        list(
            AgendaItem.objects.filter(meeting=meeting)
            .order_by("position", "id")
            .values_list("id", "title_fi", "title_sv", "title_en", "filled", "body")
        ),
        list(Decision.objects.filter(meeting=meeting).order_by("number").values_list("number", "item_id", "words")),
        [[pk, who, words] for pk, who, words in Task.objects.filter(meeting=meeting).order_by("id").values_list("id", "membership_id", "words")],
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
