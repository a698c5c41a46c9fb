from luukku.desk.models.cases import Case, CaseNumber, Clock, Leg, StatusLink
from luukku.desk.models.ending import Feedback, Outcome
from luukku.desk.models.talk import Attachment, Message, Note, Proposal

__all__ = (
    "Attachment",
    "Case",
    "CaseNumber",
    "Clock",
    "Feedback",
    "Leg",
    "Message",
    "Note",
    "Outcome",
    "Proposal",
    "StatusLink",
)
