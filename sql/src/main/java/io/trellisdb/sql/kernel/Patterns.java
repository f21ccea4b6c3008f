package io.trellisdb.sql.kernel;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.kernel.FunctionSignature.Result;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** LIKE and ILIKE. Without ESCAPE the backslash escapes, as in PostgreSQL; an empty escape switches that off. */
final class Patterns {
    private Patterns() {}

    static void register(Functions.Registry registry) {
        registry.add("LIKE", "STRING STRING STRING?", Result.BOOLEAN, request -> like(false, false));
        registry.add("ILIKE", "STRING STRING STRING?", Result.BOOLEAN, request -> like(true, false));
        registry.add("NOT LIKE", "STRING STRING STRING?", Result.BOOLEAN, request -> like(false, true));
        registry.add("NOT ILIKE", "STRING STRING STRING?", Result.BOOLEAN, request -> like(true, true));
    }

    /** Remembers the last pattern, which rarely changes. Confined to its evaluator. */
    private static final class LastPattern {
        private @Nullable String text;
        private int escape;
        private @Nullable LikePattern pattern;

        LikePattern of(String newText, int newEscape) {
            if (pattern == null || newEscape != escape || !newText.equals(text)) {
                text = newText;
                escape = newEscape;
                pattern = new LikePattern(newText, newEscape);
            }
            return pattern;
        }
    }

    private static Kernel like(boolean ignoreCase, boolean negated) {
        LastPattern last = new LastPattern();
        return Kernels.booleans((a, row) -> {
            int escape = a.length > 2 ? escape(a[2].string(row)) : '\\';
            String text = a[1].string(row);
            LikePattern pattern = last.of(ignoreCase ? text.toLowerCase(Locale.ROOT) : text, escape);
            boolean matches;
            if (ignoreCase) {
                byte[] lower = a[0].string(row).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
                matches = pattern.matches(lower, 0, lower.length);
            } else {
                matches = pattern.matches(a[0].bytes(), a[0].start(row), a[0].end(row));
            }
            return matches != negated;
        });
    }

    static int escape(String text) {
        if (text.isEmpty()) {
            return -1;
        }
        if (text.codePointCount(0, text.length()) != 1) {
            throw new TrellisException(ErrorCode.INVALID_ESCAPE, "escape is not one character: '" + text + "'");
        }
        return text.codePointAt(0);
    }
}
