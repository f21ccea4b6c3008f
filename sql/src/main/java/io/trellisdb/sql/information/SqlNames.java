package io.trellisdb.sql.information;

import java.util.Set;

/** Names and strings as SQL text. */
final class SqlNames {
    /** The words that PostgreSQL, and our grammar with it, reserves. */
    private static final Set<String> RESERVED =
            Set.of(("all analyse analyze and any array as asc asymmetric authorization"
                            + " binary both case cast check collate collation column concurrently constraint create cross"
                            + " current_catalog current_date current_role current_schema current_time current_timestamp"
                            + " current_user default deferrable desc distinct do else end except false fetch for foreign freeze"
                            + " from full grant group having ilike in initially inner intersect into is isnull join lateral"
                            + " leading left like limit localtime localtimestamp natural not notnull null offset on only or"
                            + " order outer overlaps placing primary references returning right select session_user similar"
                            + " some symmetric tablesample then to trailing true union unique user using variadic verbose when"
                            + " where window with qualify values row rows interval period date time timestamp")
                    .split(" "));

    private SqlNames() {}

    /** A name as it must be written: plain, or in double quotes. */
    static String identifier(String name) {
        boolean plain = name.matches("[a-z_][a-z0-9_]*") && !RESERVED.contains(name);
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    static String string(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
