//! The program.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let pw = args.iter().position(|a| a == "--password").map(|i| args[i + 1].clone());
    let o = taltolk::pipeline::Options { password: pw, path: args[2].clone(), ..Default::default() };
    let mut w = csv::Writer::from_writer(std::io::stdout());
    if args[1] == "audit" {
        w.write_record("document,page,table,row_label,column_label,year,printed,consistent,code,severity,message".split(',')).unwrap();
        let r = taltolk::pipeline::read(std::fs::read(&args[2]).unwrap(), &o, &mut |_| {}).unwrap();
        for f in r.findings { w.write_record([String::new(), f.page.to_string(), f.table, f.row_label, f.column_label, f.year.map(|y| y.to_string()).unwrap_or_default(), f.printed.map(|v| v.to_string()).unwrap_or_default(), f.consistent.map(|v| v.to_string()).unwrap_or_default(), f.code, f.severity.as_str().into(), f.message]).unwrap(); }
        return;
    }
    match taltolk::pipeline::read(std::fs::read(&args[2]).unwrap(), &o, &mut |_| {}) {
        Ok(r) => {
            if args.iter().any(|a| a == "json") { println!("{}", serde_json::to_string_pretty(&r).unwrap()); return; }
            w.write_record("document,page,table,row_label,column_label,column_kind,year,value,status,section,concept,printed,doubt,unit".split(',')).unwrap();
            for f in r.facts {
                w.write_record([r.document.path.clone(), f.page.to_string(), f.table, f.row_label, f.column_label, f.phase.column_kind().into(), f.year.map(|y| y.to_string()).unwrap_or_default(), f.value.map(|v| v.to_string()).unwrap_or_default(), f.status.as_str().into(), f.section.unwrap_or_default(), f.concept.unwrap_or_default(), f.printed, f.doubt.join(" "), f.unit.map(|u| u.as_str().to_owned()).unwrap_or_default()]).unwrap();
            }
        }
        Err(e) => { eprintln!("{e}"); std::process::exit(2) }
    }
}
