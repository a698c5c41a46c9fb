"""Addresses of development projects."""

from django.urls import URLPattern, path

from luukku.development.web import projects

app_name = "development"
urlpatterns: list[URLPattern] = [
    path("hankkeet/", projects.index, name="projects"),
    path("hankkeet/taulukko.csv", projects.table, name="projects_table"),
    path("hankkeet/uusi", projects.begin, name="begin_project"),
    path("hankkeet/<int:pk>/", projects.show, name="project"),
    path("hankkeet/<int:pk>/muuta", projects.change, name="change_project"),
    path("hankkeet/<int:pk>/tila", projects.move, name="move_project"),
    path("hankkeet/<int:pk>/osa", projects.part, name="project_part"),
    path("hankkeet/<int:pk>/eroa", projects.leave, name="leave_project"),
    path("hankkeet/<int:pk>/tuotos", projects.output, name="project_output"),
]
