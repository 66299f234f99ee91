//! Schemas as JSON: in the spellings of OpenAPI 3.0 and 3.1, and as a validator is to judge them.

use serde_json::{Map, Value as Json, json};

use super::schema::{Family, Member, Object, Rest, Schema, Shape, Spelled, Way, Whole};

/// How schemas are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Spelling {
    /// As a page of OpenAPI 3.0 has them.
    Old,
    /// As one of 3.1 has them.
    New,
    /// As a validator judges what goes this way: without the members that do not, and with keywords for what formats and
    /// discriminators say.
    Judged(Way),
    /// The same for what was written. What the normal form leaves out may have been all that told it from a second
    /// alternative, so that it may be several.
    Written(Way),
}

/// How many schemas in one another are asked whether null is a value of them.
const DEPTH: usize = 8;

impl Spelling {
    fn is_judged(self) -> bool {
        matches!(self, Self::Judged(_) | Self::Written(_))
    }

    /// Whether a member is there.
    fn has(self, member: &Member) -> bool {
        match self {
            Self::Judged(way) | Self::Written(way) => way.has(member.way),
            Self::Old | Self::New => true,
        }
    }

    fn union(self, keyword: &'static str) -> &'static str {
        match self {
            Self::Written(_) => "anyOf",
            _ => keyword,
        }
    }
}

impl Family {
    /// All components, by their names.
    pub(crate) fn json(&self, spelling: Spelling) -> Map<String, Json> {
        let components = self.components.iter().enumerate();
        components.map(|(at, it)| (self.name_of(at), self.schema(it, spelling))).collect()
    }

    /// A component, and those that it leads to.
    pub(crate) fn reachable(&self, component: usize, spelling: Spelling) -> Json {
        let all = self.json(spelling);
        let mut found = Map::new();
        let mut open = vec![self.name_of(component)];
        while let Some(name) = open.pop() {
            if found.contains_key(&name) {
                continue;
            }
            let json = all[&name].clone();
            let text = json.to_string();
            open.extend(all.keys().filter(|it| text.contains(&format!("/{it}\""))).cloned());
            found.insert(name, json);
        }
        found.into()
    }

    fn reference(&self, component: usize) -> String {
        format!("#/components/schemas/{}", self.name_of(component))
    }

    fn schema(&self, schema: &Schema, spelling: Spelling) -> Json {
        let plain = self.shape(&schema.shape, spelling);
        match (schema.nullable, spelling) {
            (false, _) => plain,
            (true, Spelling::Old) => nullable_3_0(plain),
            (true, _) => nullable_3_1(plain),
        }
    }

    fn shape(&self, shape: &Shape, spelling: Spelling) -> Json {
        let text = |format: &Option<&str>, ty: &str| match format {
            Some(format) => json!({"type": ty, "format": format}),
            None => json!({"type": ty}),
        };
        match shape {
            Shape::Any => json!({}),
            Shape::Boolean => json!({"type": "boolean"}),
            Shape::Integer(whole) if spelling.is_judged() => whole.limits(),
            Shape::Integer(whole) => whole.json(),
            Shape::Number(format) => text(format, "number"),
            Shape::Text(format) => text(format, "string"),
            Shape::Enum(values) => enumeration(values),
            Shape::Constant(value) if spelling == Spelling::Old => {
                enumeration(std::slice::from_ref(value))
            }
            Shape::Constant(value) => json!({"const": value}),
            Shape::Mixed(types) if spelling == Spelling::Old => {
                let types: Vec<_> = types.iter().map(|it| json!({"type": it})).collect();
                json!({"anyOf": types})
            }
            Shape::Mixed(types) => json!({"type": types}),
            Shape::List(items) => json!({"type": "array", "items": self.schema(items, spelling)}),
            Shape::Object(object) => self.object(object, spelling),
            Shape::All(parts) => json!({"allOf": self.schemas(parts, spelling)}),
            Shape::Union { keyword, alternatives } => {
                json!({spelling.union(keyword): self.schemas(alternatives, spelling)})
            }
            Shape::Tagged { keyword, mapped } => self.tagged(spelling.union(keyword), *mapped),
            Shape::Tag { spelled: Spelled::Text, .. } if !spelling.is_judged() => {
                json!({"type": "string"})
            }
            Shape::Tag { of, spelled: Spelled::Constant } if spelling != Spelling::Old => {
                json!({"type": "string", "const": self.tag_of(*of)})
            }
            Shape::Tag { of, .. } => json!({"type": "string", "enum": [self.tag_of(*of)]}),
            Shape::Reference(component) => json!({"$ref": self.reference(*component)}),
        }
    }

    fn schemas(&self, schemas: &[Schema], spelling: Spelling) -> Vec<Json> {
        schemas.iter().map(|it| self.schema(it, spelling)).collect()
    }

