"""Municipalities, units, projects and prose.  Municipality names are real; everything else is made up."""

# (Swedish name, Finnish name, inhabitants about)
MUNICIPALITIES = [
    ("Borgå", "Porvoo", 51000),
    ("Raseborg", "Raasepori", 27000),
    ("Lovisa", "Loviisa", 14500),
    ("Hangö", "Hanko", 7800),
    ("Ingå", "Inkoo", 5400),
    ("Sjundeå", "Siuntio", 6200),
    ("Kyrkslätt", "Kirkkonummi", 41000),
    ("Sibbo", "Sipoo", 22500),
    ("Lappträsk", "Lapinjärvi", 2500),
    ("Mörskom", "Myrskylä", 1800),
    ("Pyttis", "Pyhtää", 5000),
    ("Grankulla", "Kauniainen", 10300),
    ("Pargas", "Parainen", 14800),
    ("Kimitoön", "Kemiönsaari", 6400),
    ("Jakobstad", "Pietarsaari", 19100),
    ("Vasa", "Vaasa", 68000),
    ("Korsholm", "Mustasaari", 19500),
    ("Malax", "Maalahti", 5400),
    ("Korsnäs", "Korsnäs", 2000),
    ("Närpes", "Närpiö", 9600),
    ("Kaskö", "Kaskinen", 1250),
    ("Kristinestad", "Kristiinankaupunki", 6200),
    ("Vörå", "Vöyri", 6300),
    ("Nykarleby", "Uusikaarlepyy", 7500),
    ("Pedersöre", "Pedersöre", 11200),
    ("Larsmo", "Luoto", 5600),
    ("Kronoby", "Kruunupyy", 6300),
    ("Karleby", "Kokkola", 48000),
    ("Laihela", "Laihia", 7600),
    ("Esbo", "Espoo", 310000),
    ("Mariehamn", "Maarianhamina", 11800),
    ("Jomala", "Jomala", 5600),
    ("Finström", "Finström", 2600),
    ("Lemland", "Lemland", 2200),
    ("Hammarland", "Hammarland", 1600),
    ("Saltvik", "Saltvik", 1800),
    ("Lojo", "Lohja", 45000),
    ("Träskända", "Järvenpää", 46000),
    ("Nurmijärvi", "Nurmijärvi", 44500),
    ("Åbo", "Turku", 200000),
]

# (Swedish, Finnish, share of the costs, share of them covered by income)
UNITS = [
    ("Allmän förvaltning", "Yleishallinto", 0.05, 0.10),
    ("Ekonomi- och personaltjänster", "Talous- ja henkilöstöpalvelut", 0.03, 0.12),
    ("Dataförvaltning", "Tietohallinto", 0.02, 0.30),
    ("Informationshantering och kommunikation", "Tiedonhallinta ja viestintä", 0.01, 0.02),
    ("Småbarnspedagogik", "Varhaiskasvatus", 0.16, 0.09),
    ("Grundläggande utbildning", "Perusopetus", 0.27, 0.04),
    ("Gymnasieutbildning", "Lukiokoulutus", 0.04, 0.06),
    ("Medborgarinstitutet", "Kansalaisopisto", 0.01, 0.32),
    ("Bibliotekstjänster", "Kirjastopalvelut", 0.02, 0.04),
    ("Kultur- och fritidstjänster", "Kulttuuri- ja vapaa-aikapalvelut", 0.03, 0.14),
    ("Ungdomsarbete", "Nuorisotyö", 0.01, 0.05),
    ("Idrott och rekreation", "Liikunta ja virkistys", 0.03, 0.20),
    ("Markanvändning och planläggning", "Maankäyttö ja kaavoitus", 0.02, 0.35),
    ("Byggnadstillsyn", "Rakennusvalvonta", 0.01, 0.75),
    ("Miljöskydd", "Ympäristönsuojelu", 0.01, 0.20),
    ("Vägar, gator och parker", "Tiet, kadut ja puistot", 0.06, 0.05),
    ("Fastighetsförvaltning och lokalservice", "Kiinteistöhallinto ja tilapalvelut", 0.14, 1.08),
    ("Måltidsservice", "Ruokapalvelut", 0.05, 0.98),
    ("Sysselsättningstjänster", "Työllisyyspalvelut", 0.05, 0.22),
    ("Näringslivstjänster", "Elinkeinopalvelut", 0.01, 0.03),
    ("Avbytarservice och landsbygdsförvaltning", "Lomituspalvelut ja maaseutuhallinto", 0.02, 0.85),
    ("Vattentjänstverket", "Vesihuoltolaitos", 0.03, 1.25),
    ("Räddning och beredskap", "Pelastus ja varautuminen", 0.01, 0.01),
]

