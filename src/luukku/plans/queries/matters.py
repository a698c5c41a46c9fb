"""Matters of which the state of a cooperation is asked before its first plan, with a prompt for each cell."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Matter:
    """What it is called; what helps to write how it is, to judge it, and to say what is done."""

    label: Words
    present: Words
    judge: Words
    act: Words


MATTERS: dict[str, Matter] = {
    "agreement": Matter(
        _("Agreement"),
        _("Who have signed, until when, and what is agreed in it?"),
        _("Do all live by it, and does it cover today's work?"),
        _("What is added or renewed, who drafts it, when is it signed?"),
    ),
    "forms": Matter(
        _("Forms of cooperation"),
        _("In which ways do the parties work together today?"),
        _("Which of them bring something, which are habit?"),
        _("Which way of working is begun, and which is ended?"),
    ),
    "people": Matter(
        _("People and premises"),
        _("Who work in the service, how much of their time, and where?"),
        _("Do hours and rooms suffice, is anybody alone?"),
        _("Who is named, which room is shared, from when?"),
    ),
    "roles": Matter(
        _("Roles"),
        _("What does each party do, and what does it leave to others?"),
        _("Does a customer's matter fall between two, or lie with both?"),
        _("Which boundary is agreed, between whom?"),
    ),
    "starting": Matter(
        _("Services for starting"),
        _("What does a founder get, from whom, in which order?"),
        _("Where does the customer wait or start anew?"),
        _("What is made smoother for founders, by whom?"),
    ),
    "developing": Matter(
        _("Services for developing"),
        _("What does an operating company get to grow and renew itself?"),
        _("What do companies ask for that nobody gives?"),
        _("Which service is added, bought or joined?"),
    ),
    "succession": Matter(
        _("Change of ownership"),
        _("How are sellers and buyers found and helped?"),
        _("How many companies need it in five years, how many are reached?"),
        _("How are they mapped and met, by whom?"),
    ),
    "coordinator": Matter(
        _("Coordinator"),
        _("Who coordinates, for how many hours, with which mandate?"),
        _("Is there time and backing enough?"),
        _("What is settled of the coordinator's work and stand-in?"),
    ),
    "steering": Matter(
        _("Steering group"),
        _("Who sit in it, who leads, how often does it meet?"),
        _("Does it steer, or only hear?"),
        _("What is changed in members, agenda or rhythm?"),
    ),
    "information": Matter(
        _("Customer information and its exchange"),
        _("Where does each keep what it knows of customers, and what is shared?"),
        _("How often is the same asked twice?"),
        _("What is shared from now on, with which consent?"),
    ),
    "follow_up": Matter(
        _("Follow-up"),
        _("Which figures are kept together, and who looks at them?"),
        _("Do they tell whether customers got on?"),
        _("Which figures are taken, and when are they looked at?"),
    ),
    "site": Matter(
        _("Common site"),
        _("Is there one page on which all services are found?"),
        _("Does a stranger find the right one in a minute?"),
        _("What is published, and who keeps it right?"),
    ),
    "marketing": Matter(
        _("Marketing and events"),
        _("What is told and arranged together, and under whose name?"),
        _("Do companies know the service?"),
        _("Which events and campaigns are joint, when?"),
    ),
    "costs": Matter(
        _("Cost sharing"),
        _("What costs money together, and who pays?"),
        _("Is it felt to be fair and known in time?"),
        _("By which rule is it shared, and who confirms?"),
    ),
    "processes": Matter(
        _("Descriptions of processes"),
        _("Which common ways of working are written down?"),
        _("Are they followed and up to date?"),
        _("Which one is written or mended first?"),
    ),
    "needs": Matter(
        _("Survey of needs"),
        _("When were companies last asked what they need?"),
        _("Was anything done of the answers?"),
        _("Who are asked, how, and when are the answers heard?"),
    ),
    "phone": Matter(
        _("Telephone service"),
        _("Is there one number, and who answers when?"),
        _("How many calls are missed or passed on twice?"),
        _("How are hours and stand-ins agreed?"),
    ),
    "contracts": Matter(
        _("Separate agreements"),
        _("Which parties have agreed on something of their own?"),
        _("Do they fit together with the common one?"),
        _("Which is made, mended or ended?"),
    ),
    "quality": Matter(
        _("Quality system"),
        _("How is quality seen and mended today?"),
        _("Does feedback change anything?"),
        _("What is measured and reviewed, by whom?"),
    ),
    "learning": Matter(
        _("Training inside"),
        _("How do the people learn from each other?"),
        _("What is not known well enough?"),
        _("What is learnt together this year?"),
    ),
    "courses": Matter(
        _("Training for customers"),
        _("Which courses and coaching are there, by whom?"),
        _("Are there doubles or gaps?"),
        _("What is arranged together, or left out?"),
    ),
    "markets": Matter(
        _("Market advice and contacts between companies"),
        _("How are companies helped to new markets and to each other?"),
        _("Do deals come of it?"),
        _("Which meetings or contacts are arranged?"),
    ),
    "locations": Matter(
        _("Location services"),
        _("How does one find a plot, a hall or a room?"),
        _("How long does it take, over how many desks?"),
        _("What is gathered in one place, who answers?"),
    ),
}
