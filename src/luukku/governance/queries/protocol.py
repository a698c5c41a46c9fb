"""The minutes as one text, of which those present approve the digest."""

import hashlib
import json

from luukku.governance.models import AgendaItem, Attendance, Decision, Meeting, Task


def digest_of_minutes(meeting: Meeting) -> str:
    """SHA-256 of all that the minutes say: when and where, who took part, sections, decisions, tasks. Four statements.

    What the system filled in counts in every language, once it is kept in each: minutes that are older keep their digest.
    """
    items = AgendaItem.objects.filter(meeting=meeting).order_by("position", "id")
    sections = list(items.values_list("id", "title_fi", "title_sv", "title_en", "filled", "body", "filled_texts"))
    texts = [each[-1] for each in sections]
    said = [
        [meeting.starts_at.isoformat(), meeting.ends_at.isoformat(), meeting.title, meeting.place],
        list(Attendance.objects.filter(meeting=meeting).order_by("id").values_list("membership_id", "took_part")),
        [each[:-1] for each in sections],
        list(Decision.objects.filter(meeting=meeting).order_by("number").values_list("number", "item_id", "words")),
        [[pk, who, words] for pk, who, words in Task.objects.filter(meeting=meeting).order_by("id").values_list("id", "membership_id", "words")],
    ]
    if any(texts):
        said.append(texts)
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
