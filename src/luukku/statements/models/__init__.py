from luukku.statements.models.forms import FormVersion, StatementForm
from luukku.statements.models.plans import Consent, Plan, PlanFile
from luukku.statements.models.statements import Reminder, Statement, StatementText

__all__ = ["Consent", "FormVersion", "Plan", "PlanFile", "Reminder", "Statement", "StatementForm", "StatementText"]