# (Swedish, Finnish)
PROJECTS = {
    ("Fast egendom", "Kiinteä omaisuus"): [
        ("Markanskaffning", "Maanhankinta"),
        ("Försäljning av tomter", "Tonttien myynti"),
        ("Rivning av gamla byggnader", "Vanhojen rakennusten purku"),
    ],
    ("Byggnader", "Talonrakennus"): [
        ("Ny skola i centrum", "Keskustan uusi koulu"),
        ("Daghemmet Solrosen, tillbyggnad", "Päiväkoti Auringonkukka, laajennus"),
        ("Renovering av simhallen", "Uimahallin peruskorjaus"),
        ("Energibesparande åtgärder i fastigheter", "Energiansäästötoimet kiinteistöissä"),
        ("Kommungården, ventilation", "Kunnantalo, ilmanvaihto"),
        ("Statsandelar för byggnader", "Valtionosuudet rakennuksiin"),
    ],
    ("Publik egendom", "Julkinen käyttöomaisuus"): [
        ("Gator och gång- och cykelvägar", "Kadut ja kevyen liikenteen väylät"),
        ("Gatubelysning", "Katuvalaistus"),
        ("Vatten- och avloppsledningar", "Vesi- ja viemäriverkostot"),
        ("Småbåtshamnen", "Pienvenesatama"),
        ("Lekparker och idrottsplatser", "Leikkipuistot ja liikuntapaikat"),
    ],
    ("Lös egendom", "Irtain omaisuus"): [
        ("Datorer och nätverk", "Tietokoneet ja verkot"),
        ("Möbler till skolor och daghem", "Koulujen ja päiväkotien kalusteet"),
        ("Fordon och arbetsmaskiner", "Ajoneuvot ja työkoneet"),
        ("Programvara", "Ohjelmistot"),
    ],
    ("Aktier och andelar", "Osakkeet ja osuudet"): [
        ("Aktier i dottersamfund", "Tytäryhteisöjen osakkeet"),
        ("Andelar i samkommuner", "Osuudet kuntayhtymissä"),
    ],
}

# Slots: {y} budget year, {p} year before, {n} a number, {e} an amount, {d} a decimal, {m} municipality
PROSE = {
    "sv": [
        "Verksamheten fortsätter i samma omfattning som år {p}. Antalet anställda är {n} personer.",
        "Lönerna stiger med {d} procent år {y} enligt de gällande avtalen. Semesterpenningen betalas i juni.",
        "Till ändamålet har reserverats {e} euro, varav hälften används under våren.",
        "Invånarantalet i {m} beräknas vara {i} vid årsskiftet, vilket är något färre än i fjol.",
        "Hyrorna för lokalerna baserar sig på {a} kvadratmeter. Avtalet löper ut 31.12.{y}.",
        "Fullmäktige fattade beslut om ramarna den 16 juni {p}. Nämnden håller sig inom ramen.",
        "Risken är att priset på energi stiger. En ökning med {d} procent betyder {e} euro om året.",
        "Enheten ansvarar för {n} objekt och svarar på ungefär {n} förfrågningar per år.",
        "Anslaget är bindande i förhållande till fullmäktige. Överskridningar kräver ett nytt beslut.",
        "Samarbetet med grannkommunerna fortsätter. Ersättningen uppgår till {e} euro och betalas i två rater.",
        "Tyngdpunkten ligger på digitalisering, och {n} arbetsstationer förnyas före utgången av {y}.",
        "Statsandelen bestäms enligt situationen 1.1.{p}; uppgifterna preciseras i december.",
    ],
    "fi": [
        "Toiminta jatkuu samassa laajuudessa kuin vuonna {p}. Henkilöstön määrä on {n}.",
        "Palkat nousevat {d} prosenttia vuonna {y} voimassa olevien sopimusten mukaan.",
        "Tarkoitukseen on varattu {e} euroa, josta puolet käytetään keväällä.",
        "Kunnan väkiluvun ennustetaan olevan {i} vuodenvaihteessa, hieman vähemmän kuin viime vuonna.",
        "Tilojen vuokrat perustuvat {a} neliömetriin. Sopimus päättyy 31.12.{y}.",
        "Valtuusto päätti kehyksistä 16. kesäkuuta {p}. Lautakunta pysyy kehyksessä.",
        "Riskinä on energian hinnan nousu. Kasvu {d} prosentilla merkitsee {e} euroa vuodessa.",
        "Yksikkö vastaa {n} kohteesta ja käsittelee noin {n} hakemusta vuodessa.",
        "Määräraha on sitova valtuustoon nähden. Ylitykset edellyttävät uutta päätöstä.",
        "Yhteistyö naapurikuntien kanssa jatkuu. Korvaus on {e} euroa ja se maksetaan kahdessa erässä.",
        "Painopisteenä on digitalisaatio, ja {n} työasemaa uusitaan vuoden {y} loppuun mennessä.",
        "Valtionosuus määräytyy 1.1.{p} tilanteen mukaan; tiedot tarkentuvat joulukuussa.",
    ],
}

