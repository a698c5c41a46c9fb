from django.urls import path

from luukku.core.ui.web import components
from luukku.demo import web

app_name = "demo"
urlpatterns = [
    path("kirjaudu/<slug:role>/", web.sign_in_as, name="sign-in-as"),
    path("lahteneet/", web.outbox, name="outbox"),
    path("lahteneet/<int:pk>/", web.outbox_mail, name="outbox-mail"),
    path("lahteneet/<int:pk>/html/", web.outbox_html, name="outbox-html"),
    path("osat/", components, name="components"),
]
