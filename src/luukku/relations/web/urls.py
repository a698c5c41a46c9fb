"""Addresses of the work with companies."""

from django.urls import URLPattern, path

from luukku.relations.web import person, work
from luukku.relations.web.leads import facts, leads
from luukku.relations.web.needs import maps, talks
from luukku.relations.web.plans import accounts, contact, criteria, figures, teams
from luukku.relations.web.visits import report, visits

app_name = "relations"
urlpatterns: list[URLPattern] = [
    path("yritykset/<str:business_id>/kaynti", visits.plan, name="plan_visit"),
    path("yritykset/<str:business_id>/vihje", leads.give, name="give_lead"),
    path("kaynnit/", visits.index, name="visits"),
    path("kaynnit/kentalla.js", report.worker, name="worker"),
    path("kaynnit/<int:pk>/", visits.show, name="visit"),
    path("kaynnit/<int:pk>/muuta", visits.change, name="change_visit"),
    path("kaynnit/<int:pk>/peru", visits.call_off, name="call_off_visit"),
    path("kaynnit/<int:pk>/raportti", report.report, name="report"),
    path("kaynnit/<int:pk>/raportti/<int:report>/tehty", visits.done, name="step_done"),
    path("kaynnit/<int:pk>/loppuun", visits.close, name="close_visit"),
    path("kaynnit/<int:pk>/tarve/<int:need>", visits.give, name="give_need"),
    path("kohtaamiset/", contact.companies, name="contact_plan"),
    path("kohtaamiset/suunnitelmaan", contact.take, name="take_on_plan"),
    path("kohtaamiset/vali", contact.weeks, name="weeks"),
    path("kohtaamiset/tiimit/", teams.teams, name="teams"),
    path("kohtaamiset/tavoitteet/", contact.targets, name="targets"),
    path("kohtaamiset/tavoitteet/<int:year>/<slug:organisation>", contact.target, name="target"),
    path("kohtaamiset/luvut/", figures.figures, name="figures"),
    path("yritykset/<str:business_id>/asiakassuunnitelma", accounts.begin, name="begin_plan"),
    path("asiakassuunnitelmat/", accounts.index, name="plans"),
    path("asiakassuunnitelmat/perusteet/", criteria.criteria, name="criteria"),
    path("asiakassuunnitelmat/perusteet/<int:pk>/pois", criteria.end, name="end_criterion"),
    path("asiakassuunnitelmat/<int:pk>/", accounts.show, name="plan"),
    path("asiakassuunnitelmat/<int:pk>/muuta", accounts.change, name="change_plan"),
    path("asiakassuunnitelmat/<int:pk>/toimi", accounts.add, name="add_action"),
    path("asiakassuunnitelmat/<int:pk>/toimi/<int:action>/tehty", accounts.done, name="action_done"),
    path("asiakassuunnitelmat/<int:pk>/katselmus", accounts.review, name="review_plan"),
    path("asiakassuunnitelmat/<int:pk>/vetaja", accounts.pass_lead, name="pass_plan_lead"),
    path("asiakassuunnitelmat/<int:pk>/paata", accounts.end, name="end_plan"),
    path("kartoitukset/", maps.index, name="maps"),
    path("kartoitukset/uusi", maps.create, name="new_map"),
    path("kartoitukset/asia/<str:number>/", talks.talk, name="talk"),
    path("kartoitukset/asia/<str:number>/tarve/<int:answer>", talks.give, name="give_answer"),
    path("kartoitukset/<int:pk>/", maps.show, name="map"),
    path("kartoitukset/<int:pk>/nimi", maps.rename, name="rename_map"),
    path("kartoitukset/<int:pk>/kaytosta", maps.retire, name="retire_map"),
    path("kartoitukset/<int:pk>/kysymys", maps.question, name="new_question"),
    path("kartoitukset/<int:pk>/kysymys/<int:which>", maps.question, name="question"),
    path("kartoitukset/<int:pk>/kysymys/<int:which>/paikka", maps.change_order, name="order_question"),
    path("tyokertomus/", work.work, name="work"),
    path("henkilon-tiedot/", person.person, name="person"),
    path("vihjeet/tiedoista/", facts.index, name="facts"),
    path("vihjeet/tiedoista/uusi", facts.enter, name="enter_fact"),
    path("vihjeet/tiedoista/saannot", facts.rules, name="fact_rules"),
    path("vihjeet/tiedoista/<int:pk>/ota", facts.take, name="take_fact"),
    path("vihjeet/tiedoista/<int:pk>/ei", facts.dismiss, name="dismiss_fact"),
    path("vihjeet/", leads.index, name="leads"),
    path("vihjeet/<int:pk>/", leads.show, name="lead"),
    path("vihjeet/<int:pk>/ota", leads.take, name="take_lead"),
    path("vihjeet/<int:pk>/asia", leads.make_case, name="lead_case"),
    path("vihjeet/<int:pk>/ei", leads.decline, name="decline_lead"),
    path("vihjeet/<int:pk>/valmis", leads.finish, name="finish_lead"),
    path("vihjeet/<int:pk>/tyollistyi", leads.placed, name="placed"),
]
