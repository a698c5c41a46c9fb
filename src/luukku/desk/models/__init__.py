from luukku.desk.models.after import AskedKey, FollowUp, OutcomeCheck
from luukku.desk.models.appointments import Appointment, AppointmentPerson, CalendarFeed
from luukku.desk.models.case_meetings import CaseMeeting, MeetingMember, MeetingParty, MeetingSeries, StandingPoint
from luukku.desk.models.cases import Case, CaseNumber, Clock, Leg, StatusLink
from luukku.desk.models.e_services import EServiceHelp, EServiceReport
from luukku.desk.models.ending import Feedback, Outcome
from luukku.desk.models.figures import FaceCount, FairCount, HandoverCount, PromiseCount, Span
from luukku.desk.models.guests import CaseGuest
from luukku.desk.models.handover import Handover, HandoverPart, HandoverTurn
from luukku.desk.models.joining import CustomerMerging, Joining, NotSame, Split
from luukku.desk.models.keeping import Chase, NewsCall
from luukku.desk.models.kiosk import Kiosk, KioskAnswer
from luukku.desk.models.listed import ItemCase, ItemMinutes, MeetingConsent, MeetingItem, MeetingPoint, MeetingStep
from luukku.desk.models.mailbox import NATION, Fate, IncomingMail, Mailbox, Security
from luukku.desk.models.partners import PartnerKey, SentContact
from luukku.desk.models.passed import CaseSummary
from luukku.desk.models.points import ServicePoint
from luukku.desk.models.routing import Rota, Rule, RuleBook
from luukku.desk.models.stays import LegStay
from luukku.desk.models.talk import Attachment, Message, Note, Proposal
from luukku.desk.models.texts import ReadyText
from luukku.desk.models.times import BookableTimes, BusyTime, Room
from luukku.desk.models.walk_ins import WalkIn
from luukku.desk.models.watching import Breach, ClockWarning, Wait, WarningTimes

__all__ = (
    "NATION",
    "Appointment",
    "AppointmentPerson",
    "AskedKey",
    "Attachment",
    "BookableTimes",
    "Breach",
    "BusyTime",
    "CalendarFeed",
    "Case",
    "CaseGuest",
    "CaseMeeting",
    "CaseNumber",
    "CaseSummary",
    "Chase",
    "Clock",
    "ClockWarning",
    "CustomerMerging",
    "EServiceHelp",
    "EServiceReport",
    "FaceCount",
    "FairCount",
    "Fate",
    "Feedback",
    "FollowUp",
    "Handover",
    "HandoverCount",
    "HandoverPart",
    "HandoverTurn",
    "IncomingMail",
    "ItemCase",
    "ItemMinutes",
    "Joining",
    "Kiosk",
    "KioskAnswer",
    "Leg",
    "LegStay",
    "Mailbox",
    "MeetingConsent",
    "MeetingItem",
    "MeetingMember",
    "MeetingParty",
    "MeetingPoint",
    "MeetingSeries",
    "MeetingStep",
    "Message",
    "NewsCall",
    "NotSame",
    "Note",
    "Outcome",
    "OutcomeCheck",
    "PartnerKey",
    "PromiseCount",
    "Proposal",
    "ReadyText",
    "Room",
    "Rota",
    "Rule",
    "RuleBook",
    "Security",
    "SentContact",
    "ServicePoint",
    "Span",
    "Split",
    "StandingPoint",
    "StatusLink",
    "Wait",
    "WalkIn",
    "WarningTimes",
)
