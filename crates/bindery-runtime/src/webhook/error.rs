//! Why a webhook is not taken for the vendor's. No text of an error holds a secret or what was received.

use std::error::Error;
use std::fmt;

/// Why a delivery is not known to be from the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// A header of the scheme is not there.
    Missing {
        /// Its name.
        header: &'static str,
    },
    /// A header of the scheme is there twice, or is not what the scheme says.
    Malformed {
        /// Its name.
        header: &'static str,
    },
    /// It was sent longer ago than is tolerated.
    TooOld,
    /// It was sent later than now, by more than is tolerated.
    TooNew,
    /// No signature is one by a secret of the verifier.
    Mismatch,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { header } => write!(f, "the webhook has no header `{header}`"),
            Self::Malformed { header } => {
                write!(f, "the header `{header}` of the webhook is not as its scheme says")
            }
            Self::TooOld => f.write_str("the webhook was sent too long ago"),
            Self::TooNew => f.write_str("the webhook has a time that is too far ahead"),
            Self::Mismatch => f.write_str("no signature of the webhook is by a known secret"),
        }
    }
}

impl Error for VerifyError {}

/// Why a secret cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretError {
    /// It is empty.
    Empty,
    /// It is no base64, which the scheme asks for.
    NotBase64,
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the secret of the webhooks is empty",
            Self::NotBase64 => "the secret of the webhooks is no base64",
        })
    }
}

impl Error for SecretError {}
