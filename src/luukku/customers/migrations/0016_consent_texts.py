"""The first words that customers agree to."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

PASSING = (
    ("Muut seudun yrityspalveluverkoston organisaatiot saavat nähdä, että olen asiakas, yhteystietoni sekä mistä asioissani on kyse, missä"
    " vaiheessa ne ovat ja mitä niistä seurasi. Tietoja käytetään vain siihen, että saan palvelua. Viestejäni, tiedostojani ja työntekijöiden"
    " sisäisiä muistiinpanoja ei näytetä. Voin perua suostumuksen milloin tahansa, ja se vaikuttaa heti. Saan palvelua, vaikka en suostu."),
    ("Andra organisationer i regionens nätverk för företagstjänster får se att jag är kund, mina kontaktuppgifter samt vad mina ärenden gäller, hur"
    " långt de har kommit och vad de ledde till. Uppgifterna används bara för att jag ska få service. Mina meddelanden, mina filer och personalens"
    " interna anteckningar visas inte. Jag kan ta tillbaka mitt samtycke när som helst, och det gäller genast. Jag får service också utan samtycke."),
    ("Other organisations of the region's network of business services may see that I am a customer, my contact data, and what my matters are about,"
    " how they stand and what came of them. The data are used only so that I get service. My messages, my files and the staff's internal notes are"
    " not shown. I can take my consent back at any time, with effect at once. I am served even if I do not agree."),
)
STATISTICS = (
    ("Tietojani saa käyttää seudun ja koko maan luvuissa, joista minua tai yritystäni ei voi tunnistaa. Alle viiden ryhmiä ei näytetä koskaan."
    " Voin perua suostumuksen milloin tahansa. Saan palvelua, vaikka en suostu."),
    ("Uppgifter om mig får användas i regionens och hela landets siffror, i vilka varken jag eller mitt företag kan kännas igen. Grupper på färre än"
    " fem visas aldrig. Jag kan ta tillbaka mitt samtycke när som helst. Jag får service också utan samtycke."),
    ("My data may be used in figures of the region and the country in which neither I nor my company can be recognised. Groups of fewer than five are"
    " never shown. I can take my consent back at any time. I am served even if I do not agree."),
)
INSERT = "insert into customers_consenttext (kind, version, text_fi, text_sv, text_en, since) values (%s, 1, %s, %s, %s, now())"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0015_consent_walls")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(
            [(INSERT, ["passing", *PASSING]), (INSERT, ["statistics", *STATISTICS])], "delete from customers_consenttext where version = 1"
        )
    ]
