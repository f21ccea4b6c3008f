package io.trellisdb.cli.load;

import java.util.regex.Pattern;

/**
 * A table's name as a statement takes it, with or without its database.
 *
 * @param sql checked to be a name and nothing else
 */
public record TableName(String sql) {
    private static final String PART = "(?:[A-Za-z_][A-Za-z0-9_$]*|\"(?:[^\"]|\"\")+\")";
    private static final Pattern NAME = Pattern.compile(PART + "(?:\\." + PART + ")?");

    public TableName {
        if (!NAME.matcher(sql).matches()) {
            throw new LoadException("not a table's name (a name with other characters needs double quotes): " + sql);
        }
    }

    /** A name in double quotes, exactly as it is. */
    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
