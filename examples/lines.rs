//! Prints the lines of a page with the place of each word: for whoever debugs a layout.
//!
//! `cargo run --example lines FILE [PAGE]`

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "an example reads a file and talks")]

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let file = args.next().ok_or("usage: lines FILE [PAGE]")?;
    let wanted: Option<u32> = args.next().map(|p| p.parse()).transpose()?;
    let document = taltolk::pdf::Document::open(std::fs::read(file)?, None)?;
    let mut out = String::new();
    document.read(
        |_| {},
        |page| {
            if wanted.is_none_or(|w| w == page.number) {
                let layout = taltolk::layout::analyze(page);
                out.push_str(&format!("page {} rulings {}\n", layout.page, layout.rulings.len()));
                for r in &layout.rulings {
                    out.push_str(&format!(
                        "   {:?} at {:.1} {:.1}..{:.1} w{:.1}\n",
                        r.axis, r.at, r.from, r.to, r.width
                    ));
                }
                for line in &layout.lines {
                    out.push_str(&format!("{:6.1} s{:4.1}", line.baseline, line.size));
                    for w in &line.words {
                        let mark = if w.raised {
                            "^"
                        } else if w.bold {
                            "*"
                        } else {
                            ""
                        };
                        out.push_str(&format!(" {mark}{}[{:.1}-{:.1}]", w.text, w.rect.x0, w.rect.x1));
                    }
                    out.push('\n');
                }
                for w in &layout.turned {
                    out.push_str(&format!("turned {:?} {} {:?}\n", w.direction, w.text, w.rect));
                }
            }
            Ok(())
        },
    )?;
    print!("{out}");
    Ok(())
}
