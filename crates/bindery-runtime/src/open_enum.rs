//! String enums that a vendor may extend.

/// Implements a string enum that keeps the values it does not know.
///
/// The enum has a unit variant for each known value and `Unknown(String)`. The macro gives it
/// `as_str`, `From<&str>`, `From<String>`, `From<Self> for String`, `FromStr`, `AsRef<str>`,
/// `Display`, `Serialize` and `Deserialize`. No conversion yields `Unknown` for a known value.
///
/// ```
/// #[derive(Clone, Debug, PartialEq)]
/// #[non_exhaustive]
/// pub enum Role {
///     User,
///     Admin,
///     /// A value that the page does not name.
///     Unknown(String),
/// }
/// bindery_runtime::open_enum!(Role { User = "user", Admin = "admin" });
///
/// assert_eq!(Role::from("admin"), Role::Admin);
/// assert_eq!(Role::from("owner"), Role::Unknown("owner".to_owned()));
/// assert_eq!(serde_json::to_string(&Role::User)?, "\"user\"");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! open_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// The value as it goes over the wire.
            #[must_use]
            #[allow(unreachable_pub, reason = "the enum may be private")]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                match value.as_str() {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown(value),
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                <Self as ::std::convert::From<::std::string::String>>::from(value.to_owned())
            }
        }

        impl ::std::convert::From<$name> for ::std::string::String {
            fn from(value: $name) -> Self {
                match value {
                    $($name::$variant => $value.to_owned(),)*
                    $name::Unknown(value) => value,
                }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            // Not `Self::Err`: a value may be called so.
            fn from_str(
                value: &str,
            ) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(<Self as ::std::convert::From<&str>>::from(value))
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                <::std::string::String as $crate::__private::serde::Deserialize<'de>>::deserialize(
                    deserializer,
                )
                .map(|text| {
                    let value = <Self as ::std::convert::From<::std::string::String>>::from(text);
                    if ::std::matches!(value, Self::Unknown(_)) {
                        $crate::__private::note_unknown_text();
                    }
                    value
                })
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    enum Role {
        User,
        Unlisted,
        Unknown(String),
    }
    crate::open_enum!(Role { User = "user", Unlisted = "unknown" });

    #[derive(Debug, PartialEq)]
    enum Empty {
        Unknown(String),
    }
    crate::open_enum!(Empty {});

    /// Named as the associated types of traits are.
    #[derive(Clone, Debug, PartialEq)]
    enum Outcome {
        Ok,
        Err,
        Error,
        Unknown(String),
    }
    crate::open_enum!(Outcome { Ok = "ok", Err = "err", Error = "error" });

    #[test]
    fn a_value_may_be_called_as_a_type_of_a_trait() {
        for (text, outcome) in
            [("ok", Outcome::Ok), ("err", Outcome::Err), ("error", Outcome::Error)]
        {
            assert_eq!(text.parse(), Ok(outcome));
        }
    }

    #[test]
    fn every_conversion_agrees() {
        for (role, text) in [
            (Role::User, "user"),
            (Role::Unlisted, "unknown"),
            (Role::Unknown("owner".to_owned()), "owner"),
            (Role::Unknown("User".to_owned()), "User"),
            (Role::Unknown(String::new()), ""),
        ] {
            assert_eq!(Role::from(text), role);
            assert_eq!(Role::from(text.to_owned()), role);
            assert_eq!(text.parse::<Role>(), Ok(role.clone()));
            assert_eq!(role.as_str(), text);
            assert_eq!(AsRef::<str>::as_ref(&role), text);
            assert_eq!(role.to_string(), text);
            let json = serde_json::to_value(&role).unwrap();
            assert_eq!(json, text);
            assert_eq!(serde_json::from_value::<Role>(json).unwrap(), role);
            assert_eq!(String::from(role), text);
        }
        assert_eq!(Empty::from("x"), Empty::Unknown("x".to_owned()));
        assert_eq!(format!("[{:>6}]", Role::User), "[  user]");
    }

    #[test]
    fn it_serves_as_a_key_and_takes_strings_only() {
        let json = r#"{"user":1,"owner":2}"#;
        let map: HashMap<Role, u8> = serde_json::from_str(json).unwrap();
        assert_eq!(map[&Role::User], 1);
        assert_eq!(map[&Role::Unknown("owner".to_owned())], 2);
        assert!(serde_json::from_str::<Role>("3").is_err());
    }
}
