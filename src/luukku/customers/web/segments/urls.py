"""Addresses of segments."""

from django.urls import include, path

from luukku.customers.web.segments import analysis, company, rules

_rules = [
    path("", rules.segments, name="segments"),
    path("erittely", analysis.analysis, name="segment-analysis"),
    path("erittely.csv", analysis.analysis_table, name="segment-analysis-table"),
    path("versiot/<int:number>", rules.version, name="segment-version"),
    path("luonnos", rules.begin, name="draft-segments"),
    path("luonnos/saanto", rules.add, name="add-segment-rule"),
    path("luonnos/saannot/<int:pk>", rules.change, name="change-segment-rule"),
    path("luonnos/saannot/<int:pk>/siirra", rules.move, name="move-segment-rule"),
    path("luonnos/kayttoon", rules.use, name="use-segments"),
    path("luonnos/hylkaa", rules.discard, name="discard-segments"),
]
_company = [
    path("", company.segment, name="company-segment"),
    path("muu", company.say, name="say-segment"),
    path("saannot", company.by_rules, name="segment-by-rules"),
    path("merkinta", company.mark, name="mark-company"),
    path("merkinta/<slug:code>", company.end_mark, name="end-mark"),
]
urlpatterns = [path("segmentit/", include(_rules)), path("yritykset/<str:business_id>/segmentti/", include(_company))]
