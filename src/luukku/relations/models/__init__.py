from luukku.relations.models.account_plans import AccountAction, AccountMember, AccountPlan, AccountReview, PlanCriterion
from luukku.relations.models.contact_plans import ContactRule, TeamRule, VisitTarget
from luukku.relations.models.facts import FactLead, FactRule
from luukku.relations.models.leads import Lead
from luukku.relations.models.mapping import NeedMap, NeedQuestion
from luukku.relations.models.talks import NeedTalk, TalkAnswer
from luukku.relations.models.visits import Touch, Visit, VisitNeed, VisitParty, VisitReport

__all__ = [
    "AccountAction", "AccountMember", "AccountPlan", "AccountReview", "ContactRule",
    "FactLead", "FactRule", "Lead", "NeedMap", "NeedQuestion", "NeedTalk", "PlanCriterion", "TalkAnswer", "TeamRule", "Touch", "Visit", "VisitNeed",
    "VisitParty", "VisitReport", "VisitTarget",
]  # fmt: skip
