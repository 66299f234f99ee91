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
fn case_does_not_matter_where_it_changes_the_length() {
    for (secret, other) in [
        ("straßenbahn", "STRASSENBAHN"),
        ("STRASSENBAHN", "straßenbahn"),
        ("ﬁnal-ﬂower", "FINAL-FLOWER"),
        ("İstanbul-İzmir", "i\u{307}stanbul-i\u{307}zmir"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
    ] {
        let redactor = Redactor::new(vec![secret.into()]);
        assert_eq!(redactor.show(&format!("no <{other}>!"), 200), "no <[redacted]>!", "{secret}");
    }
}

#[test]
fn a_credential_that_a_message_quotes_is_redacted() {
    let secret = "pa\u{308}sswo\u{308}rd-ge\u{308}heim";
    let message = format!("invalid type: string {:?}, expected i64", format!("no user {secret}"));
    assert!(message.contains(r"\u{308}"), "{message}");
    let shown = Redactor::new(vec![secret.into()]).show(&message, 200);
    assert_eq!(shown, r#"invalid type: string "no user [redacted]", expected i64"#);
}

#[test]
fn a_cut_credential_in_base64_is_redacted() {
    let secret: String = ('a'..='z').chain('0'..='3').collect();
    let part = secret.len() * 2 / 3;
    for start in 0..=secret.len() - part {
        for before in ["", "x", "xy"] {
            let encoded =
                STANDARD_NO_PAD.encode(format!("{before}{}", &secret[start..start + part]));
            let shown = Redactor::new(vec![secret.as_str().into()]).show(&encoded, 200);
            assert!(shown.contains("[redacted]"), "{start} {before}: {shown}");
        }
    }
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

/// All references of HTML by name to printable ASCII, in the order of the characters.
const NAMED: &str = "&Tab;&NewLine;&excl;&quot;&QUOT;&num;&dollar;&percnt;&amp;&AMP;&apos;&lpar;&rpar;&ast;\
    &midast;&plus;&comma;&period;&sol;&colon;&semi;&lt;&LT;&equals;&gt;&GT;&quest;&commat;&lsqb;&lbrack;&bsol;&rsqb;\
    &rbrack;&Hat;&lowbar;&UnderBar;&grave;&DiacriticalGrave;&lcub;&lbrace;&verbar;&vert;&VerticalLine;&rcub;&rbrace;";

#[test]
fn references_of_html_are_redacted_however_they_are_written() {
    let marks = "\t\n!\"\"#$%&&'()**+,./:;<<=>>?@[[\\]]^__``{{|||}}";
    let all = Redactor::new(vec![format!("k{marks}k").into()]);
    assert_eq!(all.show(&format!("<b>k{NAMED}k</b>"), 80), "<b>[redacted]</b>");
    // Each of them is known, not only two thirds.
    for (at, mark) in marks.char_indices() {
        let name = NAMED.split_inclusive(';').nth(at).unwrap();
        let short = Redactor::new(vec![format!("k{mark}k").into()]);
        assert_eq!(short.show(&format!("<b>k{name}k</b>"), 80), "<b>[redacted]</b>", "{name}");
    }
    let zeros = "0".repeat(500);
    for slash in [
        format!("&#{zeros}47;"),
        format!("&#x{zeros}2f;"),
        format!("&#X{zeros}2F"),
        "&#47".into(),
        "&amp;sol;".into(),
        "&ampsol;".into(),
        "&AMP;amp;sol;".into(),
        "&amp#47".into(),
    ] {
        check(&format!("<b>sk-T0p{slash}s3cret&plus;key&equals;&equals;</b>"), "<b>[redacted]</b>");
    }
    let marks = Redactor::new(vec!["<\"&\">".into()]);
    assert_eq!(marks.show("no &lt&quot&amp&QUOT&GT", 80), "no [redacted]");
}

#[test]
fn base64_with_white_space_in_it_is_redacted() {
    let secret = SECRET.repeat(8);
    let redactor = Redactor::new(vec![secret.as_str().into()]);
    for before in ["", "u", "us", "user:"] {
        let encoded = STANDARD.encode(format!("{before}{secret}"));
        for (columns, between) in [
            (76, "\n"),
            (76, "\r\n"),
            (64, "\\n"),
            (60, "\\r\\n"),
            (4, " "),
            (1, "\t"),
            (19, "&NewLine;"),
            (8, "%0d%0A"),
            (76, "\\\\n"),
            (76, "\\u000d\\u000a "),
        ] {
            let lines: Vec<_> = encoded.as_bytes().chunks(columns).collect();
            let text = String::from_utf8(lines.join(between.as_bytes())).unwrap();
            let shown = redactor.show(&format!("Basic {text} is unknown"), 80);
            let (start, rest) =
                shown.strip_prefix("Basic ").unwrap().split_once("[redacted]").unwrap();
            // A character that is half the credential's may be left on a line of its own.
            let between = between.escape_debug().to_string();
            let left = |text: &str| text.replace(&between, "").trim_end_matches('=').len();
            let end = rest.strip_suffix(" is unknown").unwrap();
            assert!(left(start) <= (before.len() * 8).div_ceil(6) && left(end) <= 1, "{shown}");
        }
    }
}

#[test]
fn hexadecimal_is_redacted_in_either_case_and_with_separators() {
    for write in [|it: u8| format!("{it:02x}"), |it: u8| format!("{it:02X}")] {
        for between in ["", " ", ":", "-", "\n", "\\n", "%3A"] {
            let text = SECRET.bytes().map(write).collect::<Vec<_>>().join(between);
            check(&format!("no 0x{text}."), "no 0x[redacted].");
        }
    }
    // Two short parts of it are no long one.
    check("no 736b2d, 546f70", "no 736b2d, 546f70");
    assert_eq!(Redactor::new(vec!["user".into()]).show("75736572", 80), "75736572");
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
fn steps(secret: &str, piece: &str) -> usize {
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
        for piece in [
            half,
            secret,
            "a",
            "sk-",
            "&amp;",
            "%2525",
            r"\\u0073",
            "\\",
            "&",
            "%",
            "&#",
            "&#0",
            "&#x0",
            "0",
            "&#x000000000000000000000000000000000073",
            "&ampamp",
            "&DiacriticalGrave",
            " ",
            "7 3:6",
            "c2\r\n",
            "é",
        ] {
            let seen = 200 * SEARCHED_BYTES + secret.len() * ESCAPED_BYTES + 1;
            // At most 25 ways to read it, and 5 forms of the credential with two states for a character, beside
            // which a digit of a number is looked at once.
            let most = seen * 25 * (5 * 2 + 1);
            let steps = steps(secret, piece);
            assert!(steps <= most, "{secret} {piece}: {steps} of {most}");
        }
    }
}

#[test]
fn a_credential_at_the_end_of_what_is_searched_is_not_shown_in_part() {
    let secret = r#"k"e\y"<\"&\">""#.repeat(6);
    let redactor = Redactor::new(vec![secret.as_str().into()]);
    let thrice = |escape: fn(&str) -> String| escape(&escape(&escape(&secret)));
    // Escaped three times, each takes more than what is searched for the room that it takes redacted.
    for escaped in [
        secret.bytes().map(|byte| format!("%2525{byte:02X}")).collect(),
        thrice(|it| it.replace('\\', r"\\").replace('"', "\\\"")),
        thrice(|it| it.replace('\\', r"\u005c").replace('"', r"\u0022")),
        thrice(|it| it.replace('&', "&amp;").replace('"', "&quot;").replace('\\', "&#x005c;")),
    ] {
        let body = format!("{escaped} ").repeat(12);
        // So the end of what is searched falls into each part of one.
        for limit in (escaped.len() / 16 + 20..escaped.len() / 8 + 20).step_by(5) {
            let shown = redactor.show(&body, limit);
            let credentials = shown.strip_suffix('…').unwrap().trim_end().split(' ');
            assert!(credentials.clone().count() > 1, "{shown}");
            assert!(credentials.clone().all(|it| it == REDACTED), "{shown}");
            assert!(shown.chars().count() < limit, "the room is not what ends it: {shown}");
            assert_eq!(redactor.show_bytes(body.as_bytes(), limit), shown);
        }
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
