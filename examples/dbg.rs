//! dbg
fn main() { let f = std::env::args().nth(1).unwrap(); let r = taltolk::pipeline::read(std::fs::read(&f).unwrap(), &Default::default(), &mut |_| {}); println!("{:?}", r.map(|r| r.facts.len())); }
