"""Plots and premises are told of, offered to prospects, reserved for a time, handed over and let go. None is held for two at once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.desk.actions.work import check_length, checked_words
from luukku.network.models import Desk, Municipality
from luukku.vitality.access import SITE_RELATED, can_change_site, sells_for, visible_offers, visible_prospects, visible_sites
from luukku.vitality.enums import OPEN_STAGES, OfferState, SiteKind, Stage
from luukku.vitality.models import Offer, Prospect, Site

LONGEST_HOLD = timedelta(days=730)


@dataclass(frozen=True)
class SiteForm:
    """What a plot or premises are: square metres; euros, of premises for a month."""

    kind: str
    name: str
    municipality: Municipality
    area: int
    price: int | None = None
    words: str = ""
    free_from: date | None = None
    website: str = ""


def tell_of_site(*, by: Actor, desk: Desk, form: SiteForm, at: datetime | None = None) -> Site:
    """The network knows of it, as the desk's organisation's in the desk's region. Raises RuleBroken, NotAllowed."""
    if not sells_for(by, desk.organisation_id) or by.person_id is None:
        raise NotAllowed
    fields = _fields(form)
    with transaction.atomic():
        made = Site.objects.create(
            region_id=desk.region_id, organisation_id=desk.organisation_id, made_by_id=by.person_id, made_at=at or timezone.now(), **fields
        )
        _record(by, made, "told", made.made_at)
    return made


def change_site(*, by: Actor, site: Site, form: SiteForm, at: datetime | None = None) -> Site:
    """Raises RuleBroken, NotAllowed, NotFound."""
    fields = _fields(form)
    with transaction.atomic():
        found = _site(by, site)
        for name, value in fields.items():
            setattr(found, name, value)
        found.save(update_fields=[*fields])
        _record(by, found, "changed", at or timezone.now())
    return found


def withdraw_site(*, by: Actor, site: Site, at: datetime | None = None) -> Site:
    """Nobody is offered it any more; what is reserved stays so. Raises NotAllowed, NotFound."""
    with transaction.atomic():
        found = _site(by, site)
        found.withdrawn_at = found.withdrawn_at or at or timezone.now()
        found.save(update_fields=["withdrawn_at"])
        _record(by, found, "withdrawn", found.withdrawn_at)
    return found


def offer_site(*, by: Actor, prospect: Prospect, site: Site, at: datetime | None = None) -> Offer:
    """The prospect is told of it; nothing is held. Raises RuleBroken, NotAllowed, NotFound."""
    with transaction.atomic():
        found = _prospect(by, prospect)
        place = visible_sites(by).filter(pk=site.pk, withdrawn_at=None).first()
        if place is None:
            raise RuleBroken(_("It is not on offer any more. Choose another."), field="site")
        moment = at or timezone.now()
        made, is_new = Offer.objects.get_or_create(prospect=found, site=place, defaults={"person_id": by.person_id or 0, "at": moment})
        if made.state == OfferState.RELEASED:
            made.state, made.person_id, made.at = OfferState.OFFERED, by.person_id or 0, moment
            made.save(update_fields=["state", "person", "at"])
        if is_new:
            trail.record("site.offered", found, by=by, region_id=found.region_id, organisation_id=found.organisation_id, at=moment, site=place.pk)
    return made


def reserve_site(*, by: Actor, offer: Offer, until: date, at: datetime | None = None) -> Offer:
    """Held for the prospect until a day, and for nobody else. Reserved again it is held longer. Raises RuleBroken, NotAllowed, NotFound."""
    moment = at or timezone.now()
    today = timezone.localdate(moment)
    if not today <= until <= today + LONGEST_HOLD:
        raise RuleBroken(_("Choose a day within two years from today."), field="until")
    with transaction.atomic():
        found = _offer(by, offer)
        if found.state == OfferState.HANDED:
            raise RuleBroken(_("It has been handed over already."))
        found.first_day = found.first_day if found.state == OfferState.RESERVED and found.first_day else today
        _hold(found, OfferState.RESERVED, last_day=until, handed_on=None)
        _told(by, found, "reserved", moment, until=until)
    return found


