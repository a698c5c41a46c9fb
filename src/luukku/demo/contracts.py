"""Cooperation agreements of the sample network: Suupohja's in force with a party that joined later and the common mark, Western Uusimaa's out to be
signed, a neighbour's being drafted."""

import re
from datetime import date, datetime, time, timedelta

from luukku.agreements.actions.annexes import join_by_annex
from luukku.agreements.actions.carrying import take_effect
from luukku.agreements.actions.drafting import Terms, begin_draft, comment, main_document, remove_party, settle_comment, write_section
from luukku.agreements.actions.life import add_promise, do_step, review_promise
from luukku.agreements.actions.marking import apply, decide, judge, note_use, prepare, present
from luukku.agreements.actions.signing import SignatoryForm, name_signatory, send_out, sign, signers
from luukku.agreements.enums import Criterion, Judgement
from luukku.agreements.models import Agreement, Document, MarkApplication, Party, Promise, Section, Signatory
from luukku.core.actor import HOUSE, Actor, act_as, act_as_house
from luukku.core.moments import moment_at
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.governance.models import Group
from luukku.network.access import actor_of_person
from luukku.network.enums import Role
from luukku.network.models import Organisation, Region, Seat

OPEN_POINT = re.compile(r"\[\[.+?\]\]")
FILLED = {
    "purpose": "että jokainen yrittäjä saa nimetyn auttajan kahdessa työpäivässä", "coordinating": "yhteisestä viestinnästä ja seurannasta",
    "steering": "neljä", "people": "teemapäivissä ja toisten työtä seuraamalla", "costs": "asukasluku", "follow-up": "vähintään 3,5 asteikolla 1–4",
    "tools": "sovittu palvelumatriisissa", "ways": "neuvonta ensin kunnan tai kehittämisyhtiön, rahoitus ensin Finnveran",
    "partners": "alueen tilitoimistot ja pankit", "brand": "koordinoiva organisaatio",
}  # fmt: skip
HEADS = (
    "Eeva Aalto",
    "Matti Korpi",
    "Sari Niemi",
    "Juha Salo",
    "Päivi Mäki",
    "Antti Lahti",
    "Liisa Ranta",
    "Pekka Harju",
    "Anna Koski",
    "Timo Laine",
)
PROMISES = (
    ("people", "Nimeää kaksi neuvojaa yhteiseen palveluun", "kept", "Kaksi neuvojaa ja sijainen nimetty."),
    ("tools", "Kirjaa kaikki asiat yhteiseen luukkuun", "partly", "Puhelut kirjataan, messuilla ei aina."),
    ("money", "Maksaa osuutensa yhteisestä viestinnästä", "kept", ""),
    ("mark", "Näyttää yhteistä merkkiä toimipaikassaan", "broken", "Merkki puuttuu uuden toimitalon ovesta."),
)


def build_contracts(built: Built) -> None:
    """Play how the agreements came about."""
    coordinator = actor_of_person(built.logins["coordinator"].pk)
    agreement = _in_force(coordinator, built)
    _follow(coordinator, agreement)
    _mark(coordinator, built, agreement)
    other = Seat.objects.get(role=Role.COORDINATOR, region=built.regions["lansi-uusimaa"], valid_until=None)
    _out(actor_of_person(other.person_id), built)
    with act_as_house("draft the agreement of a region that nobody of the sample network keeps") as house:
        region = Region.objects.filter(is_live=False, valid_until=None).order_by("code")[0]
        begin_draft(by=house, region=region, terms=Terms(f"{region.name_fi}: yhteistyösopimus", cost_sharing="equal"), at=_moment(-40))


def _day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def _moment(days: int) -> datetime:
    return moment_at(_day(days), time(10))


def _looked() -> datetime:
    """Half a year ago, but this year: what is not kept becomes a measure of this year's plan."""
    return max(_moment(-180), moment_at(clock.today().replace(month=1, day=1), time(10)))


