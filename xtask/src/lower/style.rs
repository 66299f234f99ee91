//! How parameters are written: `style` and `explode`, and the schema where they depend on it (OpenAPI 3.1,
//! section 4.8.12.3).

use crate::finding::{Finding, Kind};
use crate::openapi::model::Parameter;
use crate::openapi::{ParameterLocation, ParameterStyle, Schema};
use crate::plan::Style;

use super::{Lowering, merge};

impl Lowering<'_> {
    /// How a parameter is written.
    pub(super) fn style(&mut self, location: ParameterLocation, parameter: Parameter<'_>) -> Style {
        match (location, parameter.style()) {
            (ParameterLocation::Query, style) => self.in_query(style, parameter),
            (_, ParameterStyle::Label) => Style::Label,
            (_, ParameterStyle::Matrix) => Style::Matrix,
            _ => Style::Plain,
        }
    }

    fn in_query(&mut self, style: ParameterStyle, parameter: Parameter<'_>) -> Style {
        if parameter.content().is_some() {
            return Style::Json;
        }
        let explode = parameter.explode();
        let (list, object) = self.form(parameter.own_schema());
        if matches!(style, ParameterStyle::SpaceDelimited | ParameterStyle::PipeDelimited)
            && (explode || !(list || object))
        {
            self.report_undelimited(parameter);
        }
        match style {
            ParameterStyle::DeepObject => Style::Deep,
            ParameterStyle::SpaceDelimited if !explode => Style::Joined(' '),
            ParameterStyle::PipeDelimited if !explode => Style::Joined('|'),
            _ if explode && object => Style::Object,
            _ if !explode && (list || object) => Style::Joined(','),
            _ => Style::Plain,
        }
    }

    /// Reports a style that has a sign between values, of what is not written as several values in one.
    fn report_undelimited(&mut self, parameter: Parameter<'_>) {
        let Some(style) = parameter.style_node() else { return };
        let name = parameter.name().unwrap_or_default();
        let what = format!("the values of `{name}` have no sign between them");
        self.findings.push(Finding::note(Kind::UndefinedStyle, what).at(&style.span));
    }

    /// Whether the values of a schema are lists, and whether they are objects. Of alternatives, one that is a list is
    /// enough: a scalar is written in the same way anywhere.
    fn form(&self, schema: Option<Schema<'_>>) -> (bool, bool) {
        let merged = |it| merge::merged(self.document, it).ok();
        let is_list = |it: Schema<'_>| it.is_of_type("array") || it.items().is_some();
        let schema = schema.and_then(merged);
        let Some(schema) = schema.as_ref().map(Schema::of) else { return (false, false) };
        let mut branches = schema.unions().flat_map(|(keyword, _)| schema.branches(keyword));
        let has_list = branches.any(|it| merged(it).is_some_and(|it| is_list(Schema::of(&it))));
        (is_list(schema) || has_list, schema.is_of_type("object") || schema.has_properties())
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use serde_json::{Value as Json, json};

    use crate::testing::run;

    /// The lines of `send` that write the parameters.
    fn sent(parameters: Json) -> String {
        let responses = json!({"204": {"description": ""}});
        let operation =
            json!({"operationId": "call", "parameters": parameters, "responses": responses});
        let code = run(json!({"paths": {"/{p}": {"get": operation}}})).operations_code();
        let lines = code.lines().map(str::trim).filter(|it| it.starts_with("request."));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_query_is_written_as_its_style_and_schema_ask() {
        let list = json!({"type": "array", "items": {"type": "string"}});
        let object = json!({"type": "object", "additionalProperties": {"type": "string"}});
        let query = |name: &str, schema: &Json, style: Option<&str>, explode: Option<bool>| json!({"in": "query", "name": name, "schema": schema, "style": style, "explode": explode});
        let parameters = json!([
            query("a", &list, None, None),
            query("b", &list, None, Some(false)),
            query("c", &list, Some("spaceDelimited"), None),
            query("d", &list, Some("pipeDelimited"), Some(false)),
            query("e", &object, Some("deepObject"), Some(true)),
            query("f", &object, None, None),
            query("g", &object, Some("form"), Some(false)),
            query("h", &json!({"type": "string"}), None, Some(false)),
            query("j", &json!({"oneOf": [{"type": "string"}, list]}), None, Some(false)),
            query("k", &json!({"oneOf": [{"type": "string"}, list]}), None, None),
            json!({"in": "query", "name": "i", "content": {"application/json": {"schema": object}}}),
        ]);
        assert_snapshot!(sent(parameters), @r#"
        request.path("p", &self.p);
        request.query("a", &self.a);
        request.query_joined("b", ',', &self.b);
        request.query_joined("c", ' ', &self.c);
        request.query_joined("d", '|', &self.d);
        request.query_deep("e", &self.e);
        request.query_object(&self.f);
        request.query_joined("g", ',', &self.g);
        request.query("h", &self.h);
        request.query_json("i", &self.i);
        request.query_joined("j", ',', &self.j);
        request.query("k", &self.k);
        "#);
    }

    #[test]
    fn paths_headers_and_cookies_have_their_own_styles() {
        let at = |place: &str, style: &str| json!([{"in": place, "name": "p", "required": true, "style": style, "schema": {"type": "string"}}]);
        assert_snapshot!(sent(at("path", "label")), @r#"request.path_label("p", &self.p);"#);
        assert_snapshot!(sent(at("path", "matrix")), @r#"request.path_matrix("p", &self.p);"#);
        assert_snapshot!(sent(at("path", "simple")), @r#"request.path("p", &self.p);"#);
        assert_snapshot!(sent(json!([
            {"in": "header", "name": "x-a", "schema": {"type": "string"}},
            {"in": "cookie", "name": "c", "schema": {"type": "string"}},
        ])), @r#"
        request.path("p", &self.p);
        request.header("x-a", &self.x_a);
        request.cookie("c", &self.c);
        "#);
    }

    #[test]
    fn a_sign_between_values_needs_values_in_one() {
        let findings = |explode: bool, schema: Json| {
            let parameter = json!({"in": "query", "name": "p", "style": "pipeDelimited", "explode": explode, "schema": schema});
            let operation =
                json!({"parameters": [parameter], "responses": {"204": {"description": ""}}});
            run(json!({"paths": {"/": {"get": operation}}})).findings.join("\n")
        };
        let list = json!({"type": "array", "items": {"type": "string"}});
        assert_eq!(findings(false, list.clone()), "");
        let expected = "note[undefined-style]: the values of `p` have no sign between them";
        assert_eq!(findings(true, list), expected);
        assert_eq!(findings(false, json!({"type": "string"})), expected);
    }
}
