"""Addresses of surveys; `/vastaa/` is the link by which one answers."""

from django.urls import URLPattern, path, register_converter

from luukku.surveys.web import door, questionnaires, surveys, themes


class Table:
    """The tables that a survey's answers can be had as."""

    regex = "|".join(surveys.TABLES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Table, "survey_table")

app_name = "surveys"
urlpatterns: list[URLPattern] = [
    path("kyselyt/", surveys.index, name="surveys"),
    path("kyselyt/uusi", surveys.add, name="survey_new"),
    path("kyselyt/<int:pk>/", surveys.show, name="survey"),
    path("kyselyt/<int:pk>/avaa", surveys.open_it, name="open"),
    path("kyselyt/<int:pk>/poista", surveys.remove, name="remove"),
    path("kyselyt/<int:pk>/linkki", surveys.make_link, name="make_link"),
    path("kyselyt/<int:pk>/kutsu", surveys.invite, name="invite"),
    path("kyselyt/<int:pk>/muistuta", surveys.remind, name="remind"),
    path("kyselyt/<int:pk>/paiva", surveys.move, name="move"),
    path("kyselyt/<int:pk>/sulje", surveys.close, name="close"),
    path("kyselyt/<int:pk>/jaa", surveys.share, name="share"),
    path("kyselyt/<int:pk>/syota", surveys.typed, name="typed"),
    path("kyselyt/<int:pk>/tulokset", surveys.show_results, name="results"),
    path("kyselyt/<int:pk>/teemat/<slug:key>/uusi", themes.theme, name="theme_new"),
    path("kyselyt/<int:pk>/teemat/<slug:key>/<int:which>", themes.theme, name="theme"),
    path("kyselyt/<int:pk>/teemat/<slug:key>/<int:which>/pois", themes.remove, name="theme_out"),
    path("kyselyt/<int:pk>/<survey_table:which>.csv", surveys.table, name="table"),
    path("kyselypohjat/", questionnaires.index, name="questionnaires"),
    path("kyselypohjat/uusi", questionnaires.add, name="questionnaire_new"),
    path("kyselypohjat/<int:pk>/", questionnaires.show, name="questionnaire"),
    path("kyselypohjat/<int:pk>/tiedot", questionnaires.edit, name="questionnaire_edit"),
    path("kyselypohjat/<int:pk>/kysymys", questionnaires.question, name="question_new"),
    path("kyselypohjat/<int:pk>/kysymys/<slug:key>", questionnaires.question, name="question"),
    path("kyselypohjat/<int:pk>/kysymys/<slug:key>/ylos", questionnaires.question_up, name="question_up"),
    path("kyselypohjat/<int:pk>/kysymys/<slug:key>/pois", questionnaires.question_out, name="question_out"),
    path("kyselypohjat/<int:pk>/kayttoon", questionnaires.take, name="take"),
    path("kyselypohjat/<int:pk>/kopioi", questionnaires.copy, name="copy"),
    path("kyselypohjat/<int:pk>/pois", questionnaires.retire, name="retire"),
    path("kyselypohjat/<int:pk>/esikatselu", questionnaires.preview, name="preview"),
    path("vastaa/<str:token>/", door.show, name="answer"),
    path("vastaa/<str:token>/kiitos", door.thanks, name="thanks"),
]
