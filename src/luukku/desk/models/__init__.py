from luukku.desk.models.cases import Case, CaseNumber, Clock, Leg, StatusLink
from luukku.desk.models.ending import Feedback, Outcome
from luukku.desk.models.kiosk import Kiosk, KioskAnswer
from luukku.desk.models.mailbox import Fate, IncomingMail, Mailbox, Security
from luukku.desk.models.talk import Attachment, Message, Note, Proposal
from luukku.desk.models.watching import Breach, ClockWarning, Wait, WarningTimes

__all__ = (
    "Attachment",
    "Breach",
    "Case",
    "CaseNumber",
    "Clock",
    "ClockWarning",
    "Fate",
    "Feedback",
    "IncomingMail",
    "Kiosk",
    "KioskAnswer",
    "Leg",
    "Mailbox",
    "Message",
    "Note",
    "Outcome",
    "Proposal",
    "Security",
    "StatusLink",
    "Wait",
    "WarningTimes",
)
