"""Words, names and prose of invented reports."""

COUNTRIES = """Austria Belgium Bulgaria Croatia Cyprus Czechia Denmark Estonia Finland France Germany Greece Hungary Ireland Italy
Latvia Lithuania Luxembourg Malta Netherlands Poland Portugal Romania Slovakia Slovenia Spain Sweden Norway Iceland Switzerland
Turkey Serbia Albania Montenegro""".split() + ["United Kingdom", "North Macedonia", "Bosnia and Herzegovina"]
CODES = """AT BE BG HR CY CZ DK EE FI FR DE EL HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE NO IS CH TR RS AL ME UK MK BA""".split()
STATES = """Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois Indiana
Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio
Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming""".split() + [
    "New Hampshire", "New Jersey", "New Mexico", "New York", "North Carolina", "North Dakota", "Rhode Island",
    "South Carolina", "South Dakota", "West Virginia", "District of Columbia",
]
TOWNS = """Helsingfors Esbo Vanda Grankulla Lovisa Sibbo Ingå Hangö Raseborg Kyrkslätt Pargas Nykarleby Jakobstad Vasa Korsholm Närpes
Kristinestad Kaskö Malax Korsnäs Vörå Pedersöre Larsmo Kronoby Mariehamn Tampere Turku Oulu Jyväskylä Kuopio Lahti Pori Joensuu
Rovaniemi Kajaani Mikkeli Kouvola Hämeenlinna Seinäjoki""".split()
REGIONS = ["North", "South", "East", "West", "Northeast", "Midwest", "Mountain", "Pacific", "Coastal", "Central", "Lakeland", "Islands"]
INDUSTRIES = [
    "Agriculture, forestry and fishing", "Mining and quarrying", "Manufacturing", "Electricity, gas and steam", "Water supply and waste",
    "Construction", "Wholesale and retail trade", "Transportation and storage", "Accommodation and food service",
    "Information and communication", "Finance and insurance", "Real estate", "Professional and technical services",
    "Administrative and support services", "Public administration", "Education", "Human health and social work",
    "Arts, entertainment and recreation", "Other service activities", "Activities of households",
]
PRODUCTS = [
    "Barley", "Oats", "Rye", "Winter wheat", "Spring wheat", "Potatoes", "Sugar beet", "Milk", "Butter", "Cheese", "Beef and veal",
    "Pork", "Poultry", "Eggs", "Crude oil", "Natural gas", "Coal", "Peat", "Wood pellets", "Motor gasoline", "Diesel oil", "Heating oil",
    "Cement", "Pulp and paper", "Steel", "Aluminium", "Machinery", "Motor vehicles", "Pharmaceuticals", "Textiles", "Footwear", "Furniture",
]
AGES = ["Under 15", "15 to 24 years", "25 to 34 years", "35 to 44 years", "45 to 54 years", "55 to 64 years", "65 to 74 years", "75 and over"]
CAUSES = [
    "Diseases of the heart", "Malignant neoplasms", "Chronic lower respiratory diseases", "Accidents (unintentional injuries)",
    "Cerebrovascular diseases", "Diabetes mellitus", "Influenza and pneumonia", "Kidney disease", "Septicemia", "Chronic liver disease",
    "Hypertension", "Parkinson's disease",
]
AGENCIES = [
    "Department of Commerce", "Bureau of Labor Statistics", "National Audit Office", "Ministry of the Environment", "Census Bureau",
    "European Environment Agency", "Office of Management and Budget", "Directorate-General for Energy", "Statistics Office",
    "Food Safety Authority", "National Park Service", "Coast Guard", "Geological Survey", "Transport Agency", "Court of Auditors",
    "Fisheries Board", "Department of Health", "Competition Authority", "Social Insurance Institution", "Border Agency",
]
SPECIES = [
    "Atlantic salmon", "Brown trout", "Northern pike", "European perch", "Baltic herring", "Atlantic cod", "Whitefish", "Zander",
    "Grayling", "Burbot", "Eel", "Smelt", "Bream", "Roach", "Vendace", "Turbot",
]
DISEASES = ["Measles", "Rubella", "Mumps", "Pertussis", "Salmonellosis", "Listeriosis", "Hepatitis A", "Hepatitis B", "Tuberculosis", "Legionellosis", "Influenza", "Malaria"]
YEARS = [str(y) for y in range(1960, 2013)]
QUARTERS = [f"{y} Q{q}" for y in range(2002, 2013) for q in range(1, 5)]
STUBS = {
    "Country": COUNTRIES, "State": STATES, "Municipality": TOWNS, "Industry": INDUSTRIES, "Product": PRODUCTS, "Age group": AGES,
    "Cause of death": CAUSES, "Agency": AGENCIES, "Species": SPECIES, "Disease": DISEASES, "Member State": COUNTRIES,
    "Industry or sector": INDUSTRIES, "Area": REGIONS, "Commodity": PRODUCTS, "Characteristic": AGES + CAUSES,
}
MEASURES = [
    "Total", "Number", "Percent", "Rate", "Median", "Mean", "Share", "Change", "Index", "Population", "Households", "Persons", "Area",
    "Output", "Exports", "Imports", "Balance", "Consumption", "Production", "Employees", "Turnover", "Value added", "Men", "Women",
    "Urban", "Rural", "Low", "High", "Estimate", "Margin of error", "Standard error", "Cases", "Deaths", "Tonnes", "Hectares", "Value",
    "Volume", "Price per unit", "Cost per capita", "Number of sites", "Net change since 2000", "Average annual growth", "Share of total (%)",
    "Per 100 000 inhabitants", "Expenditure (million EUR)", "Confirmed cases", "Civilian labor force", "Unemployment rate",
    "Percentage of respondents who made at least one visit", "Number of establishments inspected", "Average length of stay in days",
    "Estimated cost of measures taken", "Share of persons aged 65 and over",
]
GROUPS = [
    "All persons", "Men", "Women", "Total", "Exports", "Imports", "Urban areas", "Rural areas", "Public sector", "Private sector",
    "Current prices", "Constant prices", "Actual", "Forecast", "Number of persons", "Percent distribution", "First reading",
    "Second reading", "Estimate", "Revised estimate", "Primary education", "Secondary education", "Intra-EU", "Extra-EU", "Full time", "Part time",
]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LONG_MONTHS = "January February March April May June July August September October November December".split()
FIRST = "Anna Erik Maria Johan Sofia Karl Elina Mikael Laura Peter Hanna Thomas Julia Henrik Emma David Linda Robert Susan James Carol Brian".split()
LAST = """Andersson Virtanen Nyström Korhonen Lindqvist Mäkinen Smith Johnson Miller Garcia Schmidt Weber Dubois Rossi Novák Kowalski
Jensen Hansen Lehtonen Holmberg Wilson Clark Baker Turner Fischer Moreau""".split()
POSITIONS = [
    "Director", "Deputy Director", "Chief Economist", "Senior Adviser", "Inspector", "Statistician", "Head of Unit", "Secretary", "Legal Officer",
    "Program Manager", "Regional Coordinator", "Data Protection Officer",
]
STREETS = ["Main Street", "Harbour Road", "Rue de la Loi", "Mill Lane", "Church Street", "Storgatan", "Kauppakatu", "Park Avenue", "Bahnhofstrasse", "Station Road"]
CITIES = ["Brussels", "Washington, DC", "Helsinki", "Vasa", "Luxembourg", "Albany, NY", "Stockholm", "Vienna", "Denver, CO", "Dublin", "Turku", "Lisbon"]
ACTIONS = [
    "Publish guidance on the use of administrative data", "Set up a joint working group with the regions", "Review the reporting forms",
    "Adopt the revised methodology for estimating emissions", "Train inspectors in the new sampling procedure",
    "Replace the paper questionnaire by an electronic one", "Carry out a follow-up survey of small enterprises",
    "Simplify the rules on eligibility of costs", "Improve access to rural broadband", "Collect data on water use by sector",
    "Conduct a mid-term evaluation of the program", "Strengthen controls at the external border", "Establish a single contact point",
    "Harmonise the definitions of the main indicators", "Update the register of protected sites", "Develop a strategy for older workers",
    "Inform consumers about their rights", "Reduce the time needed to process applications", "Monitor the state of coastal waters",
    "Exchange good practice between the Member States", "Test the early warning system in two pilot areas",
]
CLAUSES = [
    "where the cost exceeds the threshold laid down in the annex", "subject to the availability of funds", "in cooperation with local authorities",
    "by the end of the reporting period", "including the outermost regions", "on the basis of the annual work program", "after consultation of the parties concerned",
    "with particular attention to small islands", "as part of the general review", "in line with earlier recommendations",
]
FEATURES = [
    "Electronic filing accepted", "Annual report required", "Independent board", "Public register", "Right of appeal", "Fees charged",
    "Sampling by season", "Data by sex", "Coverage of small firms", "Regional breakdown", "Quality report", "English version", "On-site inspection",
    "Open data licence", "Linked to tax records", "Penalties laid down by law",
]
ACTS = [
    "on the quality of water intended for human consumption", "on waste electrical equipment", "concerning statistics on waste", "on ambient air quality",
    "on the energy performance of buildings", "on structural business statistics", "on the protection of groundwater against pollution",
    "on the labelling of foodstuffs", "on driving licences", "relating to cosmetic products", "on passenger rights in rail transport",
]
EVENTS = [
    "Registration and coffee", "Opening address", "Keynote: measuring well-being", "Panel on regional accounts", "Working lunch", "Parallel sessions",
    "Report of the working group", "Site visit to the harbour", "Discussion", "Presentation of the draft budget", "Closing remarks", "Training for new members",
]
UNITS = ["%", "million EUR", "1 000 t", "GWh", "km", "persons", "index", "ha", "days", "USD million", "per 1 000"]
INDICATORS = [
    "Gross domestic product", "Rate of unemployment", "Public debt", "Renewable energy share", "Life expectancy at birth", "Length of railway lines",
    "Protected area", "Hospital beds", "Early school leavers", "Greenhouse gas emissions", "Electricity consumption", "Researchers", "Broadband access",
    "Infant mortality", "Mean travel time to work", "Median household income", "Poverty rate", "Housing units", "Owner-occupied housing", "Foreign-born persons",
]
ADJECTIVES = "regional national annual seasonal external domestic public rural industrial provisional overall average".split()
NOUNS = "production employment expenditure consumption trade investment output revenue demand participation migration coverage".split()
SENTENCES = [
    "The {a} {n} grew by {p} per cent in {y}, mainly because of {n2}.",
    "Figures for {y} are provisional and may be revised when the {a} survey has been completed.",
    "In {c}, {n} remained below the level of {y}, while {c2} recorded an increase of {p} per cent.",
    "The report describes the development of {a} {n} and its causes.",
    "As can be seen from the table, the differences between the areas are considerable.",
    "This chapter looks at {n} by sector and compares it with {n2} in the preceding years.",
    "Most respondents stated that the {a} rules were clear, but that they took too much time.",
    "According to {g}, the share of {n} in the total fell from {p2} to {p} per cent between {y0} and {y}.",
    "The data were collected by mail and by telephone; the rate of response was {p2} per cent.",
    "There is no evidence that {n} has affected {n2} to any great extent.",
    "{g} will examine the results and publish a summary in the spring of {y}.",
    "A change in the definitions makes it difficult to compare {y} with earlier years.",
    "The method is set out in the annex, where the sources are also listed.",
    "Since {y0} the {a} authorities have reported twice a year on progress made.",
    "Small enterprises account for {p2} per cent of {n}, but only for {p} per cent of {n2}.",
    "It should be noted that the {a} estimates exclude persons living in institutions.",
    "On average, {n} per inhabitant was highest in {c} and lowest in {c2}.",
    "The committee took note of the information and asked for further details on {n}.",
]
SWEDISH = [
    "Kommunens {x} ökade under året med {p} procent jämfört med {y0}.", "Verksamheten ordnas i samarbete med grannkommunerna och välfärdsområdet.",
    "Målet är att servicen ska finnas nära invånarna också i skärgården.", "Antalet invånare var i slutet av {y} något större än året innan.",
    "Utredningen visar att behovet av lokaler minskar när åldersklasserna blir mindre.", "Fullmäktige godkände planen i november {y}.",
]
FINNISH = [
    "Kunnan {x} kasvoi {p} prosenttia vuoteen {y0} verrattuna.", "Palvelut järjestetään yhteistyössä naapurikuntien kanssa.",
    "Tavoitteena on, että asukkaat saavat palvelut sujuvasti koko alueella.", "Väestön määrä oli vuoden {y} lopussa hieman edellisvuotta suurempi.",
    "Selvityksen mukaan toimitilojen tarve vähenee ikäluokkien pienentyessä.", "Valtuusto hyväksyi suunnitelman marraskuussa {y}.",
]
HEADINGS = [
    "Introduction", "Background", "Main findings", "Methods and data", "Results by area", "Trends in {n}", "Regional differences", "Outlook",
    "{A} {n}", "Policy measures", "International comparison", "Discussion", "Recommendations", "Monitoring and evaluation", "Legal framework",
    "Sources and definitions", "Executive summary", "Economic conditions", "Future work", "Structure of the sector",
]
TITLES = [
    "Annual report on {a} {n}", "{A} {n}: situation and outlook", "Statistics in brief: {n}", "Review of {a} {n} and {n2}", "Report to the Congress on {n}",
    "Communication on {a} {n}", "Monitoring {n} in the regions", "Survey of {a} {n} {y}",
]


