package io.trellisdb.jdbc.wire;

import io.trellisdb.protocol.message.RowSet;
import io.trellisdb.protocol.message.StatementKind;
import org.jspecify.annotations.Nullable;

/** What an executed statement gives. */
public sealed interface Outcome {
    /** Rows, which hold a cursor on the server until they are read to the end or closed. */
    record Rows(RowSource rows) implements Outcome {}

    /** A count, -2 when the statement is held back until COMMIT. */
    record Count(
            StatementKind kind, long updateCount, @Nullable RowSet generatedKeys) implements Outcome {}
}
