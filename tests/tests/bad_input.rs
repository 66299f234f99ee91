//! What a maintainer is told when a page, a decision or the disk is not as it should be.
//!
//! Whatever it is: one error for the API, with its place, the lines there, what is wrong and what to
//! do; exit status 1; and not a byte of the workspace is another than before.

use bindery_tests::workspace::Workspace;
use insta::assert_snapshot;
use xtask::cli::{Mode, Report, Status, generate};
use xtask::finding::Severity;
use xtask::pipeline::bind_api;
use xtask::render::render;

const BASIC: &str = "specs/basic/create-team-invite.md";
const BETTERSTACK: &str = "specs/betterstack/invite-team-member.md";

/// Runs the generator on the copy, which it must leave as it is, and fail.
fn failure(copy: &Workspace, mode: Mode) -> Report {
    let before = copy.state();
    let report = generate(copy.root(), &[], mode, &bind_api);
    assert_eq!(report.status, Status::Failed, "{}", report.output);
    assert_eq!(report.status as u8, 1, "the exit status");
    let mut after = copy.state();
    // Whoever has tried to write has taken the lock, which git ignores.
    after.remove(".bindery/lock");
    assert!(after == before, "the workspace is another than before");
    report
}

/// The errors of a report, as they are printed.
fn shown(report: &Report) -> String {
    let errors = report.findings.iter().filter(|(_, finding)| finding.severity >= Severity::Loss);
    render(errors.map(|(about, finding)| (about.as_str(), finding)), false)
}

/// The one error that there is, as it is printed, whether the files are to be written or compared.
fn only_error(copy: &Workspace) -> String {
    let report = failure(copy, Mode::Write);
    let checked = failure(copy, Mode::Check);
    assert_eq!(shown(&report), shown(&checked));
    let errors = report.findings.iter().map(|(_, finding)| finding);
    let errors: Vec<_> = errors.filter(|it| it.severity >= Severity::Loss).collect();
    let [error] = errors[..] else { panic!("{} errors: {errors:#?}", errors.len()) };
    assert!(!error.help.is_empty(), "what to do about {error}");
    let counted = format!("1 {}", error.severity.as_str());
    assert!(report.summary.starts_with(&counted), "{}", report.summary);
    shown(&report)
}

/// The one error when this is done to the workspace.
fn error_when(broken: impl FnOnce(&Workspace)) -> String {
    let copy = Workspace::copy();
    broken(&copy);
    only_error(&copy)
}

