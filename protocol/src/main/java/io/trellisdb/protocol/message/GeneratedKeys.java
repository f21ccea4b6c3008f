package io.trellisdb.protocol.message;

import java.util.List;

/** Which values of inserted rows a client wants back. */
public sealed interface GeneratedKeys {
    /** None. */
    record None() implements GeneratedKeys {}

    /** The columns that the database fills itself (IDENTITY); the primary key where there are none. */
    record Identity() implements GeneratedKeys {}

    /** The columns with these names. */
    record Columns(List<String> names) implements GeneratedKeys {
        public Columns {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("generated keys of no columns");
            }
        }
    }

    static GeneratedKeys none() {
        return new None();
    }
}
