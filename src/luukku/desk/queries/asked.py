"""Whether the customer was asked how an advice session went, while her matter goes on."""

from luukku.core.models import OutgoingMail


def session_asked(case_id: int) -> bool:
    """Whether the question has left. One statement."""
    return OutgoingMail.objects.filter(kind="desk.session_asked", subject_kind="desk.case", subject_id=case_id, facts__asked=1).exists()
