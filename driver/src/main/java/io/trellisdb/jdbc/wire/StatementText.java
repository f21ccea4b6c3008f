package io.trellisdb.jdbc.wire;

import java.util.Locale;
import java.util.Set;

/** What can be told about a statement from its first word. */
final class StatementText {
    /** WITH may begin a changing statement and EXPLAIN ANALYZE may run one; both travel with a token, which does no harm. */
    private static final Set<String> READS = Set.of("select", "values", "show", "describe", "desc", "table");

    private StatementText() {}

    /** Whether the statement returns rows and changes nothing; false when that is not certain. */
    static boolean isSurelyRead(String sql) {
        int position = skipBlanksAndComments(sql);
        int end = position;
        while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
            end++;
        }
        return READS.contains(sql.substring(position, end).toLowerCase(Locale.ROOT));
    }

    private static int skipBlanksAndComments(String sql) {
        int i = 0;
        while (i < sql.length()) {
            if (Character.isWhitespace(sql.charAt(i)) || sql.charAt(i) == '(') {
                i++;
            } else if (sql.startsWith("--", i)) {
                int end = sql.indexOf('\n', i);
                i = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", i)) {
                int end = sql.indexOf("*/", i + 2);
                i = end < 0 ? sql.length() : end + 2;
            } else {
                return i;
            }
        }
        return i;
    }
}