def fill(rng, template, language="en"):
    year = rng.randint(2003, 2014)
    noun, noun2 = rng.sample(NOUNS, 2)
    country, country2 = rng.sample(rng.choice([COUNTRIES, STATES]), 2)
    adjective = rng.choice(ADJECTIVES)
    point = "." if language == "en" else ","
    share = lambda low, high: f"{rng.uniform(low, high):.1f}".replace(".", point)
    local = {"sv": ["verksamhetsbidrag", "skatteintäkter", "befolkning"], "fi": ["toimintakate", "väkiluku", "verotulo"]}.get(language, [""])
    text = template.format(
        a=adjective, A=adjective.capitalize(), n=noun, n2=noun2, y=year, y0=year - rng.randint(1, 6), p=share(0.4, 9), p2=share(20, 80),
        c=country, c2=country2, g="the " + rng.choice(AGENCIES), x=rng.choice(local),
    )
    return text[0].upper() + text[1:]


def sentence(rng, language="en"):
    return fill(rng, rng.choice({"sv": SWEDISH, "fi": FINNISH}.get(language, SENTENCES)), language)


def paragraph(rng, low=2, high=6, language="en"):
    source = {"sv": SWEDISH, "fi": FINNISH}.get(language, SENTENCES)
    return " ".join(fill(rng, t, language) for t in rng.sample(source, min(len(source), rng.randint(low, high))))


