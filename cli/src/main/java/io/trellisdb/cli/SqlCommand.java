package io.trellisdb.cli;

import io.trellisdb.cli.output.CsvFormat;
import io.trellisdb.cli.output.JsonFormat;
import io.trellisdb.cli.output.ResultFormat;
import io.trellisdb.cli.output.TableFormat;
import io.trellisdb.cli.output.Terminal;
import io.trellisdb.cli.script.StatementReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The shell, and scripts. */
@Command(
        name = "sql",
        description =
                "Opens the shell, or runs statements separated by semicolons: from -e, from -f, or from standard input"
                        + " if that is not a terminal. The first statement that fails ends a script with status 1.")
final class SqlCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(
            paramLabel = "URL",
            arity = "0..1",
            defaultValue = Connections.DEFAULT_URL,
            description = {
                "jdbc:trellis://HOST:PORT/[DATABASE], jdbc:trellis:file:DIR or jdbc:trellis:mem:NAME.",
                "Default: ${DEFAULT-VALUE}"
            })
    private String url = Connections.DEFAULT_URL;

    @ArgGroup
    private @Nullable Source source;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, csv (RFC 4180, UTF-8) or json (one object a line). Default: ${DEFAULT-VALUE}")
    private Format format = Format.TABLE;

    @Option(names = "--header", description = "Begins CSV with a line of column names.")
    private boolean hasHeader;

    /** What to run; at most one of them. */
    static final class Source {
        @Option(names = "-e", paramLabel = "SQL", description = "Statements to run.")
        private @Nullable String text;

        @Option(names = "-f", paramLabel = "FILE", description = "File of statements to run, in UTF-8.")
        private @Nullable Path file;
    }

    /** The formats by the names that the command line takes. */
    enum Format {
        TABLE,
        CSV,
        JSON
    }

    SqlCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws SQLException, IOException {
        if (source == null && Terminal.isInteractive()) {
            return Shell.run(url, streams);
        }
        try (Reader script = script();
                Connection connection = Connections.open(url)) {
            return new ScriptRun(connection, resultFormat(), streams).run(new StatementReader(script));
        }
    }

    private ResultFormat resultFormat() {
        return switch (format) {
            case TABLE -> new TableFormat();
            case CSV -> new CsvFormat(hasHeader);
            case JSON -> new JsonFormat();
        };
    }

    private Reader script() throws IOException {
        if (source == null) {
            return new InputStreamReader(streams.in(), StandardCharsets.UTF_8);
        } else if (source.text != null) {
            return new StringReader(source.text);
        }
        Path file = java.util.Objects.requireNonNull(source.file);
        try {
            return Files.newBufferedReader(file);
        } catch (NoSuchFileException e) {
            throw new CommandException("script does not exist: " + file, e);
        } catch (IOException e) {
            throw new CommandException("script cannot be read: " + file + " (" + e.getMessage() + ")", e);
        }
    }
}
