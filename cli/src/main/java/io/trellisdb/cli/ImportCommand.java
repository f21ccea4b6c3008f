package io.trellisdb.cli;

import io.trellisdb.cli.load.CsvLoad;
import io.trellisdb.cli.load.CsvSource;
import io.trellisdb.cli.load.TableGuess;
import io.trellisdb.cli.load.TableName;
import io.trellisdb.cli.output.ProgressBar;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Loads a CSV file. */
@Command(
        name = "import",
        description =
                "Loads a CSV file with a header line into a table, by batches. An empty field is NULL, \"\" is an empty"
                        + " text. A value that does not fit ends the import with its line and column; the rows of earlier batches stay.")
final class ImportCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(index = "0", paramLabel = "FILE", description = "CSV in UTF-8; packed if it ends in .gz.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Parameters(
            index = "1",
            paramLabel = "URL",
            arity = "0..1",
            defaultValue = Connections.DEFAULT_URL,
            description = "Default: ${DEFAULT-VALUE}")
    private String url = Connections.DEFAULT_URL;

    @Option(names = "--into", paramLabel = "TABLE", required = true, description = "[DATABASE.]TABLE to load into.")
    private String into = "";

    @Option(
            names = "--create",
            description =
                    "Creates the table first, with types guessed from all values of the file, and prints the statement.")
    private boolean isCreate;

    @Option(
            names = "--key",
            paramLabel = "COLUMN",
            split = ",",
            description = "With --create: the columns of the primary key.")
    private List<String> key = List.of();

    @Option(names = "--upsert", description = "Replaces rows with the same key instead of refusing them.")
    private boolean isUpsert;

    @Option(
            names = "--batch",
            paramLabel = "ROWS",
            defaultValue = "" + CsvLoad.BATCH_ROWS_DEFAULT,
            description = "Rows in a batch. Default: ${DEFAULT-VALUE}")
    private int batchRows = CsvLoad.BATCH_ROWS_DEFAULT;

    ImportCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws SQLException {
        TableName table = new TableName(into);
        if (!isCreate && !key.isEmpty()) {
            throw new CommandException("--key belongs to --create: the table has its key already");
        }
        CsvLoad load = new CsvLoad(table, isUpsert, batchRows, Map.of());
        try (CsvSource source = CsvSource.open(file);
                Connection connection = Connections.open(url)) {
            if (isCreate) {
                create(connection, table);
            }
            ProgressBar progress =
                    new ProgressBar(streams.err(), ProgressBar.isOnTerminal(), file.getFileName() + " into " + into);
            boolean isDone = false;
            try {
                progress.finish(load.run(connection, source, progress));
                isDone = true;
            } finally {
                if (!isDone) {
                    progress.abandon();
                }
            }
        }
        return 0;
    }

    private void create(Connection connection, TableName table) throws SQLException {
        String sql = TableGuess.of(file).createTable(table, key);
        streams.out().println(sql);
        streams.out().flush();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
