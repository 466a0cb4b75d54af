//! What kind of figure a column holds, and what it is measured in.
//!
//! In: nothing; these are the types that the stage makes. Refuses: free text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::names;

names! {
    /// What kind of figure a column holds.
    Phase {
        /// Closed accounts: Bokslut, Tilinpäätös.
        Actual = "actual",
        /// Adopted or proposed budget.
        Budget = "budget",
        /// Budget with its amendments.
        AmendedBudget = "amended_budget",
        /// Economic plan of later years.
        Plan = "plan",
        /// Forecast of the running year.
        Forecast = "forecast",
        /// Change or deviation between two columns, in money.
        Change = "change",
        /// Percentage: of change, of a whole.
        Share = "share",
        /// Anything else.
        Other = "other",
    }
}

impl Phase {
    /// The `column_kind` of the CSV contract: change and share are `other` there.
    pub fn column_kind(self) -> &'static str {
        match self {
            Phase::Change | Phase::Share => "other",
            p => p.as_str(),
        }
    }
}

names! {
    /// What a figure is measured in.
    Unit {
        /// Euro.
        Eur = "EUR",
        /// Swedish krona.
        Sek = "SEK",
        /// Per cent.
        Percent = "percent",
        /// Persons, person-years.
        Persons = "persons",
        /// Euro per inhabitant.
        EurPerCapita = "eur_per_capita",
        /// A count of anything else: inhabitants, pupils, square metres.
        Count = "count",
    }
}

impl Unit {
    /// Whether the unit scale of the table multiplies such figures.
    pub fn is_money(self) -> bool {
        matches!(self, Unit::Eur | Unit::Sek)
    }
}
