//! A document in which every position of a text can be filled.

use serde_json::{Value as Json, json};

/// Texts that want to be more than text: code, attributes, tests, manifests, Markdown, HTML, escapes, commands, paths.
pub(crate) const PAYLOADS: &[&str] = &[
    "*/ pub fn canary() {} /*",
    "\"; pub fn canary() {} //",
    "\\\"); compile_error!(\"canary\"); (\"",
    "\"#; mod canary {} r#\"",
    "}} pub mod canary {{",
    "{canary} {0} {} {:?}",
    "#![feature(canary)]",
    "#[derive(Canary)] #[path = \"/canary\"]",
    "]\n#![no_std]\n[",
    "\n/// canary\n//! canary\npub fn canary() {}",
    "```\nlet canary: () = 1;\n```",
    "```rust,should_panic\ncanary()\n```",
    "a\n\n    let canary: () = 1;\n",
    "~~~compile_fail\nfn main() {}\n~~~",
    "<pre><code>canary!()</code></pre>",
    "[`canary`](crate::canary) [canary]: crate::canary",
    "\"\n[dependencies]\ncanary = \"1\"\n",
    "'''\n[lib]\npath = 'canary.rs'\n",
    "\"\"\"\n[[bin]]\nname = \"canary\"\n",
    "<script>canary()</script>",
    "<!-- canary",
    "--> canary <img src=x onerror=canary()>",
    "![canary](https://canary.example/x.png)",
    "[canary](javascript:canary())",
    "| canary |\n| --- |\n| x |",
    "# canary\n\ncanary\n===",
    "<details><summary>canary",
    "\u{1b}]0;canary\u{7}\u{1b}[2Jcanary\u{9b}31m",
    "canary\u{202e}yranac\u{2066}",
    "can\u{200b}ary\u{e0041}\u{feff}\u{3164}\0",
    "::add-mask::canary",
    "canary ##[stop-commands]canary",
    "\r::error::canary\r\n  ::set-output name=canary::x",
    "##vso[task.setvariable]canary",
    "../../canary",
    "..\\canary\\",
];

/// The pages of an API, with their names. Whatever is a text in them is one of the given.
pub(crate) fn pages(texts: &[String]) -> Vec<(String, String)> {
    let all = texts.concat();
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": all, "version": all, "description": all, "summary": all, "termsOfService": all,
            "contact": {"name": all, "url": all, "email": all}, "license": {"name": all, "url": all},
        },
        "servers": servers(texts),
        "webhooks": texts.iter().enumerate().map(|(at, text)| (name(at, text), hook(text))).collect::<serde_json::Map<_, _>>(),
        "tags": texts.iter().enumerate().map(|(at, text)| json!({"name": name(at, text), "description": text, "externalDocs": docs(text)})).collect::<Vec<_>>(),
        "paths": texts.iter().enumerate().map(path).collect::<serde_json::Map<_, _>>(),
        "components": {
            "schemas": texts.iter().enumerate().map(schema).collect::<serde_json::Map<_, _>>(),
            "securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": all, "description": all}},
        },
        "security": [{"key": []}],
        "x-bindery-reason": all,
        format!("x-{all}"): all,
    });
    // What opens a block that never ends would leave the page without its fence.
    let opens = |it: &&String| {
        ["\n", "\r", "<!--", "<pre>", "<script>", "```", "~~~"].iter().any(|open| it.contains(open))
    };
    let inline: Vec<&str> = texts.iter().filter(|it| !opens(it)).map(String::as_str).collect();
    let inline = inline.join(" ");
    let page = format!(
        "---\ntitle: {inline}\n---\n\n# {inline}\n\n> {inline}\n\n{inline}\n\n````yaml get /page\n{{\"openapi\": \"3.1.0\", \"info\": {{}}, \
         \"paths\": {{\"/page\": {{\"get\": {{\"responses\": {{\"204\": {{\"description\": \"\"}}}}}}}}}}}}\n````\n"
    );
    vec![
        (format!("specs/a/{all}.json"), format!("{document:#}")),
        (format!("specs/a/{all}.md"), page),
    ]
}

