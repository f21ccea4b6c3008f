package io.trellisdb.cli.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A table that would hold a CSV file: guessed from all of its values, so that the load cannot meet one that does not fit. */
public final class TableGuess {
    private final List<String> names;
    private final List<GuessedType> types;

    private TableGuess(List<String> names, List<GuessedType> types) {
        this.names = names;
        this.types = types;
    }

    /** Reads the whole file. Column names are those of the header in lower case. */
    public static TableGuess of(Path file) {
        try (CsvSource source = CsvSource.open(file)) {
            List<String> names = source.header().stream()
                    .map(n -> n.toLowerCase(Locale.ROOT))
                    .toList();
            Set<String> seen = new HashSet<>();
            for (String name : names) {
                if (!seen.add(name)) {
                    throw new LoadException("header line names a column twice: " + name);
                }
            }
            List<GuessedType> types = new ArrayList<>();
            names.forEach(name -> types.add(new GuessedType()));
            for (Optional<CsvRecord> next = source.next(); next.isPresent(); next = source.next()) {
                List<@Nullable String> fields = next.get().fields();
                for (int i = 0; i < fields.size(); i++) {
                    String field = fields.get(i);
                    if (field != null) {
                        types.get(i).see(field);
                    }
                }
            }
            return new TableGuess(names, types);
        }
    }

    /** The statement that creates the table; {@code key} names columns of it, or none. */
    public String createTable(TableName table, List<String> key) {
        List<String> keyColumns = key.stream().map(this::keyColumn).toList();
        String columns = IntStream.range(0, names.size())
                .mapToObj(i -> TableName.quote(names.get(i))
                        + " "
                        + types.get(i).sqlName()
                        + (keyColumns.contains(names.get(i)) ? " NOT NULL" : ""))
                .collect(Collectors.joining(", "));
        String primaryKey = keyColumns.isEmpty()
                ? ""
                : keyColumns.stream().map(TableName::quote).collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
        return "CREATE TABLE " + table.sql() + " (" + columns + primaryKey + ")";
    }

    private String keyColumn(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (!names.contains(lower)) {
            throw new LoadException("key names a column that the file does not have: " + name.strip() + ", it has "
                    + String.join(", ", names));
        }
        return lower;
    }
}
