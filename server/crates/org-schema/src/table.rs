//! Enumerations as tables.

/// An enumeration in which each variant has a row: its names, and what else is known of it. Makes the type,
/// `ALL` in the order of the table, and `row`, for the functions that give a column.
#[macro_export]
macro_rules! table {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident: $row:ty {
            $($(#[$doc:meta])* $variant:ident = $value:expr,)+
        }
    ) => {
        $(#[$meta])*
        $vis enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// All of them, in the order of the table.
            $vis const ALL: [Self; [$(stringify!($variant)),+].len()] = [$(Self::$variant),+];

            const fn row(self) -> $row {
                match self {
                    $(Self::$variant => $value,)+
                }
            }
        }
    };
}
