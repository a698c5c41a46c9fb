"""The forms that come with the product. A region's first use of one makes it the region's own; from then on it is changed there."""

from collections.abc import Sequence
from dataclasses import dataclass

from luukku.statements.enums import FieldKind, Filler
from luukku.statements.queries.questions import Question, Words


@dataclass(frozen=True)
class ReadyMade:
    code: str
    title: Words
    working_days: int
    is_shown: bool
    questions: Sequence[Question]


def _words(fi: str, sv: str, en: str) -> Words:
    return {"fi": fi, "sv": sv, "en": en}


_C, _G = Filler.CUSTOMER, Filler.GIVER
START_UP_GRANT = ReadyMade(
    "start-up-grant",
    _words("Lausunto starttirahasta", "Utlåtande om startpeng", "Statement on a start-up grant"),
    10,
    True,
    (
        Question("start", FieldKind.TEXT, _C, _words("Milloin aiot aloittaa?", "När tänker du börja?", "When do you mean to begin?"), True),
        Question(
            "trade", FieldKind.TEXT, _C, _words("Mitä myyt ja kenelle?", "Vad säljer du och till vem?", "What will you sell, and to whom?"), True
        ),
        Question(
            "need",
            FieldKind.NUMBER,
            _C,
            _words(
                "Paljonko rahaa tarvitset alkuun, euroa?",
                "Hur mycket pengar behöver du i början, euro?",
                "How much money do you need to begin with, euros?",
            ),
        ),
        Question(
            "full-time",
            FieldKind.YES_NO,
            _C,
            _words("Onko yrittäminen päätyösi?", "Blir företagandet din huvudsyssla?", "Will this be your main work?"),
        ),
        Question(
            "skill",
            FieldKind.CHOICE,
            _G,
            _words("Ammattitaito ja kokemus", "Yrkeskunskap och erfarenhet", "Skill and experience"),
            True,
            (
                ("good", _words("Riittävät", "Tillräckliga", "Sufficient")),
                ("some", _words("Osin riittävät", "Delvis tillräckliga", "Partly sufficient")),
                ("lacking", _words("Puutteelliset", "Bristfälliga", "Lacking")),
            ),
        ),
        Question(
            "market",
            FieldKind.CHOICE,
            _G,
            _words("Onko alalla tilaa tällä seudulla?", "Finns det rum i branschen här?", "Is there room for the trade in this region?"),
            True,
            (("yes", _words("On", "Ja", "Yes")), ("narrow", _words("Niukasti", "Knappt", "Narrowly")), ("no", _words("Ei", "Nej", "No"))),
        ),
        Question(
            "lasting",
            FieldKind.YES_NO,
            _G,
            _words(
                "Voiko toiminta elättää tekijänsä, kun tuki päättyy?",
                "Kan verksamheten försörja när stödet upphör?",
                "Can the business support its maker when the grant ends?",
            ),
            True,
        ),
        Question(
            "months",
            FieldKind.NUMBER,
            _G,
            _words("Montako kuukautta puollatte?", "Hur många månader förordar ni?", "For how many months do you recommend it?"),
        ),
    ),
)
SMALL_LOAN = ReadyMade(
    "small-loan",
    _words("Lausunto pienlainasta", "Utlåtande om smålån", "Statement on a small loan"),
    7,
    True,
    (
        Question(
            "sum",
            FieldKind.NUMBER,
            _C,
            _words("Paljonko lainaa haet, euroa?", "Hur stort lån söker du, euro?", "How much do you want to borrow, euros?"),
            True,
        ),
        Question("use", FieldKind.TEXT, _C, _words("Mihin laina käytetään?", "Vad används lånet till?", "What will the loan be used for?"), True),
        Question("own", FieldKind.NUMBER, _C, _words("Oma rahoitus, euroa", "Egen finansiering, euro", "Your own money, euros")),
        Question("collateral", FieldKind.YES_NO, _C, _words("Onko sinulla vakuuksia?", "Har du säkerheter?", "Have you any collateral?")),
        Question(
            "ability",
            FieldKind.CHOICE,
            _G,
            _words("Kyky maksaa laina takaisin", "Förmåga att betala tillbaka", "Ability to pay the loan back"),
            True,
            (("good", _words("Hyvä", "God", "Good")), ("fair", _words("Kohtalainen", "Måttlig", "Fair")), ("weak", _words("Heikko", "Svag", "Weak"))),
        ),
        Question(
            "sum-fits",
            FieldKind.YES_NO,
            _G,
            _words("Onko summa oikea tarpeeseen nähden?", "Är summan rätt i förhållande till behovet?", "Is the sum right for the need?"),
            True,
        ),
        Question(
            "recommended", FieldKind.NUMBER, _G, _words("Puollettava summa, euroa", "Summa som förordas, euro", "Sum that you recommend, euros")
        ),
        Question("risk", FieldKind.TEXT, _G, _words("Suurin riski", "Den största risken", "The greatest risk")),
    ),
)
READY_MADE = {each.code: each for each in (START_UP_GRANT, SMALL_LOAN)}
