package io.trellisdb.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import sqlline.SqlLine;

/** sqlline with our defaults. */
final class Shell {
    private static final String HISTORY = ".trellis_history";

    private Shell() {}

    /** Reads from the terminal until the user leaves; the exit status. */
    static int run(String url, Streams streams) throws SQLException, IOException {
        // Held until the shell ends: a failure is reported in our words, and an embedded node starts only once.
        try (Connection connection = Connections.open(url)) {
            streams.out()
                    .println("Trellis " + connection.getMetaData().getDatabaseProductVersion() + " at " + url
                            + ". End statements with ;  !tables lists tables, !help the rest, !quit leaves.");
            streams.out().flush();
            String[] arguments = {
                "-u",
                url,
                "-d",
                "io.trellisdb.jdbc.TrellisDriver",
                "-n",
                "",
                "-p",
                "",
                "--connectInteractionMode=notAskCredentials",
                "--isolation=TRANSACTION_READ_COMMITTED",
                "--fastConnect=true",
                "--maxWidth=10000",
                "--maxColumnWidth=10000",
                "--prompt=trellis> ",
                "--historyFile=" + Path.of(System.getProperty("user.home"), HISTORY)
            };
            return new SqlLine().begin(arguments, null, true) == SqlLine.Status.OK ? 0 : Failures.FAILED;
        }
    }
}