# (code, Swedish, Finnish, share of its group); the groups are those of figures.COSTS and figures.INCOME
LEDGER = {
    "sales": [
        ("3010", "Försäljning av varor", "Tavaroiden myynti", 0.2),
        ("3050", "Försäljning av tjänster", "Palvelujen myynti", 0.5),
        ("3130", "Ersättningar från kommuner", "Kuntien maksamat korvaukset", 0.3),
    ],
    "fees": [
        ("3210", "Klientavgifter", "Asiakasmaksut", 0.7),
        ("3250", "Övriga serviceavgifter", "Muut palvelumaksut", 0.3),
    ],
    "grants": [("3310", "Understöd från staten", "Tuet valtiolta", 1)],
    "rents": [
        ("3410", "Hyror för bostäder", "Asuntojen vuokrat", 0.4),
        ("3450", "Hyror för lokaler", "Toimitilojen vuokrat", 0.6),
    ],
    "personnel": [
        ("4010", "Månadslöner", "Kuukausipalkat", 0.6),
        ("4020", "Timlöner", "Tuntipalkat", 0.08),
        ("4040", "Vikariers löner", "Sijaisten palkat", 0.1),
        ("4110", "Pensionsavgifter", "Eläkemaksut", 0.18),
        ("4150", "Sjukförsäkringsavgifter", "Sairausvakuutusmaksut", 0.04),
    ],
    "services": [
        ("4310", "Köp av kundtjänster", "Asiakaspalvelujen ostot", 0.4),
        ("4340", "Kontors- och experttjänster", "Toimisto- ja asiantuntijapalvelut", 0.2),
        ("4350", "ICT-tjänster", "ICT-palvelut", 0.15),
        ("4380", "Renhållning och tvätt", "Puhtaanapito- ja pesulapalvelut", 0.1),
        ("4400", "Inkvartering och måltider", "Majoitus- ja ravitsemispalvelut", 0.1),
        ("4410", "Resor och transporter", "Matkustus- ja kuljetuspalvelut", 0.05),
    ],
    "material": [
        ("4510", "Kontors- och skolmaterial", "Toimisto- ja koulutarvikkeet", 0.35),
        ("4530", "Litteratur", "Kirjallisuus", 0.1),
        ("4570", "Värme", "Lämmitys", 0.25),
        ("4580", "El och gas", "Sähkö ja kaasu", 0.3),
    ],
    "leases": [("4810", "Hyror för byggnader", "Rakennusten vuokrat", 1)],
}

# Committees with their areas; the units below an area come from UNITS
COMMITTEES = [
    ("Kommunstyrelsen", "Kunnanhallitus", [("Förvaltning", "Hallinto"), ("Kommunutveckling", "Kunnan kehittäminen")]),
    ("Bildningsnämnden", "Sivistyslautakunta", [("Utbildning", "Koulutus"), ("Fritid", "Vapaa-aika")]),
    ("Tekniska nämnden", "Tekninen lautakunta", [("Infrastruktur", "Infrastruktuuri"), ("Fastigheter", "Kiinteistöt")]),
]

