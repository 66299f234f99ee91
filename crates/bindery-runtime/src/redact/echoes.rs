//! Credentials as servers send them back: encoded, in another case, cut, escaped twice.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

use super::pattern::tests::STEPS;
use super::*;

/// No part of it is a word of the texts that it stands in.
const SECRET: &str = "sk-T0p/s3cret+key==";

fn show(text: &str) -> String {
    Redactor::new(vec![SECRET.into()]).show(text, 200)
}

fn check(text: &str, expected: &str) {
    assert_eq!(show(text), expected, "{text}");
}

#[test]
fn base64_is_redacted_in_all_alphabets_and_at_all_alignments() {
    for engine in [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD] {
        for before in ["", "u", "us", "user:", "user@example.com:"] {
            for after in ["", ":", "!!", "\n\n\n"] {
                let encoded = engine.encode(format!("{before}{SECRET}{after}"));
                let shown = show(&format!("Basic {encoded} is unknown"));
                // What is left of it encodes what stands around the credential.
                let (start, rest) =
                    shown.strip_prefix("Basic ").unwrap().split_once("[redacted]").unwrap();
                let end = rest.strip_suffix(" is unknown").unwrap().trim_end_matches('=');
                assert!(
                    start.len() <= (before.len() * 8).div_ceil(6)
                        && end.len() <= (after.len() * 8).div_ceil(6),
                    "{shown}"
                );
                assert!(encoded.starts_with(start) && encoded.contains(end), "{shown}");
            }
        }
    }
    let encoded = STANDARD.encode(SECRET).replace('=', "%3D").replace('/', "%2F");
    check(&format!("?auth={encoded}&x"), "?auth=[redacted]&x");
}

#[test]
fn case_does_not_matter() {
    check("no SK-T0P/S3CRET+KEY==", "no [redacted]");
    check("no sk-t0p/s3cret+key==!", "no [redacted]!");
    check("no SK-T0P%2fS3CRET%2bKEY%3d%3d", "no [redacted]");
}

#[test]
fn a_cut_credential_is_redacted() {
    let whole = SECRET.len();
    for cut in 1..=whole / 3 {
        check(&format!("<{}>", &SECRET[cut..]), "<[redacted]>");
        check(&format!("<{}>", &SECRET[..whole - cut]), "<[redacted]>");
    }
    check(&format!("<{}…>", &SECRET[1..whole - 1]), "<[redacted]…>");
    check(&format!("<{}>", &SECRET[..whole / 2]), &format!("<{}>", &SECRET[..whole / 2]));
}

#[test]
fn what_is_escaped_several_times_is_redacted() {
    for slash in [
        "%252F",
        "%25252f",
        r"\\/",
        r"\\\/",
        "&amp;#47;",
        "&amp;amp;#x2F;",
        r"\\u002f",
        r"\\\\u002F",
    ] {
        check(&format!("k=sk-T0p{slash}s3cret+key=="), "k=[redacted]");
    }
    // A url within JSON within HTML.
    check("&quot;k=sk-T0p%2Fs3cret%2Bkey%3D%3D\\u0026amp;", "&quot;k=[redacted]\\u0026amp;");
    check(r"\u0073k\u002dT0p\u005c/s3cret%2bkey==", "[redacted]");
    let face = Redactor::new(vec!["p😀ssw0rd".into()]);
    assert_eq!(face.show(r"p\ud83d\ude00ssw0rd", 80), "[redacted]");
    assert_eq!(face.show(r"p\ud83d\u0041ssw0rd \ud83d", 80), r"p\ud83d\u0041ssw0rd \ud83d");
}

#[test]
fn short_credentials_are_looked_for_as_they_are() {
    let user = Redactor::new(vec!["user".into(), "admins".into()]);
    assert_eq!(
        user.show("no user, Users, use, dXNlcg==", 80),
        "no [redacted], Users, use, dXNlcg=="
    );
    assert_eq!(user.show("ADMINS admin dmins", 80), "ADMINS admin dmins");
    // Half of a long one is a word, and may be one of any text.
    let pass = Redactor::new(vec!["correct-horse-battery".into()]);
    assert_eq!(
        pass.show("a horse-battery and a correct one", 80),
        "a horse-battery and a correct one"
    );
}

