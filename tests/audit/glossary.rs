//! Labels and weights enough for the truth files.

use taltolk::equation::Weights;

/// A glossary large enough for these files; the real one is data of the crate.
const LABELS: &[(&str, &[&str])] = &[
    ("sales-revenue", &["försäljningsintäkter", "myyntituotot"]),
    ("fee-revenue", &["avgiftsintäkter", "maksutuotot"]),
    ("grants-received", &["understöd och bidrag", "tuet ja avustukset"]),
    ("rental-income", &["hyresintäkter", "vuokratuotot"]),
    ("other-operating-revenue", &["övriga verksamhetsintäkter", "muut toimintatuotot", "övriga intäkter"]),
    ("operating-revenue", &["verksamhetens intäkter", "toimintatuotot", "verksamhetens intäkter sammanlagt"]),
    ("own-production", &["tillverkning för eget bruk", "valmistus omaan käyttöön"]),
    ("personnel-expenses", &["personalkostnader", "henkilöstökulut"]),
    ("wages-and-fees", &["löner och arvoden", "palkat ja palkkiot"]),
    ("social-security-costs", &["lönebikostnader", "henkilösivukulut"]),
    ("purchases-of-services", &["köp av tjänster", "palvelujen ostot"]),
    ("materials", &["material, förnödenheter och varor", "aineet, tarvikkeet ja tavarat"]),
    ("grants-given", &["understöd", "understöd till samfund och hushåll", "avustukset"]),
    ("rental-expenses", &["hyreskostnader", "vuokrakulut"]),
    ("other-operating-expenses", &["övriga verksamhetskostnader", "muut toimintakulut", "övriga kostnader"]),
    (
        "operating-expenses",
        &["verksamhetens kostnader", "toimintakulut", "verksamhetens kostnader sammanlagt"],
    ),
    ("operating-margin", &["verksamhetsbidrag", "verksamhetsbidrag, externt", "toimintakate"]),
    ("tax-revenue", &["skatteintäkter", "skatteinkomster", "verotulot"]),
    ("state-transfers", &["statsandelar", "valtionosuudet"]),
    ("financial-net", &["finansiella intäkter och kostnader", "rahoitustuotot ja -kulut"]),
    ("annual-margin", &["årsbidrag", "vuosikate"]),
    ("depreciation", &["avskrivningar och nedskrivningar", "poistot ja arvonalentumiset"]),
    ("extraordinary-items", &["extraordinära poster", "satunnaiset erät"]),
    ("result-for-period", &["räkenskapsperiodens resultat", "tilikauden tulos"]),
];

const SUMS: &[(&str, &[&str])] = &[
    (
        "operating-revenue",
        &["sales-revenue", "fee-revenue", "grants-received", "rental-income", "other-operating-revenue"],
    ),
    (
        "operating-expenses",
        &[
            "personnel-expenses",
            "purchases-of-services",
            "materials",
            "grants-given",
            "rental-expenses",
            "other-operating-expenses",
        ],
    ),
    ("personnel-expenses", &["wages-and-fees", "social-security-costs"]),
    ("operating-margin", &["operating-revenue", "own-production", "operating-expenses"]),
    ("annual-margin", &["operating-margin", "tax-revenue", "state-transfers", "financial-net"]),
    ("result-for-period", &["annual-margin", "depreciation", "extraordinary-items"]),
];

/// The concept of a label.
pub fn concept(label: &str) -> Option<String> {
    let label = label.to_lowercase();
    LABELS.iter().find(|(_, labels)| labels.contains(&label.as_str())).map(|(id, _)| (*id).to_owned())
}

/// The calculation weights of [`SUMS`].
pub struct Glossary;

impl Weights for Glossary {
    fn terms(&self, concept: &str) -> Option<Vec<(String, i8)>> {
        let (_, terms) = SUMS.iter().find(|(id, _)| *id == concept)?;
        Some(terms.iter().map(|t| ((*t).to_owned(), 1)).collect())
    }
}
