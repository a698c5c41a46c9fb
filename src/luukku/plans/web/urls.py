"""Addresses of plans and measures."""

from django.urls import URLPattern, path

from luukku.plans.web import answering, deciding, measures, plans

app_name = "plans"
urlpatterns: list[URLPattern] = [
    path("suunnitelmat/", plans.index, name="index"),
    path("suunnitelmat/uusi", plans.begin, name="begin"),
    path("suunnitelmat/<int:pk>/", plans.show, name="plan"),
    path("suunnitelmat/<int:pk>/perussivu", plans.basic, name="basic"),
    path("suunnitelmat/<int:pk>/muokkaa", plans.edit, name="plan_edit"),
    path("suunnitelmat/<int:pk>/kommenteille", plans.for_comments, name="for_comments"),
    path("suunnitelmat/<int:pk>/kommentti", plans.say, name="comment"),
    path("suunnitelmat/<int:pk>/kommentti/<int:which>", plans.say, name="comment_measure"),
    path("suunnitelmat/<int:pk>/vastaus/<int:which>", plans.reply, name="reply"),
    path("suunnitelmat/<int:pk>/poista", plans.remove, name="plan_remove"),
    path("suunnitelmat/<int:pk>/hyvaksy", deciding.approve, name="approve"),
    path("suunnitelmat/<int:pk>/sulje", deciding.close, name="close"),
    path("suunnitelmat/<int:pk>/sellaisena/<int:number>", plans.frozen, name="frozen"),
    path("suunnitelmat/<int:pk>/toimenpide", measures.add, name="measure_new"),
    path("toimenpiteet/<int:pk>/", measures.show, name="measure"),
    path("toimenpiteet/<int:pk>/muokkaa", measures.edit, name="measure_edit"),
    path("toimenpiteet/<int:pk>/pois", measures.remove, name="measure_remove"),
    path("toimenpiteet/<int:pk>/eteneminen", measures.report, name="report"),
    path("toimenpiteet/<int:pk>/ennallaan", measures.as_before, name="as_before"),
    path("toimenpiteet/<int:pk>/arvio", measures.light, name="light"),
    path("toimenpiteet/<int:pk>/arvio/pois", measures.light_off, name="light_off"),
    path("toimenpiteet/<int:pk>/osasuunnitelma", measures.sub_plan, name="sub_plan"),
    path("t/<str:token>/", answering.answer, name="answer"),
]