#[test]
fn the_space_beside_a_credential_stays() {
    let header = Redactor::new(vec![format!("Token {SECRET}").into(), SECRET.into()]);
    assert_eq!(header.show(&format!("no key {SECRET}"), 80), "no key [redacted]");
    assert_eq!(header.show(&format!("no Token {SECRET}"), 80), "no [redacted]");
}

#[test]
fn several_credentials_in_one_text_are_all_redacted() {
    let redactor = Redactor::new(vec![SECRET.into(), "user".into(), "another-secret".into()]);
    let text = format!("user:{SECRET} another%2Dsecret, {}", STANDARD.encode("another-secret"));
    assert_eq!(redactor.show(&text, 200), "[redacted]:[redacted] [redacted], [redacted]");
}

/// How much is looked at to show a text of these pieces of which a large body is full.
fn steps(secret: &str, piece: &str) -> u64 {
    let body = piece.repeat(8 * 1024 * 1024 / piece.len());
    STEPS.set(0);
    let shown = Redactor::new(vec![secret.into()]).show_bytes(body.as_bytes(), 200);
    assert!(shown.ends_with('…') && shown.chars().count() <= 201, "{shown}");
    assert!(!shown.contains(secret), "{shown}");
    STEPS.get()
}

#[test]
fn the_work_grows_with_what_is_shown_and_not_with_the_body() {
    let long = "ab".repeat(300);
    for secret in [SECRET, "aaaaaaaaaaaaaaaa", "sk-sk-sk-sk-sk-", long.as_str()] {
        let half = &secret[..secret.len() / 2];
        for piece in
            [half, secret, "a", "sk-", "&amp;", "%2525", r"\\u0073", "\\", "&", "%", "&#", "é"]
        {
            let seen = 200 * SEARCHED_BYTES + secret.len() * ESCAPED_BYTES + 1;
            // At most 19 ways to read it, 4 forms of the credential, and two states for a character.
            let most = u64::try_from(seen).unwrap() * 19 * 4 * 2;
            let steps = steps(secret, piece);
            assert!(steps <= most, "{secret} {piece}: {steps} of {most}");
        }
    }
}

#[test]
fn a_credential_at_the_end_of_what_is_searched_is_not_shown_in_part() {
    let secret = SECRET.repeat(2);
    let redactor = Redactor::new(vec![secret.as_str().into()]);
    // Escaped three times, each takes more than what is searched for the room that it takes redacted.
    let escaped: String = secret.bytes().map(|byte| format!("%2525{byte:02X}")).collect();
    let body = format!("{escaped} ").repeat(8);
    // So the end of what is searched falls into each part of one.
    for limit in 30..60 {
        let shown = redactor.show(&body, limit);
        let credentials = shown.strip_suffix('…').unwrap().trim_end().split(' ');
        assert!(credentials.clone().count() > 1, "{shown}");
        assert!(credentials.clone().all(|it| it == REDACTED), "{shown}");
        assert!(shown.chars().count() < limit, "the room is not what ends it: {shown}");
        assert_eq!(redactor.show_bytes(body.as_bytes(), limit), shown);
    }
}

#[test]
fn a_credential_at_the_end_of_the_room_is_not_shown_in_part() {
    let redactor = Redactor::new(vec![SECRET.into()]);
    let body = format!("{} ", SECRET.replace('s', "%2573")).repeat(40);
    for limit in 10..60 {
        let shown = redactor.show(&body, limit);
        let credentials = shown.strip_suffix('…').unwrap().trim_end().split(' ');
        assert!(credentials.clone().all(|it| it == REDACTED), "{shown}");
        let length = shown.chars().count() - 1;
        assert!((limit - REDACTED.len() + 1..=limit).contains(&length), "{shown}");
    }
}