def hand_over_site(*, by: Actor, offer: Offer, day: date, at: datetime | None = None) -> Offer:
    """It is the prospect's for good, from a day not after today. Raises RuleBroken, NotAllowed, NotFound."""
    moment = at or timezone.now()
    if day > timezone.localdate(moment):
        raise RuleBroken(_("The day is still to come. Reserve it until then."), field="day")
    with transaction.atomic():
        found = _offer(by, offer)
        found.first_day = min(found.first_day, day) if found.state == OfferState.RESERVED and found.first_day else day
        _hold(found, OfferState.HANDED, last_day=None, handed_on=day)
        _told(by, found, "handed", moment)
    return found


def release_site(*, by: Actor, offer: Offer, at: datetime | None = None) -> Offer:
    """Nobody holds it for the prospect any more: others may have it. Raises NotAllowed, NotFound."""
    with transaction.atomic():
        found = _offer(by, offer, is_open=False)
        found.state, found.first_day, found.last_day, found.handed_on = OfferState.RELEASED, None, None, None
        found.save(update_fields=["state", "first_day", "last_day", "handed_on"])
        _told(by, found, "released", at or timezone.now())
    return found


def _hold(offer: Offer, state: OfferState, *, last_day: date | None, handed_on: date | None) -> None:
    """Two at once: the database lets one of them have it. Raises RuleBroken for the other."""
    offer.state, offer.last_day, offer.handed_on = state, last_day, handed_on
    try:
        with transaction.atomic():
            offer.save(update_fields=["state", "first_day", "last_day", "handed_on"])
    except IntegrityError as error:
        if "site_held_for_one" not in str(error):
            raise
        raise RuleBroken(_("It is held for another prospect on these days. Offer another, or ask whose it is.")) from error


def _offer(by: Actor, offer: Offer, *, is_open: bool = True) -> Offer:
    """The seller's, or for letting go also whose the plot is; locked with its prospect first."""
    found = visible_offers(by).select_related("site").filter(pk=offer.pk).first()
    if found is None:
        raise NotFound
    prospect = visible_prospects(by).select_for_update(of=("self",)).filter(pk=found.prospect_id).first()
    if prospect is None or not sells_for(by, prospect.organisation_id):
        if is_open or not sells_for(by, found.site.organisation_id):
            raise NotAllowed
    elif is_open and prospect.stage == Stage.LOST:
        raise RuleBroken(_("The prospect did not come. Open it again first."))
    return visible_offers(by).select_for_update(of=("self",)).select_related("site").get(pk=found.pk)


def _prospect(by: Actor, prospect: Prospect) -> Prospect:
    found = visible_prospects(by).select_for_update(of=("self",)).filter(pk=prospect.pk).first()
    if found is None:
        raise NotFound
    if not sells_for(by, found.organisation_id):
        raise NotAllowed
    if found.stage not in OPEN_STAGES:
        raise RuleBroken(_("Somebody has closed or opened it meanwhile. Open the page again."))
    return found


def _site(by: Actor, site: Site) -> Site:
    found = visible_sites(by).select_for_update(of=("self",)).select_related(*SITE_RELATED).filter(pk=site.pk).first()
    if found is None:
        raise NotFound
    if not can_change_site(by, found):
        raise NotAllowed
    return found


def _fields(form: SiteForm) -> dict[str, object]:
    checked_words(form.name, field="name")
    check_length(form.words, field="words")
    if form.kind not in SiteKind.values:
        raise RuleBroken(_("Choose what it is."), field="kind")
    if not 0 < form.area <= 1_000_000_000:
        raise RuleBroken(_("Write its square metres."), field="area")
    told = {name: getattr(form, name) for name in form.__dataclass_fields__}
    return {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}


def _record(by: Actor, site: Site, action: str, at: datetime) -> None:
    trail.record(f"site.{action}", site, by=by, region_id=site.region_id, organisation_id=site.organisation_id, at=at)


def _told(by: Actor, offer: Offer, action: str, at: datetime, until: date | None = None) -> None:
    site = offer.site
    trail.record(f"offer.{action}", offer, by=by, region_id=site.region_id, organisation_id=site.organisation_id, at=at, until=until)
