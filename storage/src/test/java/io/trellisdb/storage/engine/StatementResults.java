package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.engine.Statements.Statement;

/** Whether a partition remembers what its last statements answered. */
final class StatementResults {
    private StatementResults() {}

    static void check(PartitionReader reader, Statements statements, long session, long last) {
        long lowest = statements.lowestKnownResult(last);
        assertEquals(lowest, reader.trimmedBelow(session));
        for (long number = Math.max(1, lowest); lowest > 0 && number <= last; number++) {
            Statement statement = statements.statement(number);
            if (statement.token() != null && statement.result() != null) {
                StoredResult found = reader.findResult(statement.token()).orElseThrow();
                assertEquals(text(statement.result()), text(found), "result of statement " + number);
            }
        }
    }

    private static String text(StoredResult result) {
        String rows = result.returning() == null
                ? ""
                : Readings.rows(result.returning()).toString();
        return result.updateCount() + " " + result.rowPositions() + " " + rows;
    }
}
