//! One error for programs that call several APIs.

use std::any::Any;
use std::fmt;
use std::ops::Deref;

use super::Error;

/// The error of any call, whatever the vendor documents: what a program that uses several clients can return, with `?`.
///
/// All that an [`Error`] tells, it tells as well; the documented error is there for those who know its type.
///
/// ```
/// use bindery_runtime::{Error, UntypedError};
///
/// # #[derive(Debug, PartialEq)] struct Problem;
/// # async fn first() -> Result<u8, Error<Problem>> { Ok(1) }
/// # async fn second() -> Result<u8, Error<()>> { Ok(2) }
/// async fn both() -> Result<u8, UntypedError> {
///     Ok(first().await? + second().await?)
/// }
/// ```
pub struct UntypedError(Error<Documented>);

/// A documented error of any type.
type Documented = Box<dyn Any + Send + Sync>;

impl UntypedError {
    /// The documented error, if it is one of this type.
    #[must_use]
    pub fn api_of<E: Any>(&self) -> Option<&E> {
        self.0.api()?.downcast_ref()
    }
}

impl<E: Any + Send + Sync> Error<E> {
    /// The error without the type of what the vendor documents. `?` does the same.
    #[must_use]
    pub fn into_untyped(self) -> UntypedError {
        UntypedError(self.map_api(|error| Box::new(error) as Documented))
    }
}

impl<E: Any + Send + Sync> From<Error<E>> for UntypedError {
    fn from(error: Error<E>) -> Self {
        error.into_untyped()
    }
}

/// What all errors tell.
impl Deref for UntypedError {
    type Target = Error<Documented>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl fmt::Display for UntypedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for UntypedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl std::error::Error for UntypedError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.0)
    }
}
