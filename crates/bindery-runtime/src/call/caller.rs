//! Who makes a call, and how.

use std::fmt;

use crate::{CallOptions, Client};

/// The client that makes a call, and what the call does otherwise than its client. [`Client::caller`] makes one.
#[derive(Clone)]
pub struct Caller {
    pub(crate) client: Client,
    pub(crate) options: CallOptions,
    /// The url of the page that is asked for, in place of what the operation says.
    pub(crate) target: Option<String>,
}

impl Caller {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, options: CallOptions::default(), target: None }
    }

    /// Asks for the page at this url, which the vendor has given, see [`Request::at`](crate::Request::at).
    pub fn turn_to(&mut self, url: impl Into<String>) {
        self.target = Some(url.into());
    }

    pub(super) fn change(&mut self, change: impl FnOnce(CallOptions) -> CallOptions) {
        self.options = change(std::mem::take(&mut self.options));
    }
}

/// The options are all that differs from call to call.
impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller").field("options", &self.options).finish_non_exhaustive()
    }
}
