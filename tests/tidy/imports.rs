//! Rust source → the modules of this crate that it names, outside its tests.
//!
//! Works on tokens, so that comments and strings don't count and the shape of
//! a `use` doesn't matter. Refuses what it can't follow: a glob of the root.

use std::collections::BTreeSet;
use std::path::Path;
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Where a file stands in the tree of modules.
pub(crate) struct Module {
    /// File, for messages.
    file: String,
    /// `["table", "grid"]` for `src/table/grid.rs`, `["table"]` for `src/table/mod.rs`.
    pub(crate) path: Vec<String>,
}

impl Module {
    /// From the path of its file below the repository.
    pub(crate) fn of(file: &Path) -> Module {
        let mut path: Vec<String> = file
            .with_extension("")
            .components()
            .skip(1)
            .map(|c| c.as_os_str().to_string_lossy().into_owned())
            .collect();
        if path.last().is_some_and(|p| p == "mod") {
            path.pop();
        }
        Module { file: file.display().to_string(), path }
    }
}

/// The modules that a `lib.rs` declares, in order.
pub(crate) fn declared(source: &str) -> Vec<String> {
    let tokens = tokens(source);
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens
        .windows(3)
        .filter(|w| ident(&w[0]).as_deref() == Some("mod") && is_punct(&w[2], ';'))
        .filter_map(|w| ident(&w[1]))
        .collect()
}

/// Imports of this module that point down or sideways in the order.
pub(crate) fn against(order: &[String], module: &Module, source: &str) -> Vec<String> {
    let own = &module.path[0];
    let mut named = BTreeSet::new();
    collect(&without_tests(tokens(source)), module.path.len(), &mut named);
    let place = |name: &str| order.iter().position(|m| m == name);
    let here = place(own).expect("the module is one of lib.rs");
    named
        .into_iter()
        // Names of the root that are no module, such as macros, are declared above or don't compile.
        .filter(|name| name == "*" || place(name).is_some_and(|there| there > here))
        .map(|name| {
            format!("{}: {own} imports crate::{name}, expected only modules above it in lib.rs", module.file)
        })
        .collect()
}

/// Every identifier of a source, tests included.
pub(crate) fn names(source: &str) -> BTreeSet<String> {
    fn walk(tokens: TokenStream, out: &mut BTreeSet<String>) {
        for tree in tokens {
            match tree {
                TokenTree::Group(group) => walk(group.stream(), out),
                TokenTree::Ident(name) => {
                    out.insert(name.to_string());
                }
                _ => {}
            }
        }
    }
    let mut out = BTreeSet::new();
    walk(tokens(source), &mut out);
    out
}

/// Whether `std::fs` is named outside the tests of this source.
pub(crate) fn uses_files(source: &str) -> bool {
    fn walk(tokens: &[TokenTree]) -> bool {
        tokens.iter().enumerate().any(|(i, tree)| match tree {
            TokenTree::Group(group) => walk(&group.stream().into_iter().collect::<Vec<_>>()),
            TokenTree::Ident(name) if name == "std" => {
                let mut out = BTreeSet::new();
                follow(&tokens[i + 1..], &mut out);
                out.contains("fs")
            }
            _ => false,
        })
    }
    walk(&without_tests(tokens(source)))
}

fn tokens(source: &str) -> TokenStream {
    TokenStream::from_str(source).expect("the source is Rust")
}

fn ident(tree: &TokenTree) -> Option<String> {
    match tree {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}

fn is_punct(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(p) if p.as_char() == wanted)
}

/// Drops every item under `#[cfg(test)]`.
fn without_tests(tokens: TokenStream) -> Vec<TokenTree> {
    let mut out = Vec::new();
    let mut skipping = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(tree) = tokens.next() {
        if let (false, true, Some(TokenTree::Group(attribute))) =
            (skipping, is_punct(&tree, '#'), tokens.peek())
        {
            skipping = attribute.stream().to_string().replace(' ', "") == "cfg(test)";
            if skipping {
                tokens.next();
                continue;
            }
        }
        if skipping {
            let end = matches!(&tree, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
            skipping = !(end || is_punct(&tree, ';'));
            continue;
        }
        out.push(tree);
    }
    out
}

/// What follows `crate`, or as many `super` as lead to the root, from `depth` modules below it.
fn collect(tokens: &[TokenTree], depth: usize, out: &mut BTreeSet<String>) {
    let mut i = 0;
    while i < tokens.len() {
        match &tokens[i] {
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = without_tests(group.stream());
                let in_module = i >= 2 && ident(&tokens[i - 2]).as_deref() == Some("mod");
                collect(&inside, depth + usize::from(in_module), out);
            }
            TokenTree::Ident(name) if name == "crate" => follow(&tokens[i + 1..], out),
            TokenTree::Ident(name) if name == "super" => {
                let mut up = 1;
                while tokens.get(i + 3).and_then(ident).as_deref() == Some("super") {
                    up += 1;
                    i += 3;
                }
                if up >= depth {
                    follow(&tokens[i + 1..], out);
                }
            }
            _ => {}
        }
        i += 1;
    }
}

/// The first names after a root: `::name`, `::{a::b, c}` or `::*`.
fn follow(tokens: &[TokenTree], out: &mut BTreeSet<String>) {
    let [first, second, rest @ ..] = tokens else { return };
    if !(is_punct(first, ':') && is_punct(second, ':')) {
        return;
    }
    match rest.first() {
        Some(TokenTree::Ident(name)) => {
            out.insert(name.to_string());
        }
        Some(TokenTree::Punct(p)) if p.as_char() == '*' => {
            out.insert("*".to_owned());
        }
        Some(TokenTree::Group(group)) => {
            let mut start = true;
            for tree in group.stream() {
                if start {
                    out.extend(ident(&tree));
                    if is_punct(&tree, '*') {
                        out.insert("*".to_owned());
                    }
                }
                start = is_punct(&tree, ',');
            }
        }
        _ => {}
    }
}
