//! Names of files and folders that come from somebody's text: short, readable, and each its own.

/// The most bytes of a name that is made of another text: as many as registries take for a package.
///
/// Common file systems take 255 bytes, encrypted ones 143. A compiler puts a package's name twice into the name of one
/// file, with hashes beside. And Windows takes 260 characters for a whole path, in which the folders of a registry or a
/// checkout, a package and a module stand.
pub const LONGEST: usize = 64;

/// The digits of the hash.
const DIGITS: usize = 8;

/// Returns the name, or if it is longer than that its beginning and a hash of the whole, the same at any time and
/// anywhere. What stands between the two is a separator of such names.
pub fn short(name: String, separator: char, longest: usize) -> String {
    if name.len() <= longest {
        return name;
    }
    let kept = longest.saturating_sub(DIGITS + separator.len_utf8());
    let end = (0..=kept).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
    let beginning = name.get(..end).unwrap_or_default().trim_end_matches(separator);
    format!("{beginning}{separator}{:08x}", hash(&name))
}

/// FNV-1a. Nobody gains by two names with one hash: they are told apart where that matters.
fn hash(name: &str) -> u32 {
    let step = |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    name.bytes().fold(0x811c_9dc5, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_long_is_cut_and_stays_its_own() {
        let cut = |name: &str| short(name.to_owned(), '_', LONGEST);
        let fits = "x".repeat(LONGEST);
        assert_eq!(cut(&fits), fits);
        let (one, other) = (cut(&format!("{fits}y")), cut(&format!("{fits}z")));
        assert_eq!(one, format!("{}_{:08x}", "x".repeat(55), hash(&format!("{fits}y"))));
        assert_ne!(one, other);
        assert_eq!((one.len(), cut(&"é".repeat(99)).len()), (LONGEST, LONGEST - 1));
        assert_eq!(cut(&format!("{}_{fits}", "x".repeat(54))).matches('_').count(), 1);
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!((hash(""), hash("foobar")), (0x811c_9dc5, 0xbf9c_f968));
    }
}
