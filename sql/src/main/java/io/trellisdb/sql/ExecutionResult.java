package io.trellisdb.sql;

import io.trellisdb.storage.BatchCursor;
import java.util.List;

/** What an execution gives. */
public sealed interface ExecutionResult {
    /** Rows, to be read to the end or closed. */
    record Rows(List<ResultColumn> columns, BatchCursor cursor) implements ExecutionResult {
        public Rows {
            columns = List.copyOf(columns);
        }
    }

    /** A count of changed rows; {@code returned} has the rows of RETURNING or generated keys, and no columns when none were asked for. */
    record Updated(long count, Rows returned) implements ExecutionResult {}

    /** Done without rows or count; {@code tag} is the command's name, such as {@code CREATE TABLE}; notices say what was passed over. */
    record Done(String tag, List<String> notices) implements ExecutionResult {
        public Done {
            notices = List.copyOf(notices);
        }

        public Done(String tag) {
            this(tag, List.of());
        }
    }
}
