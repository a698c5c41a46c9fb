"""Addresses of handovers: those that begin at a part of a case, and those of one handover."""

from django.urls import URLPattern, path

from luukku.desk.web.staff.handover import parts, passing, receiving

of_leg: list[URLPattern] = [
    path("siirra/", passing.choose, name="pass_to"),
    path("siirra/<str:to>/", passing.compose, name="pass"),
    path("osa/", parts.add, name="add_part"),
    path("odota-osaa/", parts.wait, name="wait_part"),
]
of_handover: list[URLPattern] = [
    path("", receiving.index, name="handovers"),
    path("<int:pk>/", receiving.show, name="handover"),
    path("<int:pk>/ota", receiving.accept, name="handover_accept"),
    path("<int:pk>/kysy", receiving.ask, name="handover_ask"),
    path("<int:pk>/ei", receiving.decline, name="handover_decline"),
    path("<int:pk>/vastaa", passing.answer, name="handover_answer"),
    path("<int:pk>/tapaaminen", passing.meeting, name="handover_meeting"),
    path("<int:pk>/osoite", passing.readdress, name="handover_readdress"),
    path("<int:pk>/peru", passing.take_back, name="handover_take_back"),
    path("<int:pk>/yhteys", passing.contacted, name="handover_contacted"),
    path("<int:pk>/tiedosto/<int:part>", receiving.file, name="handover_file"),
]
