//! Documents done → a bar on standard error, on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::say::Voice;

pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar that is not seen where there is no terminal or nobody wants it.
    pub(crate) fn new(voice: Voice) -> Self {
        let target =
            if voice.is_quiet() { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        bar.set_style(ProgressStyle::default_spinner());
        bar.set_message("looking for documents");
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress { bar }
    }

    pub(crate) fn begin(&self, documents: u64) {
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} documents  {elapsed}, {eta} to go")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bar.set_style(style);
        self.bar.set_length(documents);
    }

    /// Counts a document; what is said of it stands above the bar.
    pub(crate) fn done(&self, speak: impl FnOnce()) {
        self.bar.suspend(speak);
        self.bar.inc(1);
    }

    pub(crate) fn tables(&self) {
        self.bar.set_style(ProgressStyle::default_spinner());
        self.bar.set_message("writing facts.csv and findings.csv");
    }

    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
