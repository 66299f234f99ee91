use xtask::*;
fn main() {
    let mut args = std::env::args().skip(1);
    let doc = args.next().unwrap();
    let name = args.next().unwrap();
    let out = args.next().unwrap();
    let text = std::fs::read_to_string(&doc).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let source = source::Source::new(doc, "");
    let span = source.start();
    let bound = read::Bound { document: node::Node::from_json(json, &span) };
    let config = config::ApiConfig {
        name: name.clone(),
        package: format!("bindery-{name}"),
        title: name.clone(),
        version: "0.1.0".into(),
        docs: None,
        base_url_env: None,
        credential: None,
        headers: vec![],
        servers: vec![],
        renames: vec![],
        span: span.clone(),
    };
    let mut findings = finding::Findings::default();
    let lowered = lower::lower(&bound, &config, &mut findings);
    for f in findings.iter() {
        eprintln!("{f}");
    }
    let Some(lowered) = lowered else { return };
    if out == "plan" {
        println!("{}", serde_json::to_string_pretty(&lowered.plan).unwrap());
        return;
    }
    let g = generate::generate(lowered, &span, &mut findings);
    for f in findings.iter() {
        eprintln!("{f}");
    }
    let refined = refine::refine(g.unwrap());
    let files = emit::emit(&config, &bound, &refined);
    for (p, t) in &files.files {
        let p = format!("{out}/{p}");
        std::fs::create_dir_all(std::path::Path::new(&p).parent().unwrap()).unwrap();
        std::fs::write(p, t).unwrap();
    }
}
