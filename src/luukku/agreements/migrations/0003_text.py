"""The text from which agreements begin, in three languages, and who at first prepares and decides on the mark. Kept by the network's owner afterwards."""

from datetime import date
from typing import Any, ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

# code, chapter, then for fi, sv, en: title, guidance, text
TEXT: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("purpose", "frame", (
        ("Sopimuksen tarkoitus", "Kertokaa omin sanoin, mitä yrittäjä tästä saa ja miksi teette sen yhdessä.",
         "Osapuolet palvelevat seudun yrittäjiä ja yrittäjiksi aikovia yhdessä yhden luukun periaatteella: asia otetaan vastaan siellä, mihin se tulee, ja viedään sille, joka osaa auttaa. Seudun tavoite on [[mitä yhteistyöllä tavoitellaan]]."),
        ("Avtalets syfte", "Berätta med egna ord vad företagaren får ut av detta och varför ni gör det tillsammans.",
         "Parterna betjänar regionens företagare och de som vill bli det tillsammans enligt principen om en lucka: ett ärende tas emot där det kommer in och förs till den som kan hjälpa. Regionens mål är [[vad samarbetet strävar efter]]."),
        ("Purpose of the agreement", "Say in your own words what an entrepreneur gains by this and why you do it together.",
         "The parties serve the region's entrepreneurs and those who want to become one together, by one door: a matter is taken in where it comes and brought to whoever can help. The region aims at [[what the cooperation is for]]."),
    )),
    ("parties", "frame", (
        ("Osapuolet ja edustaminen", "Osapuolten luettelo on asiakirjan alussa. Tähän tulee, kuka toimii kenen puolesta.",
         "Osapuolet luetellaan sopimuksen alussa. Osapuoli voi toimia toisen puolesta, kun siitä on sovittu kirjallisesti; edustettu mainitaan aina. Uusi osapuoli liittyy liitteellä, jonka allekirjoittavat se ja koordinoiva organisaatio muiden puolesta."),
        ("Parter och företrädande", "Förteckningen över parterna finns i början. Här skrivs vem som handlar för vem.",
         "Parterna räknas upp i början av avtalet. En part kan handla för en annan när det är överenskommet skriftligt; den som företräds nämns alltid. En ny part ansluter sig genom en bilaga, som den själv och den koordinerande organisationen för de andras räkning undertecknar."),
        ("Parties and who acts for whom", "The list of parties stands at the head. Here goes who acts for whom.",
         "The parties are listed at the head of the agreement. A party may act for another when that is agreed in writing; the one represented is always named. A new party joins by an annex, signed by it and by the coordinating organisation for the others."),
    )),
    ("coordinating", "organising", (
        ("Koordinoiva organisaatio", "Mistä se vastaa ja mistä ei? Kuka puhuu verkoston puolesta?",
         "Koordinoiva organisaatio puhuu verkoston puolesta, hoitaa yhteisen tukityön ja valmistelee ohjausryhmän kokoukset. Lisäksi se vastaa [[muut tehtävät]]. Seutukoordinaattorin nimeää ohjausryhmä."),
        ("Koordinerande organisation", "Vad svarar den för och vad inte? Vem talar för nätverket?",
         "Den koordinerande organisationen talar för nätverket, sköter det gemensamma stödarbetet och bereder styrgruppens möten. Dessutom svarar den för [[övriga uppgifter]]. Styrgruppen utser regionkoordinatorn."),
        ("Coordinating organisation", "What does it answer for and what not? Who speaks for the network?",
         "The coordinating organisation speaks for the network, does the shared support work and prepares the steering group's meetings. It also answers for [[other tasks]]. The steering group names the regional coordinator."),
    )),
    ("steering", "organising", (
        ("Ohjausryhmä", "Enintään kymmenen jäsentä. Toiveena on, että puheenjohtaja on arvostettu yrittäjä.",
         "Ohjausryhmässä on enintään kymmenen jäsentä, ja sen puheenjohtaja tulee yrityselämästä. Se päättää painopisteistä, hyväksyy toimintasuunnitelman, seuraa palvelun laatua ja kehitystä ja kokoontuu [[kuinka monta]] kertaa vuodessa."),
        ("Styrgrupp", "Högst tio medlemmar. Önskemålet är att ordföranden är en uppskattad företagare.",
         "Styrgruppen har högst tio medlemmar och dess ordförande kommer från näringslivet. Den beslutar om prioriteringar, godkänner verksamhetsplanen, följer tjänsternas kvalitet och utveckling och möts [[hur många]] gånger om året."),
        ("Steering group", "Ten members at most. The wish is that a respected entrepreneur leads it.",
         "The steering group has ten members at most and is led by somebody from business. It sets priorities, approves the action plan, follows the quality and development of service and meets [[how many]] times a year."),
    )),
    ("people", "resources", (
        ("Nimetyt henkilöt", "Kuka tekee, millä osuudella työajastaan, ja miten osaaminen kehittyy?",
         "Jokainen osapuoli nimeää henkilönsä ja heidän tehtävänsä yhteisessä palvelussa sekä sijaisen poissaolojen ajaksi. Osaamista kehitetään yhdessä [[miten]]."),
        ("Namngivna personer", "Vem gör vad, med vilken del av sin arbetstid, och hur utvecklas kunnandet?",
         "Varje part namnger sina personer och deras uppgifter i den gemensamma tjänsten samt en ersättare för frånvaro. Kunnandet utvecklas tillsammans [[hur]]."),
        ("Named people", "Who does it, with what share of working time, and how does competence grow?",
         "Each party names its people and their role in the shared service, and a deputy for absences. Competence is developed together [[how]]."),
    )),
    ("costs", "resources", (
        ("Kustannusten jako", "Kaikki osallistuvat: työaikana ja rahana yhteiseen tukeen.",
         "Osapuolet osallistuvat henkilöidensä työaikana ja rahana yhteiseen tukeen: viestintään, seurantaan ja osaamiseen. Vuoden yhteisen summan ja jaon päättää ohjausryhmä; jakoperuste on [[tasan, asukasluvun tai asiakkaiden mukaan]]."),
        ("Kostnadsfördelning", "Alla deltar: med arbetstid och med pengar för det gemensamma stödet.",
         "Parterna deltar med sina personers arbetstid och med pengar för det gemensamma stödet: kommunikation, uppföljning och kunnande. Styrgruppen beslutar om årets gemensamma summa och andelarna; grunden är [[lika, enligt invånare eller kunder]]."),
        ("Cost sharing", "All take part: by working time, and by money for shared support.",
         "The parties take part by their people's working time and by money for shared support: communications, follow-up and competence. The steering group sets the year's common sum and the shares, by [[equal parts, population or customers]]."),
    )),
    ("follow-up", "follow-up", (
        ("Yhteinen seuranta", "Vähintään nämä kaikki raportoivat. Lisätkää omat tavoitteet.",
         "Kaikki osapuolet seuraavat samaa vähimmäisjoukkoa: asiakkaiden määrä ja sen kehitys, mistä neuvottiin, valittujen ryhmien palaute tavoitteeseen verrattuna ja toisilleen ohjatut asiakkaat. Palautteen tavoite on [[tavoite]]."),
        ("Gemensam uppföljning", "Minst detta rapporterar alla. Lägg till egna mål.",
         "Alla parter följer samma minimiuppsättning: antalet kunder och dess utveckling, vad rådgivningen gällde, respons från valda grupper jämförd med målet och kunder som hänvisats till varandra. Målet för responsen är [[mål]]."),
        ("Shared follow-up", "At least this everyone reports. Add your own targets.",
         "All parties follow the same minimum set: how many customers and where it is going, what was advised on, feedback of chosen groups against a target, and customers guided to each other. The target for feedback is [[target]]."),
    )),
    ("tools", "processes", (
        ("Yhteiset välineet ja prosessit", "Mitä kukin osapuoli tekee yhteisessä palvelussa?",
         "Osapuolet käyttävät yhteistä luukkua ja kirjaavat asiat siihen. Kunkin osuus yhteisissä prosesseissa on [[kuka tekee mitä]]."),
        ("Gemensamma verktyg och processer", "Vad gör varje part i den gemensamma tjänsten?",
         "Parterna använder den gemensamma luckan och för in ärendena där. Vars och ens del i de gemensamma processerna är [[vem gör vad]]."),
        ("Common tools and processes", "What does each party do in the shared service?",
         "The parties use the common door and log matters in it. Each one's part in the shared processes is [[who does what]]."),
    )),
    ("ways", "processes", (
        ("Yhteiset toimintatavat", "Miten tarpeet kartoitetaan, milloin hankesuunnitelmat näytetään, kenen palvelu on missäkin ensisijainen, miten tilat jaetaan ja miten opitaan toisilta?",
         "Yritysten tarpeet kartoitetaan samoin kysymyksin ja tieto jaetaan yrityksen luvalla. Hankesuunnitelmat näytetään toisille ennen hakua. Ensisijaisuudesta sovitaan näin: [[kenen palvelu ensin missäkin asiassa]]. Tiloja käytetään yhdessä ja toisten työtä seurataan oppimiseksi."),
        ("Gemensamma arbetssätt", "Hur kartläggs behov, när visas projektplaner, vems tjänst kommer först i vad, hur delas lokaler och hur lär man av varandra?",
         "Företagens behov kartläggs med samma frågor och uppgifterna delas med företagets lov. Projektplaner visas för varandra före ansökan. Om företräde gäller: [[vems tjänst först i vilket ärende]]. Lokaler används gemensamt och man följer varandras arbete för att lära sig."),
        ("Ways of working together", "How are needs mapped, when are project plans shown, whose service comes first in what, how are rooms shared and how does one learn from each other?",
         "Companies' needs are mapped with the same questions and shared with the company's consent. Project plans are shown to each other before applying. Precedence: [[whose service comes first in what]]. Rooms are shared, and the parties follow each other's work to learn."),
    )),
    ("partners", "processes", (
        ("Ulkopuoliset kumppanit", "Pankit, tilitoimistot, yksityiset asiantuntijat: mikä on heidän roolinsa?",
         "Verkoston kumppaneita ovat [[ketkä]]. He saavat asiakkaasta tietoja vain asiakkaan luvalla."),
        ("Utomstående partner", "Banker, bokföringsbyråer, privata experter: vad är deras roll?",
         "Nätverkets partner är [[vilka]]. De får uppgifter om kunden endast med kundens lov."),
        ("Outside partners", "Banks, accountants, private experts: what is their role?",
         "The network's partners are [[who]]. They get a customer's data by her consent only."),
    )),
    ("brand", "brand", (
        ("Yhteinen merkki ja viestintä", "Kuka näyttää merkkiä ja missä? Kuka viestii?",
         "Osapuolet viestivät yhteisestä palvelusta yhdellä nimellä ja näyttävät yhteistä merkkiä sen ohjeen mukaan, kun seudulla on siihen oikeus. Viestinnästä vastaa [[kuka]]."),
        ("Gemensamt märke och kommunikation", "Vem visar märket och var? Vem kommunicerar?",
         "Parterna kommunicerar om den gemensamma tjänsten under ett namn och visar det gemensamma märket enligt dess anvisning när regionen har rätt till det. För kommunikationen svarar [[vem]]."),
        ("Common brand and communications", "Who shows the mark and where? Who communicates?",
         "The parties speak of the shared service by one name and show the common mark by its guide while the region has the right to it. Communications are answered for by [[who]]."),
    )),
    ("validity", "validity", (
        ("Voimassaolo ja irtisanominen", "Alku, loppu ja irtisanomisaika ovat asiakirjan alussa.",
         "Sopimus on voimassa alussa sanotulla tavalla. Osapuoli eroaa liitteellä irtisanomisajan jälkeen; sen avoimet asiat siirretään ennen viimeistä päivää, ja sen oikeudet yhteiseen järjestelmään päättyvät samana päivänä. Muutoksista sovitaan kirjallisesti."),
        ("Giltighet och uppsägning", "Början, slut och uppsägningstid står i början av dokumentet.",
         "Avtalet gäller så som sägs i början. En part lämnar avtalet genom en bilaga efter uppsägningstiden; dess öppna ärenden överförs före den sista dagen och dess rättigheter i det gemensamma systemet upphör samma dag. Ändringar avtalas skriftligt."),
        ("Validity and notice", "Start, end and notice stand at the head of the document.",
         "The agreement is in force as said at its head. A party leaves by an annex after the notice; its open matters are handed over before the last day, and its rights in the common system end the same day. Changes are agreed in writing."),
    )),
    ("annexes", "validity", (
        ("Liitteet", "Lisätkää tiedostoina toimintasuunnitelma ja palvelumatriisi sekä strategiat, joihin sopimus nojaa.",
         "Sopimuksen liitteitä ovat toimintasuunnitelma ja palvelumatriisi. Sopimus nojaa seudun elinkeinostrategiaan ja osapuolten asiakasstrategioihin."),
        ("Bilagor", "Lägg till verksamhetsplanen och tjänstematrisen som filer, och de strategier som avtalet vilar på.",
         "Bilagor till avtalet är verksamhetsplanen och tjänstematrisen. Avtalet vilar på regionens näringsstrategi och parternas kundstrategier."),
        ("Annexes", "Add the action plan and the service matrix as files, and the strategies on which the agreement rests.",
         "Annexes to the agreement are the action plan and the service matrix. It rests on the region's business strategy and the parties' customer strategies."),
    )),
)  # fmt: skip


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    sections: Any = apps.get_model("agreements", "TemplateSection")
    for position, (code, chapter, words) in enumerate(TEXT, start=1):
        columns = {
            f"{stem}_{language}": text
            for language, texts in zip(("fi", "sv", "en"), words, strict=True)
            for stem, text in zip(("title", "guidance", "body"), texts, strict=True)
        }
        sections.objects.create(code=code, chapter=chapter, position=position, **columns)
    rules: Any = apps.get_model("agreements", "MarkRule")
    rules.objects.create(since=date(2020, 1, 1), prepares="area-contact", presents="area-contact", decides="national-owner", months=36, guide="1.0")


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("agreements", "0002_walls")]
    operations: ClassVar[list[Operation]] = [migrations.RunPython(fill, migrations.RunPython.noop)]
