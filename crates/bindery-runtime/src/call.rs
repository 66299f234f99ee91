//! A call of an operation, as a value: what every generated request is, and the ways to send it.

mod caller;
mod raw;
mod sending;

use crate::{Answer, CallOptions, Download, Error, Operation, Request, Response};
pub use caller::Caller;
pub use raw::RawCall;
pub use sending::Sending;

/// What a call gives.
pub type Outcome<C> = Result<<C as Call>::Output, Error<<C as Call>::Error>>;

/// A call that is being sent.
pub type CallFuture<C> = Sending<<C as Call>::Output, <C as Call>::Error>;

/// A request of an operation: what is sent, and what comes back.
///
/// Generated requests implement it in a few lines; the ways to send stand here. A call can be awaited as it is, so that
/// the trait has to be imported only by those who want more than the body of the answer.
///
/// ```
/// use bindery_runtime::{Call, Caller, Client, Error, Method, Operation, Request, Response};
///
/// #[derive(Clone, Debug)]
/// struct GetName { caller: Caller, id: String }
///
/// impl Call for GetName {
///     type Output = String;
///     type Error = ();
///     const OPERATION: &'static Operation =
///         &Operation::new("get_name", Method::GET, "/names/{id}").accept("application/json");
///     fn caller(&mut self) -> &mut Caller {
///         &mut self.caller
///     }
///     fn write(&self, request: &mut Request) {
///         request.path("id", &self.id);
///     }
///     fn read(response: Response) -> Result<String, Error<()>> {
///         match response.status().as_u16() {
///             200 => response.json(),
///             _ => response.unlisted_json(),
///         }
///     }
/// }
///
/// # async fn example(client: Client) -> Result<(), Error<()>> {
/// let name = GetName { caller: client.caller(), id: "n-1".to_owned() }.send().await?;
/// # Ok(())
/// # }
/// ```
pub trait Call: Sized + Send + 'static {
    /// What a success gives.
    type Output: Send + 'static;
    /// What the vendor documents as an error.
    type Error: Send + 'static;
    /// The operation: what layers and errors know it by, see [`CallContext::operation`](crate::CallContext::operation).
    const OPERATION: &'static Operation;

    /// Who makes the call, and how.
    fn caller(&mut self) -> &mut Caller;

    /// Puts the parameters and the body into the request.
    fn write(&self, request: &mut Request);

    /// Decides by the status what an answer is.
    ///
    /// # Errors
    ///
    /// When the vendor answers with an error, with a status that it does not document, or with a body that does
    /// not decode.
    fn read(response: Response) -> Outcome<Self>;

    /// Changes how this call is made: with more headers, query parameters or members of the body, with another
    /// credential, with other limits of time or size, with other retries.
    #[must_use]
    fn with_options(mut self, change: impl FnOnce(CallOptions) -> CallOptions) -> Self {
        self.caller().change(change);
        self
    }

    /// Sends the request. To await the call itself does the same.
    ///
    /// # Errors
    ///
    /// When the request cannot be sent, when the vendor answers with an error, with a status that it does not
    /// document, or with a body that does not decode. The error keeps status, headers and body. A 2xx that is not
    /// documented is taken for the one success that is, if its body fits, and never for a documented error.
    fn send(self) -> CallFuture<Self> {
        Sending::whole(self.into_request(), Self::read)
    }

    /// Sends the request, and gives the status, the headers and the number of attempts beside the body.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send).
    fn send_with_meta(self) -> Sending<Answer<Self::Output>, Self::Error> {
        Sending::whole(self.into_request(), |response| response.answer(Self::read))
    }

    /// Sends the request, and gives the answer as it is, whatever its status: with its body unread.
    ///
    /// # Errors
    ///
    /// When the request cannot be sent, or when no answer comes.
    fn send_raw(self) -> Sending<Download, Self::Error> {
        Sending::unread(self.into_request(), |_| true, |response| response.download(Self::read))
    }

    /// Sends the request and waits for the answer, in a program that is not asynchronous. The first call of a client
    /// that does so starts a thread that looks after its connections; it ends with the client and its clones.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send); and on a thread of an asynchronous program, whose other work would stand still.
    #[cfg(feature = "blocking")]
    fn send_blocking(mut self) -> Outcome<Self> {
        let client = self.caller().client.clone();
        client.block_on(Self::OPERATION, self.send())?
    }

    /// The request that would be sent.
    fn into_request(mut self) -> Request {
        let caller = self.caller();
        let (client, target) = (caller.client.clone(), caller.target.take());
        let mut request = client.request(Self::OPERATION);
        request.options(caller.options.clone());
        self.write(&mut request);
        if let Some(target) = target {
            request.at(target);
        }
        request
    }
}

/// A call whose success is a body of bytes or of events, which may be too large for memory, or have no end.
pub trait Streamed: Call {
    /// Whether an answer with this status has that body. A success that is not documented may have another, such as a
    /// part of it.
    fn is_streamed(status: u16) -> bool;

    /// Sends the request, and gives the body as it arrives, whatever its size.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Call::send), but for a body that breaks off: of that, [`Download`] tells.
    fn send_streaming(self) -> Sending<Download, Self::Error> {
        Sending::unread(self.into_request(), Self::is_streamed, |response| {
            response.download(Self::read)
        })
    }
}
