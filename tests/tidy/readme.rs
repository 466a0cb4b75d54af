//! Markdown → the commands in it, and whether the program knows them.

/// Every `taltolk …` in code, with the line where it stands.
pub(crate) fn commands(markdown: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let mut fenced = false;
    for (i, line) in markdown.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        let code = line.trim_start();
        let code = code.strip_prefix("$ ").unwrap_or(code);
        if fenced || line.starts_with("    ") {
            if code.starts_with("taltolk ") {
                out.push((i + 1, code.to_owned()));
            }
        } else {
            out.extend(
                line.split('`')
                    .skip(1)
                    .step_by(2)
                    .filter(|c| c.starts_with("taltolk "))
                    .map(|c| (i + 1, c.to_owned())),
            );
        }
    }
    out
}

/// Why a command line can't be right: a command or an option that `help` doesn't know.
pub(crate) fn unknown(command: &str, help: &dyn Fn(&[String]) -> Option<String>) -> Option<String> {
    let command = command.strip_prefix("$ ").unwrap_or(command);
    let words: Vec<&str> = command
        .split_whitespace()
        .skip(1)
        .take_while(|w| !matches!(*w, "|" | ">" | "&&" | ";" | "<" | "#" | "2>" | "||"))
        .map(|w| w.trim_matches(['[', ']']))
        .collect();
    let mut path: Vec<String> = Vec::new();
    let mut text = help(&path)?;
    for word in &words {
        if word.starts_with('-') || !is_name(word) || !lists_commands(&text) {
            continue;
        }
        path.push((*word).to_owned());
        match help(&path) {
            Some(next) => text = next,
            None => return Some(format!("`{command}`: found no command {word}")),
        }
    }
    let known = |flag: &str| {
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '=' | '[' | ']' | '`' | '\''))
            .any(|w| w == flag)
    };
    words
        .iter()
        .filter(|w| w.starts_with('-') && w.len() > 1)
        .map(|w| w.split('=').next().unwrap_or(w))
        .find(|flag| !known(flag))
        .map(|flag| format!("`{command}`: found no option {flag}"))
}

fn is_name(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
}

fn lists_commands(help: &str) -> bool {
    help.lines().any(|l| l == "Commands:")
}

/// The blocks marked `console`: line, command after `$ `, what it is said to print.
pub(crate) fn transcripts(markdown: &str) -> Vec<(usize, String, String)> {
    let mut out: Vec<(usize, String, String)> = Vec::new();
    let mut inside = false;
    for (i, line) in markdown.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let (true, Some(command)) = (inside, line.strip_prefix("$ ")) {
            out.push((i + 1, command.to_owned(), String::new()));
        } else if let (true, Some(last)) = (inside, out.last_mut()) {
            last.2.push_str(line);
            last.2.push('\n');
        }
    }
    out
}

/// Whether the print is what is expected, where a line `…` stands for any lines.
pub(crate) fn fits(expected: &str, printed: &str) -> Result<(), String> {
    let mut printed: &[&str] = &printed.lines().map(str::trim_end).collect::<Vec<_>>();
    let parts: Vec<Vec<&str>> =
        expected.lines().collect::<Vec<_>>().split(|l| *l == "…").map(<[&str]>::to_vec).collect();
    let last = parts.len() - 1;
    for (i, part) in parts.iter().enumerate() {
        let at = match (i == 0, i == last) {
            (true, _) => printed.starts_with(part).then_some(0),
            (_, true) => printed.ends_with(part).then(|| printed.len() - part.len()),
            _ => (0..=printed.len().saturating_sub(part.len())).find(|&k| printed[k..].starts_with(part)),
        };
        let Some(at) = at else { return Err(format!("expected the lines\n{}", part.join("\n"))) };
        printed = &printed[at + part.len()..];
    }
    match printed {
        [] => Ok(()),
        [first, ..] => Err(format!("more is printed: {first}")),
    }
}