# Written right above or below a table.  Slots: {a}, {b} amounts of the table, {l} label, {y}, {p} years
NEAR = {
    "sv": [
        "{l} uppgår till {a} år {y} mot {b} året innan.",
        "I tabellen nedan jämförs {y} med {p}: {l} ändras från {b} till {a}.",
        "Siffrorna för {p} är {b} för {l}; förslaget för {y} är {a}.",
    ],
    "fi": [
        "{l} on {a} vuonna {y}, kun edellisvuonna se oli {b}.",
        "Taulukossa verrataan vuotta {y} vuoteen {p}: {l} muuttuu {b} – {a}.",
        "Vuoden {p} luku on {b} ({l}); esitys vuodelle {y} on {a}.",
    ],
}

HEADINGS = {
    "sv": [
        "Uppgifter",
        "Tyngdpunkter",
        "Riskbedömning",
        "Förändringar under planperioden",
        "Verksamhetsidé",
        "Motiveringar",
    ],
    "fi": [
        "Tehtävät",
        "Painopisteet",
        "Riskien arviointi",
        "Muutokset suunnitelmakaudella",
        "Toiminta-ajatus",
        "Perustelut",
    ],
}
BULLETS = {
    "sv": [
        "ta i bruk det nya ärendehanteringssystemet",
        "stärka personalens välbefinnande",
        "minska energiförbrukningen med {d} procent",
        "hålla sjukfrånvaron under {n} dagar",
        "utveckla samarbetet med tredje sektorn",
        "uppdatera strategin före 30.6.{y}",
    ],
    "fi": [
        "ottaa käyttöön uusi asianhallintajärjestelmä",
        "vahvistaa henkilöstön hyvinvointia",
        "vähentää energiankulutusta {d} prosenttia",
        "pitää sairauspoissaolot alle {n} päivässä",
        "kehittää yhteistyötä kolmannen sektorin kanssa",
        "päivittää strategia 30.6.{y} mennessä",
    ],
}
WORDS = {
    "sv": {
        "toc": "Innehåll",
        "page": "Sida",
        "budget": "Budget {y} och ekonomiplan {y1}–{y2}",
        "accounts": "Bokslut {y}",
        "owner": "Ansvarsperson: {x}",
        "owners": ["ekonomidirektören", "bildningsdirektören", "tekniska direktören", "förvaltningschefen"],
        "town": "{m}",
        "scale": {
            1: ["Beloppen är i euro", "euro", "€"],
            1000: ["Beloppen är i 1 000 euro", "1 000 €", "t€", "tusen euro"],
            1000000: ["Beloppen är i miljoner euro", "milj. €", "mn euro"],
        },
    },
    "fi": {
        "toc": "Sisällys",
        "page": "Sivu",
        "budget": "Talousarvio {y} ja taloussuunnitelma {y1}–{y2}",
        "accounts": "Tilinpäätös {y}",
        "owner": "Vastuuhenkilö: {x}",
        "owners": ["talousjohtaja", "sivistysjohtaja", "tekninen johtaja", "hallintojohtaja"],
        "town": "{m}",
        "scale": {
            1: ["Luvut ovat euroina", "euroa", "€"],
            1000: ["Luvut ovat tuhansina euroina", "1 000 €", "t€", "1000 euroa"],
            1000000: ["Luvut ovat miljoonina euroina", "milj. €", "milj. euroa"],
        },
    },
}
FOOTNOTES = {
    "sv": [
        "innehåller en återbetalning av engångskaraktär",
        "enligt situationen 30.9",
        "preciseras då statsandelen är känd",
        "inklusive interna poster",
    ],
    "fi": [
        "sisältää kertaluonteisen palautuksen",
        "tilanteen 30.9. mukaan",
        "tarkentuu, kun valtionosuus on tiedossa",
        "sisältää sisäiset erät",
    ],
}
# Beside the figures.  Slots: {y}, {p} years, {d} a decimal, {e} an amount, {n} a number
REMARKS = {
    "sv": [
        "Ny tjänst från 1.8.{y}",
        "Lönehöjningar {d} %",
        "Avtalet löper ut 31.12.{y}",
        "{e} € flyttas till lokalservice",
        "Se kapitel 4.2",
        "Fullmäktige 14.6.{p} § {n}",
        "Antalet elever minskar med {n}",
        "Motsvarar bokslutet",
    ],
    "fi": [
        "Uusi virka 1.8.{y} alkaen",
        "Palkankorotukset {d} %",
        "Sopimus päättyy 31.12.{y}",
        "{e} € siirtyy tilapalveluille",
        "Katso luku 4.2",
        "Valtuusto 14.6.{p} § {n}",
        "Oppilasmäärä vähenee {n}",
        "Tilinpäätöksen mukaan",
    ],
}
# Long labels, (Swedish, Finnish, share)
VERBAL = {
    "income": [
        (
            "Försäljningsintäkter från kommuner och samkommuner för överenskomna tjänster",
            "Kunnilta ja kuntayhtymiltä sovituista palveluista saadut myyntituotot",
            0.4,
        ),
        (
            "Avgifter av klienter inom småbarnspedagogiken och eftermiddagsverksamheten",
            "Varhaiskasvatuksen ja iltapäivätoiminnan asiakkailta perittävät maksut",
            0.3,
        ),
        (
            "Understöd och bidrag från staten och Europeiska unionen för projekt",
            "Valtiolta ja Euroopan unionilta hankkeisiin saadut tuet ja avustukset",
            0.2,
        ),
        ("Hyresintäkter av lokaler och markområden", "Toimitilojen ja maa-alueiden vuokratuotot", 0.1),
    ],
    "costs": [
        (
            "Löner och arvoden för ordinarie och tillfällig personal jämte lönebikostnader",
            "Vakinaisen ja määräaikaisen henkilöstön palkat ja palkkiot sivukuluineen",
            0.55,
        ),
        (
            "Köp av kundtjänster av välfärdsområdet, andra kommuner och privata producenter",
            "Asiakaspalvelujen ostot hyvinvointialueelta, muilta kunnilta ja yksityisiltä tuottajilta",
            0.2,
        ),
        (
            "Sakkunnigtjänster, dataförvaltning och telekommunikation",
            "Asiantuntijapalvelut, tietohallinto ja televiestintä",
            0.1,
        ),
        (
            "Material, förnödenheter och varor inklusive uppvärmning och elektricitet",
            "Aineet, tarvikkeet ja tavarat mukaan lukien lämmitys ja sähkö",
            0.08,
        ),
        ("Understöd till hushåll och föreningar", "Avustukset kotitalouksille ja yhdistyksille", 0.04),
        ("Övriga kostnader", "Muut kulut", 0.03),
    ],
}

