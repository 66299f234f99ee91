//! Credentials and base urls from the environment.
//!
//! An error names the variable and never shows its value.

use std::ffi::OsString;

use crate::{BuildError, SecretString};

/// Reads a secret from an environment variable.
///
/// # Errors
///
/// [`BuildError::Environment`] if the variable is not set, blank, or not Unicode.
///
/// ```
/// let error = bindery_runtime::env::secret("NO_SUCH_VARIABLE_IS_SET").unwrap_err();
/// assert_eq!(error.to_string(), "the environment variable `NO_SUCH_VARIABLE_IS_SET` is not set");
/// ```
pub fn secret(variable: &str) -> Result<SecretString, BuildError> {
    string(variable).map(SecretString::from)
}

/// Reads a secret that may be empty, such as the password beside a key, from an environment variable.
///
/// # Errors
///
/// [`BuildError::Environment`] if the variable is not set or not Unicode.
pub fn secret_or_empty(variable: &str) -> Result<SecretString, BuildError> {
    text(std::env::var_os(variable))
        .map(SecretString::from)
        .map_err(|reason| BuildError::Environment { variable: variable.to_owned(), reason })
}

/// Reads a setting that is no secret, for instance a base url, from an environment variable.
///
/// # Errors
///
/// [`BuildError::Environment`] if the variable is not set, blank, or not Unicode.
pub fn string(variable: &str) -> Result<String, BuildError> {
    check(std::env::var_os(variable))
        .map_err(|reason| BuildError::Environment { variable: variable.to_owned(), reason })
}

/// Apart from [`string`], because a test cannot set a variable without unsafe code.
fn check(value: Option<OsString>) -> Result<String, &'static str> {
    let text = text(value)?;
    if text.trim().is_empty() {
        return Err("is empty");
    }
    Ok(text)
}

fn text(value: Option<OsString>) -> Result<String, &'static str> {
    value.ok_or("is not set")?.into_string().map_err(|_| "is not Unicode")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_that_is_set_is_read() {
        // Cargo sets this one for the tests that it runs.
        assert_eq!(string("CARGO_PKG_NAME").unwrap(), "bindery-runtime");
        assert!(secret("CARGO_PKG_NAME").is_ok());
    }

    #[test]
    fn a_missing_or_blank_value_is_an_error() {
        assert_eq!(check(None), Err("is not set"));
        assert_eq!(check(Some("".into())), Err("is empty"));
        assert_eq!(check(Some(" \n".into())), Err("is empty"));
        assert!(secret_or_empty("NO_SUCH_VARIABLE_IS_SET").is_err());
        assert_eq!(text(Some("".into())).unwrap(), "");
    }

    #[cfg(unix)]
    #[test]
    fn a_value_that_is_not_unicode_is_an_error_that_does_not_show_it() {
        use std::os::unix::ffi::OsStringExt;
        let value = OsString::from_vec(b"sk-\xff".to_vec());
        assert_eq!(check(Some(value)), Err("is not Unicode"));
    }

    #[test]
    fn the_error_names_the_variable() {
        let error = secret("NO_SUCH_VARIABLE_IS_SET").unwrap_err();
        assert!(matches!(
            &error,
            BuildError::Environment { variable, .. } if variable == "NO_SUCH_VARIABLE_IS_SET"
        ));
    }
}
