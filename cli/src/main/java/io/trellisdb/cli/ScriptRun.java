package io.trellisdb.cli;

import io.trellisdb.cli.output.ResultFormat;
import io.trellisdb.cli.script.ScriptStatement;
import io.trellisdb.cli.script.StatementReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Runs the statements of a script one after the other and prints what they give, up to the first that fails. */
final class ScriptRun {
    private static final Set<String> CHANGES = Set.of("insert", "upsert", "update", "delete", "merge");

    private final Connection connection;
    private final ResultFormat format;
    private final Streams streams;

    ScriptRun(Connection connection, ResultFormat format, Streams streams) {
        this.connection = connection;
        this.format = format;
        this.streams = streams;
    }

    /** The exit status. */
    int run(StatementReader script) throws IOException {
        for (Optional<ScriptStatement> next = script.next(); next.isPresent(); next = script.next()) {
            try {
                run(next.get().text());
            } catch (SQLException e) {
                streams.out().flush();
                String place = next.get().line() > 1
                        ? " (statement in line " + next.get().line() + ")"
                        : "";
                streams.err().println(Failures.sentence(e) + place);
                return Failures.FAILED;
            }
            streams.out().flush();
        }
        return 0;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    long count = format.print(rows, streams.out());
                    say("(" + count + (count == 1 ? " row)" : " rows)") + "\n");
                }
            } else if (CHANGES.contains(firstWord(sql))) {
                long count = statement.getLargeUpdateCount();
                say(count + (count == 1 ? " row changed" : " rows changed"));
            }
        }
    }

    private void say(String line) {
        if (format.isForPeople()) {
            streams.out().print(line + "\n");
        }
    }

    private static String firstWord(String sql) {
        int end = 0;
        while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
            end++;
        }
        return sql.substring(0, end).toLowerCase(Locale.ROOT);
    }
}