def heading(rng):
    return fill(rng, rng.choice(HEADINGS))


def title(rng):
    return fill(rng, rng.choice(TITLES))


def person(rng):
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"


def date(rng, form):
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2004, 2014)
    return {
        "dots": f"{day}.{month}.{year}", "zeros": f"{day:02d}.{month:02d}.{year}", "slash": f"{month}/{day}/{year}",
        "long": f"{day} {LONG_MONTHS[month - 1]} {year}", "us": f"{LONG_MONTHS[month - 1][:3]}. {day}, {year}", "iso": f"{year}-{month:02d}-{day:02d}",
    }[form]


DATES = ["dots", "zeros", "slash", "long", "us", "iso"]


def book(rng, number):
    """An entry of a bibliography."""
    year, pages = rng.randint(1988, 2013), rng.randint(10, 400)
    name = f"{rng.choice(LAST)}, {rng.choice(FIRST)[0]}."
    if rng.random() < 0.5:
        name += f" and {rng.choice(LAST)}, {rng.choice(FIRST)[0]}."
    body = f"{name} ({year}). {title(rng)}. {rng.choice(CITIES)}: {rng.choice(AGENCIES)}, pp. {pages}–{pages + rng.randint(4, 30)}."
    return (f"[{number}] " if number else "") + body
