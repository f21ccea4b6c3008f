package io.trellisdb.sql;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.sql.session.MemoryBudget;
import io.trellisdb.sql.session.SessionState;
import io.trellisdb.storage.BatchCursor;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Loads classes and compiles hot code before users wait for it: each family of kernels, each operator, the metadata. */
final class WarmUp {
    private static final long MEMORY_BYTES = 64L << 20;
    private static final int ROUNDS = 3;

    private static final List<String> STATEMENTS = List.of(
            "SELECT 1",
            "SELECT a + 1, b || 'x', c * 2.5, CAST(a AS VARCHAR), UPPER(b), COALESCE(c, 0), CASE WHEN a > 1 THEN b END"
                    + " FROM (VALUES (1, 'p', 1.5), (2, 'q', 2.5)) AS t (a, b, c) WHERE a IN (1, 2, 3) AND b LIKE 'p%'",
            "SELECT b, COUNT(*), SUM(a), AVG(a), MIN(a), MAX(a) FROM (VALUES (1, 'p'), (2, 'q')) AS t (a, b)"
                    + " GROUP BY b HAVING COUNT(*) > 0 ORDER BY b LIMIT 10",
            "SELECT t.a, s.b FROM (VALUES (1), (2)) AS t (a) JOIN (VALUES (1, 'p'), (3, 'q')) AS s (a, b) ON t.a = s.a",
            "SELECT t.a, s.b FROM (VALUES (1), (2)) AS t (a)"
                    + " LEFT JOIN (VALUES (1, 'p'), (3, 'q')) AS s (a, b) ON t.a = s.a ORDER BY 1 DESC",
            "SELECT a FROM (VALUES (1), (2)) AS t (a) UNION SELECT a FROM (VALUES (2), (3)) AS s (a)",
            "SELECT a, ROW_NUMBER() OVER (ORDER BY a), SUM(a) OVER (ORDER BY a) FROM (VALUES (1), (2)) AS t (a)",
            "SELECT a FROM (VALUES (1), (2)) AS t (a) WHERE EXISTS (SELECT 1 FROM (VALUES (1)) AS s (b) WHERE b = a)",
            "SELECT TIMESTAMP '2024-01-01 10:00:00' + INTERVAL '1' HOUR, EXTRACT(YEAR FROM DATE '2024-01-01')",
            "WITH r AS (SELECT 1 AS a) SELECT DISTINCT a FROM r",
            "SHOW DATABASES",
            "SHOW TABLES",
            "SHOW SESSIONS",
            "SELECT * FROM information_schema.columns WHERE table_schema = 'public'",
            "SHOW ALL");

    private final SqlEngine engine;
    private final SessionState session = new SessionState(0, "system", DatabaseDescriptor.DEFAULT_NAME);

    WarmUp(SqlEngine engine) {
        this.engine = engine;
    }

    void run() {
        for (int round = 0; round < ROUNDS; round++) {
            for (String sql : STATEMENTS) {
                // another text each time, so that planning runs again
                run(sql + " ".repeat(round));
            }
        }
    }

    private void run(String sql) {
        MemoryBudget memory = new MemoryBudget(MEMORY_BYTES, new AtomicLong(MEMORY_BYTES));
        ExecutionRequest request = new ExecutionRequest(List.of(), null, Long.MAX_VALUE, List.of(), memory);
        ExecutionResult result = engine.execute(session, engine.prepare(session, sql), request);
        if (result instanceof ExecutionResult.Rows rows) {
            try (BatchCursor cursor = rows.cursor()) {
                Batch batch = cursor.next();
                while (batch != null) {
                    batch = cursor.next();
                }
            }
        }
    }
}
