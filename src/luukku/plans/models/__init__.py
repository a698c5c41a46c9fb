from luukku.plans.models.boxes import Idea, Proposal
from luukku.plans.models.cells import MatrixCell
from luukku.plans.models.kinds import PlanKind, PlanPart
from luukku.plans.models.measures import CheckPoint, Measure, MeasureLine, MeasureSeat, Note, StrategyLine
from luukku.plans.models.plans import Plan, Snapshot
from luukku.plans.models.reminders import Reminder
from luukku.plans.models.rounds import Round, RoundPart
from luukku.plans.models.sharing import BudgetLine, Share

__all__ = [
    "BudgetLine",
    "CheckPoint",
    "Idea",
    "MatrixCell",
    "Measure",
    "MeasureLine",
    "MeasureSeat",
    "Note",
    "Plan",
    "PlanKind",
    "PlanPart",
    "Proposal",
    "Reminder",
    "Round",
    "RoundPart",
    "Share",
    "Snapshot",
    "StrategyLine",
]
