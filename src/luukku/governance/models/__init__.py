from luukku.governance.models.assessments import SelfAssessment
from luukku.governance.models.clock import ClockEntry, ClockFeed
from luukku.governance.models.groups import Group, GroupKind, Membership, TemplatePoint
from luukku.governance.models.meetings import AgendaItem, Attendance, Meeting, Paper
from luukku.governance.models.minutes import Amendment, Decision, SectionText, Task
from luukku.governance.models.networks import NetworkTalk, NetworkWatch, TalkStep

__all__ = [
    "AgendaItem",
    "Amendment",
    "Attendance",
    "ClockEntry",
    "ClockFeed",
    "Decision",
    "Group",
    "GroupKind",
    "Meeting",
    "Membership",
    "NetworkTalk",
    "NetworkWatch",
    "Paper",
    "SectionText",
    "SelfAssessment",
    "TalkStep",
    "Task",
    "TemplatePoint",
]
