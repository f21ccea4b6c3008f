package io.trellisdb.sql.planning;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The plan's name of each function that SQL spells in several ways. */
final class FunctionNames {
    private static final Map<String, String> SCALAR = Map.ofEntries(
            Map.entry("CHARACTER_LENGTH", "CHAR_LENGTH"),
            Map.entry("LENGTH", "CHAR_LENGTH"),
            Map.entry("POW", "POWER"),
            Map.entry("TRUNCATE", "TRUNC"),
            Map.entry("SUBSTR", "SUBSTRING"),
            Map.entry("%", "MOD"));

    private static final Map<String, String> AGGREGATE = Map.of(
            "EVERY", "BOOL_AND",
            "STDDEV", "STDDEV_SAMP",
            "VARIANCE", "VAR_SAMP",
            "STRING_AGG", "LISTAGG",
            "$SUM0", "SUM0");

    /** Functions whose result depends on more than their arguments; never moved or shared. */
    private static final Set<String> VOLATILE = Set.of("RANDOM", "RAND", "GEN_RANDOM_UUID");

    private FunctionNames() {}

    static String scalar(String sqlName) {
        String name = sqlName.toUpperCase(Locale.ROOT);
        return SCALAR.getOrDefault(name, name);
    }

    static String aggregate(String sqlName) {
        String name = sqlName.toUpperCase(Locale.ROOT);
        return AGGREGATE.getOrDefault(name, name);
    }

    static boolean isVolatile(String planName) {
        return VOLATILE.contains(planName);
    }
}
