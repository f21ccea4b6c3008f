package io.trellisdb.sql.write;

import io.trellisdb.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an INSERT does with a row whose key exists. */
sealed interface Conflict {
    /** The statement fails. */
    record Fail() implements Conflict {}

    /** The row is replaced: UPSERT. */
    record Replace() implements Conflict {}

    /** The row is left out, when it collides in the arbiter, or anywhere with {@code any}. */
    record Skip(boolean any, @Nullable UniqueKey arbiter) implements Conflict {}

    /**
     * The existing row is changed.
     *
     * @param arbiter the unique index that may collide, null for the primary key
     * @param assignments over the existing row, then the row that could not be inserted, then the statement's parameters
     * @param condition over the same, or null: rows for which it is not true stay as they are
     */
    record Change(
            @Nullable UniqueKey arbiter,
            List<Assignment> assignments,
            @Nullable Expression condition) implements Conflict {
        public Change {
            assignments = List.copyOf(assignments);
        }
    }
}