# Organs of the driftsekonomi, (Swedish, Finnish, share of the costs, share of them covered by income)
ORGANS = [
    ("Centralvalnämnden", "Keskusvaalilautakunta", 0.002, 0.4),
    ("Revisionsnämnden", "Tarkastuslautakunta", 0.003, 0.0),
    ("Kommunstyrelsen", "Kunnanhallitus", 0.09, 0.12),
    ("Svenska utbildningssektionen", "Ruotsinkielinen koulutusjaosto", 0.17, 0.05),
    ("Finska utbildningssektionen", "Suomenkielinen koulutusjaosto", 0.16, 0.05),
    ("Nämnden för småbarnspedagogik", "Varhaiskasvatuslautakunta", 0.15, 0.1),
    ("Kultur- och fritidsnämnden", "Kulttuuri- ja vapaa-aikalautakunta", 0.05, 0.14),
    ("Tekniska nämnden", "Tekninen lautakunta", 0.2, 0.75),
    ("Bygg- och miljönämnden", "Rakennus- ja ympäristölautakunta", 0.02, 0.4),
    ("Landsbygdsnämnden", "Maaseutulautakunta", 0.02, 0.8),
]
ASSOCIATIONS = {
    ("Idrott", "Liikunta"): [
        ("Idrottsföreningen Vidar", "Idrottsföreningen Vidar"),
        ("Skidklubben", "Hiihtoseura"),
        ("Segelsällskapet", "Pursiseura"),
        ("Byns bollklubb", "Kylän pallokerho"),
    ],
    ("Kultur", "Kulttuuri"): [
        ("Hembygdsföreningen", "Kotiseutuyhdistys"),
        ("Blandade kören", "Sekakuoro"),
        ("Sommarteatern", "Kesäteatteri"),
        ("Musikinstitutet", "Musiikkiopisto"),
        ("Konstföreningen", "Taideyhdistys"),
    ],
    ("Ungdom", "Nuoriso"): [
        ("Ungdomsföreningen", "Nuorisoseura"),
        ("Scoutkåren", "Partiolippukunta"),
        ("4H-föreningen", "4H-yhdistys"),
    ],
}
