//! How a vendor signs what it sends, as plain data.

use base64::Engine as _;

use super::signature::{BASE64, from_hex, to_hex};

/// How a vendor signs its webhooks by HMAC.
///
/// ```
/// use bindery_runtime::webhook::{Scheme, Timestamp};
///
/// // `x-hub-signature-256: sha256=<hex>` over the body.
/// const HUB: Scheme = Scheme::new("x-hub-signature-256").prefix("sha256=");
/// // `example-signature: t=<seconds>,v1=<hex>` over the time and the body.
/// const PAIRS: Scheme = Scheme::new("example-signature")
///     .separator(',')
///     .timestamp(Timestamp::BesideSignature("t="))
///     .prefix("v1=")
///     .signed("{timestamp}.{body}");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scheme {
    /// The header with the signature.
    pub signature: &'static str,
    /// What separates several values of that header. Without it, the whole header is one value.
    pub separator: Option<char>,
    /// What a value begins with that is a signature. Others are passed over.
    pub prefix: &'static str,
    /// How a signature is written.
    pub encoding: Encoding,
    /// The hash function.
    pub digest: Digest,
    /// What is signed: a text in which `{id}`, `{timestamp}` and `{body}` stand for what was received.
    pub signed: &'static str,
    /// The header with what tells a delivery from all others.
    pub id: Option<&'static str>,
    /// Where the time is, in seconds since 1970.
    pub timestamp: Timestamp,
    /// How the secret is written.
    pub secret: Secret,
}

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Digest {
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// How a signature is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// In hexadecimal.
    Hex,
    /// In base64.
    Base64,
}

/// Where the time of a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Timestamp {
    /// Nowhere, so that an old delivery cannot be told from a new one.
    None,
    /// In this header.
    Header(&'static str),
    /// In the header of the signature, as the value that begins with this.
    BesideSignature(&'static str),
}

/// How a secret is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Secret {
    /// Its bytes are those of the text.
    Text,
    /// In base64, which a prefix may stand before.
    Base64 {
        /// The prefix.
        prefix: &'static str,
    },
}

impl Scheme {
    /// [Standard Webhooks](https://www.standardwebhooks.com), with secrets that both sides share.
    pub const STANDARD: Self = Self::new("webhook-signature")
        .separator(' ')
        .prefix("v1,")
        .encoding(Encoding::Base64)
        .signed("{id}.{timestamp}.{body}")
        .id("webhook-id")
        .timestamp(Timestamp::Header("webhook-timestamp"))
        .secret(Secret::Base64 { prefix: "whsec_" });

    /// The signature of the body by SHA-256, in hexadecimal, in this header.
    #[must_use]
    pub const fn new(signature: &'static str) -> Self {
        Self {
            signature,
            separator: None,
            prefix: "",
            encoding: Encoding::Hex,
            digest: Digest::Sha256,
            signed: "{body}",
            id: None,
            timestamp: Timestamp::None,
            secret: Secret::Text,
        }
    }

    /// The same with several values in the header, separated by this.
    #[must_use]
    pub const fn separator(self, separator: char) -> Self {
        Self { separator: Some(separator), ..self }
    }

    /// The same with this before a signature.
    #[must_use]
    pub const fn prefix(self, prefix: &'static str) -> Self {
        Self { prefix, ..self }
    }

    /// The same with signatures that are written so.
    #[must_use]
    pub const fn encoding(self, encoding: Encoding) -> Self {
        Self { encoding, ..self }
    }

    /// The same with this hash function.
    #[must_use]
    pub const fn digest(self, digest: Digest) -> Self {
        Self { digest, ..self }
    }

    /// The same where this is signed: a text in which `{id}`, `{timestamp}` and `{body}` stand for what was received.
    /// What it leaves out is not proved to be the vendor's.
    #[must_use]
    pub const fn signed(self, template: &'static str) -> Self {
        Self { signed: template, ..self }
    }

    /// The same with what tells deliveries apart in this header.
    #[must_use]
    pub const fn id(self, header: &'static str) -> Self {
        Self { id: Some(header), ..self }
    }

    /// The same with the time in this place.
    #[must_use]
    pub const fn timestamp(self, timestamp: Timestamp) -> Self {
        Self { timestamp, ..self }
    }

    /// The same with secrets that are written so.
    #[must_use]
    pub const fn secret(self, secret: Secret) -> Self {
        Self { secret, ..self }
    }

    /// Iterates over the values of the header of the signature that begin with a prefix, without it.
    pub(super) fn entries<'h>(
        &self,
        value: &'h str,
        prefix: &'static str,
    ) -> impl Iterator<Item = &'h str> {
        let separator = self.separator;
        let values = value.split(move |it| Some(it) == separator);
        values.filter_map(move |it| it.trim().strip_prefix(prefix))
    }

    /// Returns the bytes of a signature, if it is written as it should be.
    pub(super) fn decode(&self, text: &str) -> Option<Vec<u8>> {
        match self.encoding {
            Encoding::Hex => from_hex(text),
            Encoding::Base64 => BASE64.decode(text).ok(),
        }
    }

    /// Returns a signature as it is written.
    pub(super) fn encode(&self, signature: &[u8]) -> String {
        match self.encoding {
            Encoding::Hex => to_hex(signature),
            Encoding::Base64 => BASE64.encode(signature),
        }
    }
}