    fn tagged(&self, keyword: &str, mapped: bool) -> Json {
        let others = || 1..self.components.len();
        let alternatives: Vec<_> = others().map(|it| json!({"$ref": self.reference(it)})).collect();
        let mut discriminator = json!({"propertyName": "kind"});
        if mapped {
            let mapping: Map<_, _> =
                others().map(|it| (self.tag_of(it), json!(self.reference(it)))).collect();
            discriminator["mapping"] = mapping.into();
        }
        json!({keyword: alternatives, "discriminator": discriminator})
    }

    fn object(&self, object: &Object, spelling: Spelling) -> Json {
        let members: Vec<_> = object.members.iter().filter(|it| spelling.has(it)).collect();
        let mut json = json!({"type": "object"});
        let member = |it: &&Member| (it.name.to_owned(), self.member(it, spelling));
        if !members.is_empty() {
            json["properties"] = members.iter().map(member).collect::<Map<_, _>>().into();
        }
        // Of what is received, null and nothing are one to the types of several objects together.
        let is_there = |it: &Schema| {
            spelling != Spelling::Written(Way::Received) || !self.takes_null(it, DEPTH)
        };
        let required = members.iter().filter(|it| it.required && is_there(&it.schema));
        let required: Vec<_> = required.map(|it| it.name).collect();
        if !required.is_empty() {
            json["required"] = required.into();
        }
        match &object.rest {
            Rest::Unsaid => {}
            Rest::Any => json["additionalProperties"] = true.into(),
            Rest::None => json["additionalProperties"] = false.into(),
            Rest::Of(schema) => json["additionalProperties"] = self.schema(schema, spelling),
        }
        json
    }

    fn takes_null(&self, schema: &Schema, depth: usize) -> bool {
        let takes = |schema: &Schema| depth > 0 && self.takes_null(schema, depth - 1);
        schema.nullable
            || match &schema.shape {
                Shape::Any => true,
                Shape::Enum(values) => values.contains(&Json::Null),
                Shape::Reference(to) => takes(&self.components[*to]),
                Shape::Union { alternatives, .. } => alternatives.iter().any(takes),
                _ => false,
            }
    }

    fn member(&self, member: &Member, spelling: Spelling) -> Json {
        let mut json = self.schema(&member.schema, spelling);
        let flag = match member.way {
            Way::Both => return json,
            Way::Received => "readOnly",
            Way::Sent => "writeOnly",
        };
        // In 3.0, nothing counts beside a reference.
        if spelling == Spelling::Old && json.get("$ref").is_some() {
            json = json!({"allOf": [json]});
        }
        json[flag] = true.into();
        json
    }
}

impl Whole {
    /// The range as keywords, since a validator knows no formats of numbers.
    fn limits(self) -> Json {
        let (low, high) = self.range();
        json!({"type": "integer", "minimum": low as i64, "maximum": high as u64})
    }

    fn json(self) -> Json {
        let Self { format, least, most } = self;
        let mut json = json!({"type": "integer"});
        let limits = [
            ("format", format.map(Json::from)),
            ("minimum", least.map(Json::from)),
            ("maximum", most.map(Json::from)),
        ];
        for (name, value) in limits {
            if let Some(value) = value {
                json[name] = value;
            }
        }
        json
    }
}

fn enumeration(values: &[Json]) -> Json {
    match values.iter().all(Json::is_string) {
        true => json!({"type": "string", "enum": values}),
        false => json!({"enum": values}),
    }
}

/// As `nullable` has it, which the enum has to allow.
fn nullable_3_0(mut json: Json) -> Json {
    if json.get("$ref").is_some() {
        json = json!({"allOf": [json]});
    }
    json["nullable"] = true.into();
    if let Some(values) = json.get_mut("enum").and_then(Json::as_array_mut) {
        values.push(Json::Null);
    }
    json
}

/// As a type more where there is one, else as an alternative more.
fn nullable_3_1(mut json: Json) -> Json {
    let null = || json!({"type": "null"});
    if let Some(values) = json.get_mut("enum").and_then(Json::as_array_mut) {
        values.push(Json::Null);
        if let Some(ty) = json.get_mut("type") {
            *ty = json!([*ty, "null"]);
        }
        return json;
    }
    if let Some(ty) = json.get_mut("type") {
        match ty.as_array_mut() {
            Some(types) => types.push("null".into()),
            None => *ty = json!([*ty, "null"]),
        }
        return json;
    }
    for keyword in ["oneOf", "anyOf"] {
        if let Some(alternatives) = json.get_mut(keyword).and_then(Json::as_array_mut) {
            alternatives.push(null());
            return json;
        }
    }
    json!({"anyOf": [json, {"type": "null"}]})
}
