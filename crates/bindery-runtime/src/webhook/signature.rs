//! Signatures: computed once for each secret, compared in constant time.

use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use super::Digest;

/// Base64, of which some leave the padding away.
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What is signed.
#[derive(Clone, Copy)]
pub(super) struct Signed<'a> {
    pub(super) template: &'a str,
    pub(super) id: Option<&'a str>,
    pub(super) timestamp: Option<&'a str>,
    pub(super) body: &'a [u8],
}

impl Signed<'_> {
    /// Shows the signed bytes one part after the other.
    fn each_part(&self, mut take: impl FnMut(&[u8])) {
        let mut rest = self.template;
        while let Some((before, after)) = rest.split_once('{') {
            take(before.as_bytes());
            rest = match after.split_once('}') {
                Some(("id", after)) => {
                    take(self.id.unwrap_or_default().as_bytes());
                    after
                }
                Some(("timestamp", after)) => {
                    take(self.timestamp.unwrap_or_default().as_bytes());
                    after
                }
                Some(("body", after)) => {
                    take(self.body);
                    after
                }
                _ => {
                    take(b"{");
                    after
                }
            };
        }
        take(rest.as_bytes());
    }
}

/// Whether one of these is the signature by a key.
pub(super) fn is_one_of(
    digest: Digest,
    key: &[u8],
    signed: &Signed<'_>,
    candidates: &[Vec<u8>],
) -> bool {
    match digest {
        Digest::Sha1 => is_one_of_by::<Hmac<Sha1>>(key, signed, candidates),
        Digest::Sha256 => is_one_of_by::<Hmac<Sha256>>(key, signed, candidates),
        Digest::Sha512 => is_one_of_by::<Hmac<Sha512>>(key, signed, candidates),
    }
}

/// The text is hashed once, however many candidates somebody sends.
fn is_one_of_by<M: Mac + KeyInit + Clone>(
    key: &[u8],
    signed: &Signed<'_>,
    candidates: &[Vec<u8>],
) -> bool {
    let mac = mac_of::<M>(key, signed);
    let is_equal = |candidate: &Vec<u8>| {
        mac.as_ref().is_some_and(|it| it.clone().verify_slice(candidate).is_ok())
    };
    candidates.iter().any(is_equal)
}

/// Returns the signature by a key.
pub(super) fn of(digest: Digest, key: &[u8], signed: &Signed<'_>) -> Vec<u8> {
    match digest {
        Digest::Sha1 => of_by::<Hmac<Sha1>>(key, signed),
        Digest::Sha256 => of_by::<Hmac<Sha256>>(key, signed),
        Digest::Sha512 => of_by::<Hmac<Sha512>>(key, signed),
    }
}

fn of_by<M: Mac + KeyInit>(key: &[u8], signed: &Signed<'_>) -> Vec<u8> {
    let mac = mac_of::<M>(key, signed);
    mac.map(|it| it.finalize().into_bytes().to_vec()).unwrap_or_default()
}

/// Returns the state of the signature with all that is signed in it. Keys of HMAC have any length.
fn mac_of<M: Mac + KeyInit>(key: &[u8], signed: &Signed<'_>) -> Option<M> {
    let mut mac = <M as KeyInit>::new_from_slice(key).ok()?;
    signed.each_part(|part| mac.update(part));
    Some(mac)
}

/// Returns the bytes that a text has in hexadecimal.
pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|it| it.to_digit(16)).collect();
    let digits = digits?;
    let (pairs, rest) = digits.as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| u8::try_from(high * 16 + low).ok());
    rest.is_empty().then(|| bytes.collect()).flatten()
}

/// Returns bytes in hexadecimal.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
