from luukku.development.models.projects import Output, Project, ProjectPart

__all__ = ["Output", "Project", "ProjectPart"]
