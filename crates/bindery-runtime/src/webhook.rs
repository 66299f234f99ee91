//! Webhooks: whether a delivery is from the vendor, and what it holds.
//!
//! A vendor signs each delivery with a secret that it shares with the receiver. A [`Verifier`] recomputes the signature
//! by the vendor's [`Scheme`] and compares the two in constant time; only then is there a [`Delivery`], whose
//! [`payload`](Delivery::payload) decodes the body.
//!
//! ```
//! use std::time::{Duration, SystemTime};
//! use bindery_runtime::webhook::Verifier;
//!
//! # #[derive(serde::Deserialize)]
//! # struct Created { id: String }
//! let verifier = Verifier::standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")?;
//! // What a server has received. In a test, the verifier signs as the vendor would.
//! let body = r#"{"id": "a"}"#;
//! let headers = verifier.sign("msg_1", SystemTime::now(), body);
//!
//! let delivery = verifier.verify(&headers, body)?;
//! let created: Created = delivery.payload()?;
//! assert_eq!(created.id, "a");
//! assert!(verifier.verify(&headers, r#"{"id": "b"}"#).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod delivery;
mod error;
mod scheme;
mod signature;

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretSlice, SecretString};

pub use delivery::Delivery;
pub use error::{SecretError, VerifyError};
pub use scheme::{Digest, Encoding, Scheme, Secret, Timestamp};
use signature::{BASE64, Signed};

/// How far the clocks of vendor and receiver may be apart, and how long a delivery may take.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// Verifies that deliveries are from the vendor.
///
/// `Debug` shows the scheme and how many secrets there are, never a secret. Neither does any error.
#[derive(Clone)]
pub struct Verifier {
    scheme: Scheme,
    keys: Vec<SecretSlice<u8>>,
    tolerance: Duration,
}

impl Verifier {
    /// Creates a verifier of the [Standard Webhooks](https://www.standardwebhooks.com) scheme. The secret is in base64,
    /// with or without `whsec_` before it.
    ///
    /// # Errors
    ///
    /// If the secret is empty or is no base64.
    pub fn standard(secret: impl Into<SecretString>) -> Result<Self, SecretError> {
        Self::new(Scheme::STANDARD, secret)
    }

    /// Creates a verifier of a vendor's own scheme.
    ///
    /// # Errors
    ///
    /// If the secret is empty, or is not encoded as the scheme says.
    pub fn new(scheme: Scheme, secret: impl Into<SecretString>) -> Result<Self, SecretError> {
        let verifier = Self { scheme, keys: Vec::new(), tolerance: TOLERANCE };
        verifier.with_secret(secret)
    }

    /// Takes another secret beside the first: while a secret is replaced, deliveries are signed with either.
    ///
    /// # Errors
    ///
    /// If the secret is empty, or is not encoded as the scheme says.
    pub fn with_secret(mut self, secret: impl Into<SecretString>) -> Result<Self, SecretError> {
        self.keys.push(key(self.scheme.secret, &secret.into())?);
        Ok(self)
    }

    /// How far the time in a delivery may be from that of this machine, in either direction. 5 minutes unless set. A
    /// delivery without a time has none to compare.
    #[must_use]
    pub fn with_tolerance(self, tolerance: Duration) -> Self {
        Self { tolerance, ..self }
    }

    /// Returns the delivery if it is from the vendor. The body has to be the bytes that were received: JSON that was
    /// read and written again has another signature.
    ///
    /// # Errors
    ///
    /// If a header is missing or malformed, if the time is too far from now, or if no signature is that of a secret.
    pub fn verify(
        &self,
        headers: &HeaderMap,
        body: impl Into<Bytes>,
    ) -> Result<Delivery, VerifyError> {
        self.verify_at(headers, body, SystemTime::now())
    }

