//! The macros that views are made with.

/// Defines a view, and a method for each member that is read of it.
macro_rules! view {
    ($(#[$doc:meta])* $view:ident: $object:ident { $($members:tt)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub(crate) struct $view<'n, T = &'n $crate::node::Node> {
            value: T,
            lifetime: std::marker::PhantomData<&'n ()>,
        }

        impl<'n, T: Tree<'n>> $view<'n, T> {
            pub(crate) fn of(value: T) -> Self {
                Self { value, lifetime: std::marker::PhantomData }
            }
        }

        impl<'n, T: Tree<'n>> $crate::openapi::model::View<'n, T> for $view<'n, T> {
            fn of(value: T) -> Self {
                Self::of(value)
            }

            fn value(&self) -> T {
                self.value
            }
        }

        members!($view: $object { $($members)* });
    };
}

/// Defines a method for each member that is read of an object.
macro_rules! members {
    ($view:ident: $object:ident { $($method:ident: $how:ident $($of:ident)? $name:literal,)* }) => {
        #[allow(dead_code, reason = "not every view is asked for its place")]
        impl<'n, T: Tree<'n>> $view<'n, T> {
            /// What the view is of.
            pub(crate) fn node(self) -> T {
                self.value
            }

            pub(crate) fn span(self) -> &'n $crate::source::Span {
                self.value.span()
            }
        }

        impl<'n, T: Tree<'n>> $view<'n, T> {
            $(member!($method $how $($of)? $name);)*
        }

        #[cfg(test)]
        impl $view<'static> {
            /// The object that the view is of, and the members that it reads.
            pub(super) const READS: (&'static $crate::openapi::ObjectType, &'static [&'static str]) =
                (&$crate::openapi::tables::$object, &[$($name),*]);
        }
    };
}

/// Defines the method for one member: `value` gives it as it is, the others as what the standard has it hold.
macro_rules! member {
    ($method:ident value $name:literal) => {
        pub(crate) fn $method(self) -> Option<T> {
            self.value.get($name)
        }
    };
    ($method:ident text $name:literal) => {
        pub(crate) fn $method(self) -> Option<&'n str> {
            self.value.get($name)?.as_str()
        }
    };
    ($method:ident flag $name:literal) => {
        pub(crate) fn $method(self) -> bool {
            self.value.get($name).and_then(T::as_bool) == Some(true)
        }
    };
    ($method:ident has $name:literal) => {
        pub(crate) fn $method(self) -> bool {
            self.value.get($name).is_some()
        }
    };
    ($method:ident values $name:literal) => {
        pub(crate) fn $method(self) -> impl Iterator<Item = T> {
            self.value.get($name).into_iter().flat_map(T::items)
        }
    };
    ($method:ident texts $name:literal) => {
        pub(crate) fn $method(self) -> impl Iterator<Item = &'n str> {
            self.value.get($name).into_iter().flat_map(T::items).filter_map(T::as_str)
        }
    };
    ($method:ident one $of:ident $name:literal) => {
        pub(crate) fn $method(self) -> Option<$of<'n, T>> {
            self.value.get($name).map($of::of)
        }
    };
    ($method:ident list $of:ident $name:literal) => {
        pub(crate) fn $method(self) -> impl Iterator<Item = $of<'n, T>> {
            self.value.get($name).into_iter().flat_map(T::items).map($of::of)
        }
    };
    ($method:ident map $of:ident $name:literal) => {
        pub(crate) fn $method(self) -> impl Iterator<Item = (&'n str, $of<'n, T>)> {
            let members = self.value.get($name).into_iter().flat_map(T::members);
            members.map(|(name, value)| (name, $of::of(value)))
        }
    };
}