def _draft(by: Actor, region: Region, terms: Terms, days: int) -> Document:
    agreement = begin_draft(by=by, region=region, terms=terms, at=_moment(days))
    document = main_document(agreement)
    for section in Section.objects.filter(document=document).select_related("document__agreement__region").order_by("position"):
        if section.code in FILLED:
            body = OPEN_POINT.sub(FILLED[section.code], section.body)
            write_section(by=by, section=section, body=body, based_on=section.version, at=_moment(days + 7))
    return main_document(agreement)


def _name_all(by: Actor, document: Document, days: int) -> None:
    organisations = Organisation.objects.filter(pk__in=signers(document)).order_by("code")
    for number, organisation in enumerate(organisations):
        form = SignatoryForm(
            outside_name=HEADS[number % len(HEADS)], outside_email=f"johto@{organisation.code}.example", outside_title="toimitusjohtaja"
        )
        name_signatory(by=by, document=document, organisation=organisation, form=form, at=_moment(days))


def _sign(document: Document, days: int, share: float = 1.0) -> None:
    """The first so many sign, one a day; when all have, what follows is done."""
    rows = list(Signatory.objects.filter(document=document).order_by("pk"))
    count = round(len(rows) * share)
    for number, row in enumerate(rows[:count]):
        actor = Actor("link", (row.principal,))
        with act_as(actor):
            found = Document.objects.get(pk=document.pk)
            sign(by=actor, document=found, digest=found.digest, at=_moment(min(days + number // 2, -1)))
    if count == len(rows):
        with act_as_house("what follows the last signature of the sample network"):
            take_effect(by=HOUSE, document_id=document.pk, today=clock.today())


def _in_force(coordinator: Actor, built: Built) -> Agreement:
    """Signed almost three years ago; the forest centre has joined since."""
    region, later = built.regions["suupohja"], Organisation.objects.get(code="metsakeskus")
    home = built.desks["suupohja", "sek"].organisation
    with act_as(coordinator) as by:
        steering = Group.objects.filter(region=region, kind__code="steering").first()
        terms = Terms(
            "Suupohjan yrityspalvelujen yhteistyösopimus", coordinating=home, steering=steering, chair_from_business=True, cost_sharing="population",
            one_voice=True, first_day=_day(-1000), visibility="public",
        )  # fmt: skip
        document = _draft(by, region, terms, -1150)
        agreement = document.agreement
        remove_party(by=by, party=Party.objects.select_related("agreement__region").get(agreement=agreement, organisation=later))
        do_step(by=by, agreement=agreement, code="kick-off", day=_day(-1180), words="Kunnat ja kehittämisyhtiö sopivat aloittamisesta.")
        do_step(by=by, agreement=agreement, code="negotiation", day=_day(-1100), words="Sovittiin rooleista ja kustannusten jaosta.")
        for party in Party.objects.filter(agreement=agreement).select_related("organisation"):
            words = "Palvelut käytiin läpi: mitä annetaan, kenelle ja kuka sen tekee."
            do_step(by=by, agreement=agreement, code="talks", day=_day(-1160), organisation=party.organisation, words=words)
            do_step(by=by, agreement=agreement, code="approved", day=_day(-1040), organisation=party.organisation)
    with act_as(actor_of_person(built.logins["national"].pk)) as national:
        do_step(by=national, agreement=agreement, code="checked", day=_day(-1060), words="Teksti vastaa yhteistä pohjaa.")
    with act_as(coordinator) as by:
        _name_all(by, document, -1035)
        sent = send_out(by=by, document=main_document(agreement), at=_moment(-1030))
    _sign(sent, -1028)
    with act_as(coordinator) as by:
        agreement = Agreement.objects.select_related("region", "coordinating").get(pk=agreement.pk)
        annex = join_by_annex(by=by, agreement=agreement, organisation=later, first_day=_day(-300), at=_moment(-330))
        _name_all(by, annex, -329)
        sent = send_out(by=by, document=annex, at=_moment(-328))
    _sign(sent, -326)
    return Agreement.objects.select_related("region", "coordinating").get(pk=agreement.pk)


def _follow(coordinator: Actor, agreement: Agreement) -> None:
    """Promises of three parties, looked at half a year ago; what failed has its measure."""
    with act_as(coordinator) as by:
        parties = Party.objects.filter(agreement=agreement).select_related("agreement", "organisation").order_by("organisation__code")[:3]
        for place, party in enumerate(parties):
            for number, (kind, words, state, remark) in enumerate(PROMISES):
                made = add_promise(by=by, party=party, kind=kind, words=words, at=_moment(-900))
                if (place + number) % 4 == 3 and state != "broken":
                    continue
                failed = state == "broken" and place == 0
                found = ("kept", "") if state == "broken" and not failed else (state, remark)
                promise = Promise.objects.select_related("agreement").get(pk=made.pk)
                review_promise(
                    by=by, promise=promise, state=found[0], remark=found[1],
                    measure="Merkki tilataan ja kiinnitetään" if failed else "", measure_due=_day(20) if failed else None, at=_looked(),
                )  # fmt: skip


def _mark(coordinator: Actor, built: Built, agreement: Agreement) -> None:
    """Granted two and a half years ago, shown in several places, and applied for anew before it ends."""
    with act_as(coordinator) as by:
        first = apply(by=by, agreement=agreement, words="Palvelu on toiminut puoli vuotta yhdessä.", at=_moment(-950))
    area, national = (actor_of_person(built.logins[name].pk) for name in ("area", "national"))
    with act_as(area) as by:
        first = MarkApplication.objects.select_related("agreement__region", "rule").get(pk=first.pk)
        judge(by=by, application=first, judgements={each.value: (Judgement.MET, "Käyty läpi yhdessä.") for each in Criterion}, at=_moment(-940))
        prepare(by=by, application=first, words="Kriteerit täyttyvät, seurantaa vielä vahvistetaan.", at=_moment(-939))
        present(by=by, application=first, words="Esitelty valtakunnallisessa kokouksessa.", at=_moment(-930))
    with act_as(national) as by:
        decide(by=by, application=first, state="granted", reasons="Kahdeksan kriteeriä täyttyy.", first_day=_day(-920), at=_moment(-925))
    with act_as(coordinator) as by:
        places = (("premises", "Yritystalon ovi"), ("web", "Kotisivujen alaosa"), ("fairs", "Yrittäjäpäivän osasto"))
        parties = Party.objects.filter(agreement=agreement).select_related("agreement", "organisation").order_by("organisation__code")[:3]
        for party, (kind, place) in zip(parties, places, strict=False):
            note_use(by=by, party=party, kind=kind, place=place, guide="1.0", since=_day(-900))
        apply(by=by, agreement=agreement, words="Oikeus päättyy puolen vuoden päästä. Verkosto on laajentunut yhdellä osapuolella.", at=_moment(-12))


def _out(coordinator: Actor, built: Built) -> None:
    """Commented, changed, and out to be signed: half have."""
    region = built.regions["lansi-uusimaa"]
    home = built.desks["lansi-uusimaa", "novago"].organisation
    with act_as(coordinator) as by:
        terms = Terms(
            "Länsi-Uudenmaan yhteistyösopimus", coordinating=home, cost_sharing="agreed", first_day=_day(40), last_day=_day(1135), notice_months=6
        )
        document = _draft(by, region, terms, -90)
    with act_as(actor_of_person(built.logins["outsider"].pk)) as adviser:
        section = Section.objects.get(document=document, code="ways")
        said = comment(by=adviser, document=document, section=section, words="Ruotsinkielinen palvelu tulisi mainita tässä.", at=_moment(-60))
    with act_as(coordinator) as by:
        section = Section.objects.select_related("document__agreement__region").get(pk=section.pk)
        write_section(by=by, section=section, body=f"{section.body} Palvelua saa suomeksi ja ruotsiksi.", based_on=section.version, at=_moment(-55))
        said = type(said).objects.select_related("document__agreement__region").get(pk=said.pk)
        settle_comment(by=by, comment=said, taken=True, reply="Lisätty kohdan loppuun.", at=_moment(-55))
        do_step(by=by, agreement=document.agreement, code="kick-off", day=_day(-120), words="Aloituskokous Lohjalla.")
        do_step(by=by, agreement=document.agreement, code="negotiation", day=_day(-70))
        _name_all(by, document, -14)
        sent = send_out(by=by, document=main_document(document.agreement), at=_moment(-9))
    _sign(sent, -8, share=0.5)
