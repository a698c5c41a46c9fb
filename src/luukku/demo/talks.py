"""Talks with the sample region's network and visits to it, as the area's contact wrote them down."""

from datetime import timedelta

from luukku.core.actor import act_as
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.governance.actions.networks import TalkForm, step_done, write_talk
from luukku.governance.models.networks import TalkKind
from luukku.network.access import actor_of_person

TALKS = (
    (
        TalkKind.START, 400, "Käytiin läpi, mitä palveluja on ja kuka niitä antaa. Neuvonta toimii, omistajanvaihdoksissa on aukko. Kunnat mukana.",
        (("Koordinaattori kokoaa palvelut yhdelle sivulle", 30), ("Alue kutsuu Finnveran ohjausryhmään", 45)),
    ),
    (
        TalkKind.NEGOTIATION, 300, "Sovittiin kustannusten jaosta ja seurannan vähimmäistiedoista. Sopimusluonnos lähtee osapuolille.",
        (("Luonnos kommenteille", 21),),
    ),
    (
        TalkKind.PLAN, 35, "Vuoden toimenpiteistä kolme on edellä ja kaksi jäljessä aikataulusta. Omistajanvaihdosten kokeilu jatkuu ensi vuonna.",
        (("Ensi vuoden painopisteet ohjausryhmälle", 60), ("Alue kertoo muiden seutujen kokeiluista aluepäivässä", 90)),
    ),
)  # fmt: skip


def talk(built: Built) -> None:
    """Two visits whose steps are done, and one whose steps are still ahead."""
    region, today = built.regions["suupohja"], clock.today()
    with act_as(actor_of_person(built.logins["area"].pk)) as by:
        for kind, ago, summary, steps in TALKS:
            day = today - timedelta(days=ago)
            agreed = [(words, day + timedelta(days=within)) for words, within in steps]
            form = TalkForm(kind=kind, day=day, summary=summary, met=built.logins["coordinator"], steps=agreed)
            found = write_talk(by=by, region=region, form=form)
            for step in found.steps.select_related("talk").filter(by_day__lt=today):
                step_done(by=by, step=step)
