//! The nodes of a tree of JSON by number: the root is 0, and each node comes before those in it.

use fastrand::Rng;
use serde_json::Value;

/// Returns how many nodes there are.
pub fn size(tree: &Value) -> usize {
    1 + children(tree).map(size).sum::<usize>()
}

fn children(tree: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match tree {
        Value::Array(items) => Box::new(items.iter()),
        Value::Object(members) => Box::new(members.values()),
        _ => Box::new(std::iter::empty()),
    }
}

/// Returns the number of any node.
pub fn any(tree: &Value, random: &mut Rng) -> usize {
    random.usize(..size(tree))
}

/// Returns a copy of a node; null if there is none of that number.
pub fn get(tree: &Value, number: usize) -> Value {
    match number.checked_sub(1) {
        None => tree.clone(),
        Some(rest) => {
            let found = child(tree, rest);
            let below = found.and_then(|(index, rest)| Some((children(tree).nth(index)?, rest)));
            below.map(|(child, rest)| get(child, rest)).unwrap_or_default()
        }
    }
}

/// Puts a value in the place of a node.
pub fn put(tree: &mut Value, number: usize, value: Value) {
    match parent(tree, number) {
        Some((Value::Array(items), index)) => items[index] = value,
        Some((Value::Object(members), index)) => {
            if let Some(member) = members.values_mut().nth(index) {
                *member = value;
            }
        }
        _ => *tree = value,
    }
}

/// Returns what a node is in, and its index there. The root is in nothing.
pub fn parent(tree: &mut Value, number: usize) -> Option<(&mut Value, usize)> {
    let (index, rest) = child(tree, number.checked_sub(1)?)?;
    if rest == 0 {
        return Some((tree, index));
    }
    match tree {
        Value::Array(items) => parent(items.get_mut(index)?, rest),
        Value::Object(members) => parent(members.values_mut().nth(index)?, rest),
        _ => None,
    }
}

/// The index of the child that a number leads to, and the number that the node has in it.
fn child(tree: &Value, number: usize) -> Option<(usize, usize)> {
    let mut rest = number;
    for (index, child) in children(tree).enumerate() {
        let size = size(child);
        if rest < size {
            return Some((index, rest));
        }
        rest -= size;
    }
    None
}

/// Returns the pointer to a node, as RFC 6901, section 3 has it.
pub fn pointer(tree: &Value, number: usize) -> String {
    let Some((index, rest)) = number.checked_sub(1).and_then(|it| child(tree, it)) else {
        return String::new();
    };
    let name = match tree {
        Value::Object(members) => members.keys().nth(index).cloned().unwrap_or_default(),
        _ => index.to_string(),
    };
    let below = children(tree).nth(index).map(|it| pointer(it, rest)).unwrap_or_default();
    format!("/{}{below}", name.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nodes_are_numbered_from_the_root() {
        let mut tree = json!({"a": [1, {"b/c": 2}], "d": 3});
        let pointers: Vec<_> = (0..size(&tree)).map(|it| pointer(&tree, it)).collect();
        assert_eq!(pointers, ["", "/a", "/a/0", "/a/1", "/a/1/b~1c", "/d"]);
        for (number, pointer) in pointers.iter().enumerate() {
            assert_eq!(Some(&get(&tree, number)), tree.pointer(pointer));
        }
        put(&mut tree, 4, json!("new"));
        assert_eq!(tree, json!({"a": [1, {"b/c": "new"}], "d": 3}));
        assert!(parent(&mut tree, 0).is_none());
        assert_eq!(parent(&mut tree, 5).map(|(_, index)| index), Some(1));
    }
}
