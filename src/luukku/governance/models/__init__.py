from luukku.governance.models.assessments import SelfAssessment
from luukku.governance.models.clock import ClockEntry, ClockFeed
from luukku.governance.models.groups import Group, GroupKind, Membership, TemplatePoint
from luukku.governance.models.meetings import AgendaItem, Attendance, Meeting, Paper
from luukku.governance.models.minutes import Amendment, Decision, SectionText, Task

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
    "Paper",
    "SectionText",
    "SelfAssessment",
    "Task",
    "TemplatePoint",
]