    /// Returns the delivery if it is from the vendor, as if it were this time now. For tests.
    ///
    /// # Errors
    ///
    /// As those of [`verify`](Self::verify).
    pub fn verify_at(
        &self,
        headers: &HeaderMap,
        body: impl Into<Bytes>,
        now: SystemTime,
    ) -> Result<Delivery, VerifyError> {
        let body = body.into();
        let scheme = &self.scheme;
        let value = header(headers, scheme.signature)?;
        let id = scheme.id.map(|name| header(headers, name)).transpose()?;
        let (time_header, time) = match scheme.timestamp {
            Timestamp::None => ("", None),
            Timestamp::Header(name) => (name, Some(header(headers, name)?)),
            Timestamp::BesideSignature(prefix) => {
                let time = scheme.entries(value, prefix).next();
                let malformed = VerifyError::Malformed { header: scheme.signature };
                (scheme.signature, Some(time.ok_or(malformed)?))
            }
        };
        let sent_at =
            time.map(|it| seconds(it).ok_or(VerifyError::Malformed { header: time_header }));
        let sent_at = sent_at.transpose()?;
        sent_at.map_or(Ok(()), |it| self.is_recent(it, now))?;

        let candidates = scheme.entries(value, scheme.prefix);
        let candidates: Vec<Vec<u8>> = candidates.filter_map(|it| scheme.decode(it)).collect();
        if candidates.is_empty() {
            return Err(VerifyError::Malformed { header: scheme.signature });
        }
        let signed = Signed { template: scheme.signed, id, timestamp: time, body: &body };
        let is_ours = |key: &SecretSlice<u8>| {
            signature::is_one_of(scheme.digest, key.expose_secret(), &signed, &candidates)
        };
        if !self.keys.iter().any(is_ours) {
            return Err(VerifyError::Mismatch);
        }
        Ok(Delivery::verified(id, sent_at, body))
    }

    fn is_recent(&self, sent_at: SystemTime, now: SystemTime) -> Result<(), VerifyError> {
        match now.duration_since(sent_at) {
            Ok(age) if age > self.tolerance => Err(VerifyError::TooOld),
            Err(ahead) if ahead.duration() > self.tolerance => Err(VerifyError::TooNew),
            _ => Ok(()),
        }
    }

    /// Returns the headers with which the vendor would send a body, signed with the first secret. For tests of what
    /// receives webhooks.
    #[must_use]
    pub fn sign(&self, id: &str, at: SystemTime, body: impl AsRef<[u8]>) -> HeaderMap {
        let scheme = &self.scheme;
        let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
        let time = since.as_secs().to_string();
        let signed = Signed {
            template: scheme.signed,
            id: scheme.id.map(|_| id),
            timestamp: Some(&time),
            body: body.as_ref(),
        };
        let key = self.keys.first().map(|it| it.expose_secret()).unwrap_or_default();
        let signature = scheme.encode(&signature::of(scheme.digest, key, &signed));
        let mut value = format!("{}{signature}", scheme.prefix);
        let mut headers = HeaderMap::new();
        let mut add = |name: &str, value: &str| {
            if let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name), HeaderValue::try_from(value))
            {
                headers.insert(name, value);
            }
        };
        match scheme.timestamp {
            Timestamp::None => {}
            Timestamp::Header(name) => add(name, &time),
            Timestamp::BesideSignature(prefix) => {
                let separator = scheme.separator.map(String::from).unwrap_or_default();
                value = format!("{prefix}{time}{separator}{value}");
            }
        }
        if let Some(name) = scheme.id {
            add(name, id);
        }
        add(scheme.signature, &value);
        headers
    }
}

/// Returns the value of a header. Where there are several, nobody can say which one is signed.
fn header<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h str, VerifyError> {
    let mut values = headers.get_all(name).iter();
    let first = values.next().ok_or(VerifyError::Missing { header: name })?;
    let only = Some(first).filter(|_| values.next().is_none());
    let text = only.and_then(|it| it.to_str().ok()).map(str::trim);
    text.filter(|it| !it.is_empty()).ok_or(VerifyError::Malformed { header: name })
}

/// Returns the time that so many seconds are since the beginning of 1970.
fn seconds(text: &str) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_secs(text.parse().ok()?))
}

/// Returns the key that a secret stands for.
fn key(encoding: Secret, secret: &SecretString) -> Result<SecretSlice<u8>, SecretError> {
    let text = secret.expose_secret();
    let key = match encoding {
        Secret::Text => text.as_bytes().to_vec(),
        Secret::Base64 { prefix } => {
            let encoded = text.strip_prefix(prefix).unwrap_or(text);
            BASE64.decode(encoded).map_err(|_| SecretError::NotBase64)?
        }
    };
    match key.is_empty() {
        true => Err(SecretError::Empty),
        false => Ok(key.into()),
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("scheme", &self.scheme)
            .field("secrets", &self.keys.len())
            .field("tolerance", &self.tolerance)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
