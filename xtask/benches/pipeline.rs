//! How long the pipeline takes for the APIs of this workspace, stage by stage.
//!
//! `cargo bench --package xtask` prints a row per stage, and one for all of them together.

use std::path::Path;

use xtask::catalog::{Api, Catalog};
use xtask::finding::Findings;
use xtask::generate::Generated;
use xtask::lower::Lowered;
use xtask::read::Spec;
use xtask::refine::Refined;
use xtask::{emit, generate, lower, pipeline, read, refine, workspace};

fn main() {
    divan::main();
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

fn apis() -> Vec<Api> {
    let catalog = Catalog::open(root());
    let mut findings = Findings::default();
    catalog.entries.iter().filter_map(|entry| entry.load(&mut findings)).collect()
}

fn spec(api: &Api) -> Spec {
    read::read(api, &mut Findings::default()).expect("the pages bind")
}

fn lowered(api: &Api) -> Lowered {
    lower::lower(&spec(api), &api.config, &mut Findings::default()).expect("the document lowers")
}

fn generated(api: &Api) -> Generated {
    generate::generate(lowered(api), &api.config.span, &mut Findings::default())
        .expect("progenitor takes it")
}

fn refined(api: &Api) -> Refined {
    refine::refine(generated(api))
}

#[divan::bench]
fn stage_0_catalog() -> Vec<Api> {
    apis()
}

#[divan::bench]
fn stage_1_read(bencher: divan::Bencher<'_, '_>) {
    let apis = apis();
    bencher.bench_local(|| apis.iter().map(spec).collect::<Vec<_>>());
}

#[divan::bench]
fn stage_2_lower(bencher: divan::Bencher<'_, '_>) {
    let apis = apis();
    let inputs: Vec<(Spec, &Api)> = apis.iter().map(|api| (spec(api), api)).collect();
    bencher.bench_local(|| {
        let lower =
            |(spec, api): &(Spec, &Api)| lower::lower(spec, &api.config, &mut Findings::default());
        inputs.iter().map(lower).collect::<Vec<_>>()
    });
}

#[divan::bench]
fn stage_3_generate(bencher: divan::Bencher<'_, '_>) {
    let apis = apis();
    bencher
        .with_inputs(|| apis.iter().map(|api| (lowered(api), api)).collect::<Vec<_>>())
        .bench_local_values(|inputs| {
            let generate = |(lowered, api): (Lowered, &Api)| {
                generate::generate(lowered, &api.config.span, &mut Findings::default())
            };
            inputs.into_iter().map(generate).collect::<Vec<_>>()
        });
}

#[divan::bench]
fn stage_4_refine(bencher: divan::Bencher<'_, '_>) {
    let apis = apis();
    bencher
        .with_inputs(|| apis.iter().map(generated).collect::<Vec<_>>())
        .bench_local_values(|inputs| inputs.into_iter().map(refine::refine).collect::<Vec<_>>());
}

#[divan::bench]
fn stage_5_emit(bencher: divan::Bencher<'_, '_>) {
    let apis = apis();
    let inputs: Vec<_> = apis.iter().map(|api| (spec(api), refined(api), api)).collect();
    bencher.bench_local(|| {
        let emit = |(spec, refined, api): &(Spec, Refined, &Api)| {
            emit::emit(&api.config, spec, refined, &Default::default())
        };
        inputs.iter().map(emit).collect::<Vec<_>>()
    });
}

#[divan::bench]
fn stage_6_compare(bencher: divan::Bencher<'_, '_>) {
    let mut set = emit::FileSet::default();
    for api in apis() {
        set.extend(pipeline::bind_api(&api, &mut Findings::default()).expect("it binds").files);
    }
    bencher.bench_local(|| workspace::compare(root(), &set));
}

#[divan::bench]
fn whole_pipeline(bencher: divan::Bencher<'_, '_>) {
    bencher.bench_local(|| {
        apis()
            .iter()
            .map(|api| pipeline::bind_api(api, &mut Findings::default()))
            .collect::<Vec<_>>()
    });
}
