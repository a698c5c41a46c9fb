from luukku.surveys.models.answers import Box, Receipt, Response
from luukku.surveys.models.questionnaires import Questionnaire, Version
from luukku.surveys.models.surveys import Invitation, Survey
from luukku.surveys.models.themes import Theme

__all__ = ["Box", "Invitation", "Questionnaire", "Receipt", "Response", "Survey", "Theme", "Version"]