fn servers(texts: &[String]) -> Vec<Json> {
    let server = |text: &String| json!({"url": format!("https://a.example.com/{text}"), "description": text});
    let named = texts.iter().enumerate().map(|(at, text)| {
        let url = format!("https://{at}.example.com/{{v}}");
        json!({"url": url, "description": text, "variables": {"v": {"default": "v", "description": text}}})
    });
    named.chain(texts.iter().map(server)).collect()
}

fn docs(text: &str) -> Json {
    json!({"url": format!("https://example.com/{text}"), "description": text})
}

fn path((at, text): (usize, &String)) -> (String, Json) {
    let reference = json!({"$ref": format!("#/components/schemas/{}", xtask::node::pointer_token(&name(at, text)))});
    let named = |place: &str| {
        let name = format!("{place} {text}");
        json!({"name": name, "in": place, "description": text, "example": text, "schema": {"type": "string", "default": text, "pattern": text}})
    };
    let content = json!({
        "application/json": {"schema": reference, "example": {"text": text}, "examples": {text: {"summary": text, "value": text}}},
        format!("text/{text}"): {"schema": {"type": "string"}},
    });
    let in_path = json!({"name": format!("id{at}"), "in": "path", "required": true, "description": text, "schema": {"type": "string"}});
    let operation = json!({
        "operationId": format!("{text} {at}"), "summary": text, "description": text, "tags": [name(at, text)], "externalDocs": docs(text),
        "parameters": [named("query"), named("header"), named("cookie"), in_path],
        "requestBody": {"description": text, "required": true, "content": content},
        "responses": {
            "200": {"description": text, "content": content, "headers": {text: {"description": text, "schema": {"type": "string"}}}},
            "400": {"description": text, "content": {"application/json": {"schema": {"type": "object", "title": text, "properties": {format!("e {text}"): {"type": "string"}}}}}},
        },
        "callbacks": {format!("called back {text} {at}"): {format!("{{$request.body#/{text}}}"): hook(text)}},
        format!("x-{text}"): text, "deprecated": true,
    });
    // A page's path has no lines and no braces of its own: what it cannot have is shown by other tests.
    let segment: String = text.chars().filter(|it| !"{}\r\n".contains(*it)).collect();
    (
        format!("/{at}/{segment}/{{id{at}}}"),
        json!({"summary": text, "description": text, "post": operation}),
    )
}

fn hook(text: &str) -> Json {
    let payload = json!({"type": "object", "title": text, "description": text, "properties": {"k": {"type": "string", "description": text}}});
    json!({"post": {
        "operationId": text, "summary": text, "description": text,
        "parameters": [{"name": text, "in": "header", "description": text, "schema": {"type": "string"}}],
        "requestBody": {"description": text, "content": {"application/json": {"schema": payload}}},
        "responses": {"204": {"description": text}},
    }})
}

fn name(at: usize, text: &str) -> String {
    format!("{text} {at}")
}

fn schema((at, text): (usize, &String)) -> (String, Json) {
    let other = format!("{text} b");
    let schema = json!({
        "type": "object", "title": text, "description": text, "externalDocs": docs(text), "example": {"text": text},
        "required": [format!("p {text}")],
        "properties": {
            format!("p {text}"): {"type": "string", "description": text, "default": text, "pattern": text, "format": text, "example": text},
            "list": {"enum": [text, other, "c"], "description": text, "x-enum-descriptions": [text]},
            "constant": {"const": text, "description": text},
            "mixed": {"enum": [1, text, true]},
            "union": {"oneOf": [
                {"type": "object", "title": text, "required": ["kind"], "properties": {"kind": {"const": text}, "x": {"type": "string"}}},
                {"type": "object", "title": other, "required": ["kind"], "properties": {"kind": {"const": other}, "y": {"type": "string"}}},
            ], "description": text},
            "map": {"type": "object", "additionalProperties": {"type": "integer", "description": text}, "description": text},
        },
        format!("x-{text}"): {text: [text]},
    });
    (name(at, text), schema)
}
