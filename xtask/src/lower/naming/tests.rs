//! Names, one by one.

use super::*;

#[test]
fn types_are_in_upper_camel_case_and_shadow_nothing() {
    assert_eq!(type_name("HTTPValidationError"), "HttpValidationError");
    assert_eq!(type_name("create_invite.params"), "CreateInviteParams");
    assert_eq!(type_name("Result"), "ResultModel");
    assert_eq!(type_name("2fa"), "Model2fa");
    assert_eq!(type_name("CN8InIntrastat"), "Cn8InIntrastat");
    assert_eq!(inner_name("Links", "self"), "LinksSelf");
    assert_eq!(type_name("\u{202e}"), "Schema");
}

#[test]
fn values_are_in_snake_case_and_no_keywords() {
    assert_eq!(value_name("userId"), "user_id");
    assert_eq!(value_name("type"), "type_");
    assert_eq!(value_name("X-Request-ID"), "x_request_id");
    assert_eq!(value_name("new"), "new_");
    assert_eq!(value_name("default"), "default_");
    assert_eq!(value_name(""), "field");
    assert_eq!(value_name("2"), "field_2");
    assert_eq!(value_name("2fa"), "_2fa");
    assert_eq!(value_name("post /é/a"), "post_e_a");
}

#[test]
fn signs_get_words() {
    assert_eq!(variant_name("<="), "LessThanOrEqual");
    assert_eq!(variant_name("-created_at"), "MinusCreatedAt");
    assert_eq!(variant_name("unknown"), "UnknownValue");
    assert_eq!(variant_name("self"), "Self_");
}

#[test]
fn a_scope_numbers_what_comes_again() {
    let mut scope = Scope::with(&["Invite"]);
    assert_eq!(scope.claim("Invite"), "Invite2");
    assert_eq!(scope.claim("Invite"), "Invite3");
    assert_eq!(scope.claim("Invite2"), "Invite22");
    assert_eq!(scope.claim("Role"), "Role");
}

#[test]
fn a_scope_numbers_many_of_one_name_in_no_time() {
    let mut scope = Scope::default();
    let last = (0..200_000).map(|_| scope.claim("Schema")).last();
    assert_eq!(last.as_deref(), Some("Schema200000"));
}

#[test]
fn a_scope_says_which_rename_took_a_name() {
    let mut scope = Scope::with(&["Unknown"]);
    assert_eq!(scope.give("Role", Some(7)), Ok(()));
    assert_eq!(scope.give("Role", None), Err(Some(7)));
    assert_eq!(scope.give("Unknown", Some(8)), Err(None));
}

#[test]
fn operations_and_modules_leave_the_names_of_ours_alone() {
    assert_eq!(method_name("request"), "request_");
    assert_eq!(method_name("Builder"), "builder_");
    assert_eq!(module_name("Types"), "types_");
    assert_eq!(module_name("mod"), "mod_");
    assert_eq!(module_name("日本"), "ri_ben");
    assert_eq!(module_name("Team members"), "team_members");
    assert_eq!((module_name("COM1"), module_name("lpt9")), ("com1_".into(), "lpt9_".into()));
    assert_eq!(module_name("comx"), "comx");
}

#[test]
fn a_module_is_a_file_that_every_system_can_have() {
    let long = "Pets and ".repeat(30);
    let name = module_name(&long);
    assert!(name.len() <= 64 && name.starts_with("pets_and_pets_and_"), "{name}");
    assert_ne!(name, module_name(&format!("{long}more")));
    assert!(syn::parse_str::<syn::Ident>(&name).is_ok());
}

#[test]
fn every_name_is_an_identifier_and_stays_itself() {
    let odd = [
        "_", "__", "", "1", "é", "É_1", "a-b", "K", "ſ", "İ", "r#fn", "'", "Self", "crate", "A_B_C",
    ];
    for name in odd {
        for made in
            [type_name, variant_name, value_name, method_name, module_name].map(|it| it(name))
        {
            assert!(syn::parse_str::<syn::Ident>(&made).is_ok(), "{name:?} became {made:?}");
        }
        assert_eq!(type_name(&type_name(name)), type_name(name));
        assert_eq!(value_name(&value_name(name)), value_name(name));
        assert_eq!(variant_name(&variant_name(name)), variant_name(name));
    }
}

#[test]
fn a_type_has_a_page_in_the_documentation() {
    let name = type_name(&"VeryLong".repeat(40));
    assert!(name.len() <= 200 && name.starts_with("VeryLongVeryLong"), "{name}");
    assert_ne!(name, type_name(&"VeryLong".repeat(41)));
    for odd in ["A", "a1", "aB", "Éx"] {
        let name = type_name(&odd.repeat(300));
        assert!(name.len() <= 200 && type_name(&name) == name, "{name}");
        assert_eq!(type_name(&inner_name(&name, "part")), inner_name(&name, "part"));
    }
}

#[test]
fn a_title_names_a_type_when_it_looks_like_one() {
    assert_eq!(title_as_name("CreateInviteParams"), Some("CreateInviteParams"));
    assert_eq!(title_as_name("Team Id"), None);
    assert_eq!(title_as_name("Role"), None);
    assert_eq!(title_as_name("URL"), None);
}
