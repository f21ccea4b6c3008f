package io.trellisdb.bench.side;

import io.trellisdb.bench.data.Cpu;
import io.trellisdb.bench.data.DataSet;
import io.trellisdb.bench.peer.DuckDbPeer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The answers that every system must give: those of DuckDB in memory, asked before anything is measured. */
final class Reference {
    private static final int BATCH_ROWS = 100_000;
    private static final Duration LONGEST_LOAD = Duration.ofHours(1);

    private final Map<CpuQuery, List<Answer>> answers = new EnumMap<>(CpuQuery.class);

    private Reference() {}

    static Reference ask(DataSet data, List<CpuQuery> queries) throws SQLException {
        Reference reference = new Reference();
        if (queries.isEmpty()) {
            return reference;
        }
        Cpu cpu = new Cpu(data.shape().hosts());
        try (Connection connection = DuckDbPeer.inMemory()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(Dialect.DUCKDB.createTable("cpu", data.shape().hosts()));
            }
            Connection loading =
                    connection.unwrap(org.duckdb.DuckDBConnection.class).duplicate();
            try (RowWriter writer = new DuckDbRowWriter(loading, "cpu", cpu)) {
                new Load(BATCH_ROWS, LONGEST_LOAD).run(data.ordered(), writer);
            }
            for (CpuQuery query : queries) {
                reference.answers.put(query, new QueryTimer(query, Dialect.DUCKDB, data.shape()).answers(connection));
            }
        }
        return reference;
    }

    List<Answer> answers(CpuQuery query) {
        return answers.getOrDefault(query, List.of());
    }
}