#[test]
fn a_page_without_a_fence() {
    let error = error_when(|copy| copy.edit(BASIC, "````yaml post", "````text post"));
    assert_snapshot!(error, @"
     × error[unknown-format]: the page is in none of the formats that Bindery knows
     ╰─▶ note: A folder under `specs/` holds nothing but an API's pages, so this one was to be read.
      ╭─[specs/basic/create-team-invite.md:1:1]
    1 │ > ## Documentation Index
      · ────────────────────────
    2 │ > Fetch the complete documentation index at: https://docs.basic.tech/llms.txt
      ╰────
     help: Known are: an OpenAPI document from 3.0 to 3.2 (YAML or JSON); a docs page with a fence
           ````yaml METHOD /path, which holds a document or the older extract; a docs page with
           [endpoint] and [responses] blocks in TOML. Fetch the page again as Markdown (for most docs
           sites, its address with `.md` behind it), or take it away.
    ");
}

#[test]
fn a_fence_without_an_end() {
    let copy = Workspace::copy();
    let text = copy.read(BASIC);
    let (start, end) = (text.find("````yaml").unwrap(), text.rfind("````").unwrap());
    assert!(start < end);
    copy.write(BASIC, &text[..end]);
    assert_snapshot!(only_error(&copy), @"
     × error[cut-off]: the fence that begins here is never closed
     ╰─▶ note: The page was cut off, so what is missing at its end cannot be known.
       ╭─[specs/basic/create-team-invite.md:13:1]
    12 │ 
    13 │ ````yaml post /team/{team_id}/invite
       · ────────────────────────────────────
    14 │ openapi: 3.0.0
       ╰────
     help: Fetch the page again.
    ");
}

#[test]
fn broken_yaml() {
    let error = error_when(|copy| {
        copy.edit(BASIC, "  title: Basic Admin API", "  title: [Basic Admin API")
    });
    assert_snapshot!(error, @"
     × error[syntax]: this is not valid YAML: illegal placement of ':' indicator
     ╰─▶ note: Nothing that stands there can be read, so the API would arrive incomplete.
       ╭─[specs/basic/create-team-invite.md:17:14]
    16 │   title: [Basic Admin API
    17 │   description: API for Basic Admin
       ·              ─
    18 │   version: 0.1.0
       ╰────
     help: Fetch the page again; if the vendor publishes it like this, tell the vendor.
    ");
}

#[test]
fn broken_toml() {
    let error = error_when(|copy| copy.edit(BETTERSTACK, "method = \"POST\"", "method = POST"));
    assert_snapshot!(error, @r#"
     × error[syntax]: this is not valid TOML: string values must be quoted, expected literal string
     ╰─▶ note: Nothing that stands there can be read, so the API would arrive incomplete.
       ╭─[specs/betterstack/invite-team-member.md:14:10]
    13 │ path = "/api/v2/team-members"
    14 │ method = POST
       ·          ────
    15 │ 
       ╰────
     help: Fetch the page again; if the vendor publishes it like this, tell the vendor.
    "#);
}

#[test]
fn an_unknown_format() {
    let error = error_when(|copy| {
        copy.write(BASIC, "<!DOCTYPE html>\n<html><title>Create a team invite</title></html>\n")
    });
    assert_snapshot!(error, @"
     × error[unknown-format]: the page is in none of the formats that Bindery knows
     ╰─▶ note: A folder under `specs/` holds nothing but an API's pages, so this one was to be read.
      ╭─[specs/basic/create-team-invite.md:1:1]
    1 │ <!DOCTYPE html>
      · ───────────────
    2 │ <html><title>Create a team invite</title></html>
      ╰────
     help: Known are: an OpenAPI document from 3.0 to 3.2 (YAML or JSON); a docs page with a fence
           ````yaml METHOD /path, which holds a document or the older extract; a docs page with
           [endpoint] and [responses] blocks in TOML. Fetch the page again as Markdown (for most docs
           sites, its address with `.md` behind it), or take it away.
    ");
}

#[test]
fn an_empty_page() {
    let error = error_when(|copy| copy.write(BASIC, ""));
    assert_snapshot!(error, @"
     × error[unknown-format]: the page is empty
     ╰─▶ note: A folder under `specs/` holds nothing but an API's pages, so this one was to be read.
      ╭─[specs/basic/create-team-invite.md:1:1]
    1 │ 
      · ▲
      ╰────
     help: Known are: an OpenAPI document from 3.0 to 3.2 (YAML or JSON); a docs page with a fence
           ````yaml METHOD /path, which holds a document or the older extract; a docs page with
           [endpoint] and [responses] blocks in TOML. Fetch the page again as Markdown (for most docs
           sites, its address with `.md` behind it), or take it away.
    ");
}

#[test]
fn a_page_that_is_no_text() {
    let copy = Workspace::copy();
    std::fs::write(copy.root().join(BASIC), b"openapi: 3.0.0\ninfo: \xff\n").unwrap();
    assert_snapshot!(only_error(&copy), @"
     × error[not-utf8]: `specs/basic/create-team-invite.md` is not UTF-8
     ╰─▶ note: Pages are text, and a guess at another encoding would garble it.
      ╭─[specs/basic/create-team-invite.md:2:7]
    1 │ openapi: 3.0.0
    2 │ info: �
      ·       ▲
      ╰────
     help: Save the page as UTF-8, or take the file out of the folder.
    ");
}

#[test]
fn an_unresolved_reference() {
    let copy = Workspace::copy();
    let page = "specs/vijil/invite-users.md";
    copy.edit(page, "#/components/schemas/", "#/components/schemas/No");
    assert_snapshot!(only_error(&copy), @"
     ⚠ loss[unresolved-reference]: `#/components/schemas/NoInviteUserRequest` leads to nothing
     ╰─▶ note: What stands there cannot be known, so neither can the type that uses it.
       ╭─[specs/vijil/invite-users.md:61:21]
    60 │             schema:
    61 │               $ref: '#/components/schemas/NoInviteUserRequest'
       ·                     ──────────────────────────────────────────
    62 │       responses:
       ╰────
     help: The nearest name that exists is `InviteUserRequest`. Fetch the page again, or tell the
           vendor.
    ");
}

#[test]
fn an_empty_folder() {
    let error = error_when(|copy| copy.remove(BASIC));
    assert_snapshot!(error, @"
    × error[no-page] basic: `specs/basic` holds no page
    ╰─▶ note: A client is made from the vendor's pages.
    help: Save the vendor's API pages there, byte for byte.
    ");
}

#[test]
fn a_missing_api_toml() {
    let error = error_when(|copy| copy.remove("specs/basic/api.toml"));
    assert_snapshot!(error, @r#"
    × error[config-missing] basic: there is no `specs/basic/api.toml`
    ╰─▶ note: The file says what the pages do not, such as the API's title and its credential.
    help: Create it. Only `title = "…"` is required; another API's `api.toml` shows the rest.
    "#);
}

#[test]
fn an_api_toml_that_is_no_toml() {
    let error = error_when(|copy| copy.edit("specs/basic/api.toml", "[credential]", "[credential"));
    assert_snapshot!(error, @"
     × error[syntax]: this is not valid TOML: unclosed table, expected `]`
     ╰─▶ note: None of the decisions in it can be read.
      ╭─[specs/basic/api.toml:4:12]
    3 │ 
    4 │ [credential
      ·            ▲
    5 │ bearer = true
      ╰────
     help: Mend the line. `CONTRIBUTING.md` shows a whole `api.toml`.
    ");
}

#[test]
fn an_unknown_key_in_api_toml() {
    let error = error_when(|copy| copy.edit("specs/basic/api.toml", "env = ", "evn = "));
    assert_snapshot!(error, @r#"
     × error[config-unknown-key]: `[credential]` has no key `evn`
     ╰─▶ note: A key that nobody reads is a decision that is not carried out.
      ╭─[specs/basic/api.toml:7:1]
    6 │ name = "token"
    7 │ evn = "BASIC_TOKEN"
      · ───
    8 │ reason = """
      ╰────
     help: Did you mean `env`? Known are `bearer`, `basic`, `header`, `query`, `cookie`, `name`,
           `env` and `reason`.
    "#);
}

#[test]
fn a_rename_of_what_is_not_there() {
    let error = error_when(|copy| {
        copy.edit("specs/betterstack/api.toml", "\"InviteTeamMemberBodyRole\"", "\"BodyRole\"")
    });
    assert_snapshot!(error, @r#"
     × error[unused-rename]: there is no type `BodyRole` to rename
     ╰─▶ note: The crate would have another name than the one that was decided.
       ╭─[specs/betterstack/api.toml:11:8]
    10 │ [[rename]]
    11 │ type = "BodyRole"
       ·        ──────────
    12 │ to = "Role"
       ╰────
     help: Take the rename out, or correct the name: it is the one that the crate has without it.
    "#);
}

#[test]
fn the_same_operation_on_two_pages() {
    let copy = Workspace::copy();
    copy.write("specs/basic/invite-again.md", &copy.read(BASIC));
    copy.edit("specs/basic/invite-again.md", "summary: Create a team invite", "summary: Again");
    assert_snapshot!(only_error(&copy), @"
     × error[same-operation]: `POST /team/{team_id}/invite` is described twice, first at
     │ specs/basic/create-team-invite.md:50
     ╰─▶ note: The crate can have the operation once, and which description is right cannot be known.
       ╭─[specs/basic/invite-again.md:50:7]
    49 │     post:
    50 │       tags:
       ·       ─────
    51 │         - teams
       ╰────
     help: Keep the page that is up to date and take the other away: specs/basic/invite-again.md:50
           or specs/basic/create-team-invite.md:50.
    ");
}

/// A file stands where a folder has to be, which no permission of the one who runs this can change.
#[test]
fn an_unwritable_target() {
    let copy = Workspace::copy();
    copy.remove("crates/bindery-basic");
    copy.write("crates/bindery-basic", "in the way");
    let report = failure(&copy, Mode::Write);
    assert_eq!(report.output, "");
    assert_snapshot!(shown(&report), @"
    × error[workspace-write]: cannot create `crates/bindery-basic`: File exists (os error 17)
    ╰─▶ note: Nothing was changed: a generation is written as a whole or not at all.
    help: Make that possible, for example by moving what is in the way or by allowing you to write
          there. Then run `cargo xtask generate` again.
    ");
    assert_snapshot!(report.summary, @"1 error, 1 note.");
}

#[test]
fn all_apis_are_tried_and_all_failures_are_told() {
    let copy = Workspace::copy();
    copy.remove("specs/anthropic/create-invite.md");
    copy.edit(BASIC, "  title: Basic Admin API", "  title: [Basic Admin API");
    copy.remove("specs/vijil/api.toml");
    // What would have to be written for the one that can be generated is not.
    copy.write("crates/bindery-betterstack/README.md", "stale");
    let report = failure(&copy, Mode::Write);
    let errors = report.findings.iter().filter(|(_, finding)| finding.severity == Severity::Error);
    let errors: Vec<_> =
        errors.map(|(api, finding)| format!("{api}: {}", finding.kind.name())).collect();
    assert_eq!(errors, ["anthropic: no-page", "basic: syntax", "vijil: config-missing"]);
    assert!(report.summary.starts_with("3 errors"), "{}", report.summary);
    assert!(report.summary.ends_with("Nothing was written."), "{}", report.summary);
    let check = failure(&copy, Mode::Check);
    assert_eq!(check.output, "stale    crates/bindery-betterstack/README.md\n");
}

#[test]
fn an_api_that_is_not_there() {
    let copy = Workspace::copy();
    let before = copy.state();
    let report = generate(copy.root(), &["betterstock".to_owned()], Mode::Write, &bind_api);
    assert_eq!(report.status, Status::Failed);
    assert_snapshot!(shown(&report), @"
    × error[unknown-api]: there is no API `betterstock` under `specs/`
    ╰─▶ note: An API is known by the name of its folder.
    help: Did you mean `betterstack`? There are anthropic, basic, betterstack, vijil.
    ");
    assert!(copy.state() == before);
}
