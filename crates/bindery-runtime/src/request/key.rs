//! Idempotency keys: by them a vendor recognises a call that arrives twice.

/// Where the key goes if the operation declares no header for it, as the draft of the IETF has it
/// (draft-ietf-httpapi-idempotency-key-header).
pub(super) const HEADER: &str = "idempotency-key";

/// A UUID of version 4 (RFC 9562 §5.4): a vendor may insist on the form, and nobody else may have it.
pub(super) fn make() -> Result<String, String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| format!("there is no chance to make an idempotency key of: {error}"))?;
    Ok(spell(u128::from_be_bytes(bytes)))
}

fn spell(random: u128) -> String {
    let version = random & !(0xf << 76) | (0x4 << 76);
    let uuid = version & !(0x3 << 62) | (0x2 << 62);
    let hex = format!("{uuid:032x}");
    let groups = [0..8, 8..12, 12..16, 16..20, 20..32];
    groups.map(|group| hex.get(group).unwrap_or_default()).join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_uuid_of_version_4_and_new_each_time() {
        assert_eq!(spell(0), "00000000-0000-4000-8000-000000000000");
        assert_eq!(spell(u128::MAX), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_ne!(make().unwrap(), make().unwrap());
    }
}
