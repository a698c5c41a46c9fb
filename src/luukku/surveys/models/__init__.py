from luukku.surveys.models.answers import Box, Receipt, Response
from luukku.surveys.models.questionnaires import Questionnaire, Version
from luukku.surveys.models.surveys import Invitation, Survey

__all__ = ["Box", "Invitation", "Questionnaire", "Receipt", "Response", "Survey", "Version"]
