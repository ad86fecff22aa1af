//! `table!`: one declaration of a table from which come the typed struct, the code that reads it,
//! its part of the JSON Schema and its part of the reference.

/// Declares a table of the scenario file.
///
/// Each line is a key: its meaning as a doc comment, the name, the type it has when read, its unit,
/// what it may hold (a [`super::spec::Spec`]) and whether it must be there (a
/// [`super::presence::Presence`]).
macro_rules! table {
    (
        $(#[doc = $about:literal])+
        $name:ident {
            $(
                $(#[doc = $meaning:literal])+
                $key:ident: $type:ty = ($unit:literal, $spec:expr, $presence:expr $(,)?),
            )*
        }
        $(elsewhere [$($word:literal),* $(,)?])?
        $(alternatives [$([$($alternative:literal),*]),* $(,)?])?
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug)]
        pub struct $name {
            /// Where the table was written.
            #[allow(dead_code, reason = "not every table is asked for its place")]
            pub at: $crate::scenario::reader::At,
            $(
                $(#[doc = $meaning])+
                pub $key: $crate::scenario::reader::Field<$type>,
            )*
        }

        impl $crate::scenario::reader::Table for $name {
            const KEYS: &'static [&'static str] = &[$(stringify!($key)),*];
            const ELSEWHERE: &'static [&'static str] = &[$($($word),*)?];
            const ALTERNATIVES: &'static [&'static [&'static str]] =
                &[$($(&[$($alternative),*]),*)?];

            fn read(
                node: &$crate::scenario::node::Node,
                path: &str,
                reader: &mut $crate::scenario::reader::Reader<'_>,
            ) -> Self {
                Self {
                    at: $crate::scenario::reader::At {
                        place: node.place,
                        path: path.to_owned(),
                    },
                    $($key: reader.field(node, path, stringify!($key), &$spec, $presence),)*
                }
            }

            fn describe() -> $crate::scenario::kind::TableDescription {
                use $crate::scenario::spec::Spec as _;
                $crate::scenario::kind::TableDescription {
                    about: concat!($($about),+).trim_ascii_start(),
                    keys: vec![$(
                        $crate::scenario::kind::KeyDescription {
                            key: stringify!($key),
                            unit: $unit,
                            kind: $spec.kind(),
                            presence: $presence,
                            meaning: concat!($($meaning),+).trim_ascii_start(),
                        },
                    )*],
                    elsewhere: Self::ELSEWHERE,
                    alternatives: Self::ALTERNATIVES,
                }
            }
        }
    };
}
pub(super) use table;
