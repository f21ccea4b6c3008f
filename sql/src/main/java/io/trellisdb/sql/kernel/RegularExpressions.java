package io.trellisdb.sql.kernel;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.kernel.FunctionSignature.Result;
import org.jspecify.annotations.Nullable;

/** SIMILAR TO, the POSIX operators and the REGEXP functions. Positions count characters. */
final class RegularExpressions {
    private RegularExpressions() {}

    static void register(Functions.Registry registry) {
        operator(registry, "~", false, false);
        operator(registry, "~*", true, false);
        operator(registry, "!~", false, true);
        operator(registry, "!~*", true, true);
        registry.add("SIMILAR TO", "STRING STRING STRING?", Result.BOOLEAN, request -> similar(false));
        registry.add("NOT SIMILAR TO", "STRING STRING STRING?", Result.BOOLEAN, request -> similar(true));
        registry.add("REGEXP_LIKE", "STRING STRING STRING?", Result.BOOLEAN, request -> {
            LastPattern last = new LastPattern();
            return Kernels.booleans(
                    (a, row) -> last.of(a[1].string(row), flags(a, 2, row)).find(text(a[0], row), 0).length > 0);
        });
        registry.add("REGEXP_SUBSTR", "STRING STRING", Result.VARCHAR, request -> {
            LastPattern last = new LastPattern();
            return Kernels.any(request.result(), (a, row, out) -> {
                int[] text = text(a[0], row);
                int[] match = last.of(a[1].string(row), "").find(text, 0);
                out.append(match.length == 0 ? null : part(text, match[0], match[1]));
            });
        });
        registry.add("REGEXP_COUNT", "STRING STRING", Result.INTEGER, request -> {
            LastPattern last = new LastPattern();
            return Kernels.longs(request.result(), (a, row) -> count(last.of(a[1].string(row), ""), text(a[0], row)));
        });
        registry.add("REGEXP_REPLACE", "STRING STRING STRING STRING?", Result.VARCHAR, request -> {
            LastPattern last = new LastPattern();
            return Kernels.strings(request.result(), (a, row) -> {
                String flags = flags(a, 3, row);
                RegexProgram program = last.of(a[1].string(row), flags.replace("g", ""));
                return replace(program, text(a[0], row), a[2].string(row), flags.indexOf('g') >= 0);
            });
        });
    }

    private static void operator(Functions.Registry registry, String name, boolean ignoreCase, boolean negated) {
        registry.add(name, "STRING STRING", Result.BOOLEAN, request -> {
            LastPattern last = new LastPattern();
            String flags = ignoreCase ? "i" : "";
            return Kernels.booleans(
                    (a, row) -> last.of(a[1].string(row), flags).find(text(a[0], row), 0).length > 0 != negated);
        });
    }

    /** Remembers the last pattern, which rarely changes. Confined to its evaluator. */
    private static final class LastPattern {
        private String key = "";
        private @Nullable RegexProgram program;

        RegexProgram of(String pattern, String flags) {
            String newKey = flags + "/" + pattern;
            if (program == null || !newKey.equals(key)) {
                for (int i = 0; i < flags.length(); i++) {
                    if (flags.charAt(i) != 'i' && flags.charAt(i) != 'c') {
                        throw new TrellisException(
                                ErrorCode.INVALID_PARAMETER, "flag of a regular expression does not exist: " + flags);
                    }
                }
                program = RegexCompiler.compile(pattern, flags.indexOf('i') >= 0, false);
                key = newKey;
            }
            return program;
        }
    }

    private static String flags(Operand[] a, int index, int row) {
        return a.length > index ? a[index].string(row) : "";
    }

    private static int[] text(Operand a, int row) {
        return a.string(row).codePoints().toArray();
    }

    private static String part(int[] text, int from, int to) {
        return new String(text, from, to - from);
    }

    private static long count(RegexProgram program, int[] text) {
        long count = 0;
        int at = 0;
        while (at <= text.length) {
            int[] match = program.find(text, at);
            if (match.length == 0) {
                break;
            }
            count++;
            at = match[1] == match[0] ? match[1] + 1 : match[1];
        }
        return count;
    }

    /** Replaces the first match, or all; {@code \1} to {@code \9} stand for groups, {@code \&} for the match. */
    private static String replace(RegexProgram program, int[] text, String replacement, boolean all) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at <= text.length) {
            int[] match = program.find(text, at);
            if (match.length == 0) {
                break;
            }
            out.append(part(text, at, match[0]));
            expand(out, text, match, replacement);
            Limits.checkValue(out.length());
            at = match[1];
            if (match[1] == match[0]) {
                // an empty match moves on by one character, which is kept
                out.append(at < text.length ? part(text, at, at + 1) : "");
                at++;
            }
            if (!all) {
                break;
            }
        }
        return at < text.length ? out.append(part(text, at, text.length)).toString() : out.toString();
    }

    private static void expand(StringBuilder out, int[] text, int[] match, String replacement) {
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c != '\\' || i + 1 == replacement.length()) {
                out.append(c);
                continue;
            }
            char next = replacement.charAt(++i);
            int group = next == '&' ? 0 : next - '0';
            if (next != '&' && (next < '1' || next > '9')) {
                out.append(next);
            } else if (2 * group + 1 < match.length && match[2 * group] >= 0) {
                out.append(part(text, match[2 * group], match[2 * group + 1]));
            }
        }
    }

    private static Kernel similar(boolean negated) {
        SimilarPattern last = new SimilarPattern();
        return Kernels.booleans((a, row) -> {
            int escape = a.length > 2 ? Patterns.escape(a[2].string(row)) : '\\';
            return last.of(a[1].string(row), escape).find(text(a[0], row), 0).length > 0 != negated;
        });
    }

    /** Remembers the last SIMILAR TO pattern. Confined to its evaluator. */
    private static final class SimilarPattern {
        private String pattern = "";
        private int escape;
        private @Nullable RegexProgram program;

        RegexProgram of(String newPattern, int newEscape) {
            if (program == null || newEscape != escape || !newPattern.equals(pattern)) {
                program = RegexCompiler.compile(translate(newPattern, newEscape), false, true);
                pattern = newPattern;
                escape = newEscape;
            }
            return program;
        }

        /** SQL's {@code %} and {@code _} become {@code .*} and {@code .}; what only other dialects treat as special is escaped. */
        private static String translate(String sql, int escape) {
            StringBuilder regex = new StringBuilder("(?:");
            int[] characters = sql.codePoints().toArray();
            boolean inSet = false;
            for (int i = 0; i < characters.length; i++) {
                int c = characters[i];
                if (c == escape) {
                    if (++i == characters.length) {
                        throw new TrellisException(
                                ErrorCode.INVALID_ESCAPE, "SIMILAR TO pattern ends with the escape character: " + sql);
                    }
                    quote(regex, characters[i]);
                } else if (inSet) {
                    inSet = c != ']';
                    regex.append(c == '\\' ? "\\" : "").appendCodePoint(c);
                } else {
                    inSet = c == '[';
                    switch (c) {
                        case '%' -> regex.append(".*");
                        case '_' -> regex.append('.');
                        case '.', '^', '$', '\\' -> quote(regex, c);
                        default -> regex.appendCodePoint(c);
                    }
                }
            }
            return regex.append(')').toString();
        }

        private static void quote(StringBuilder regex, int c) {
            boolean plain = c < 128 && Character.isLetterOrDigit(c);
            regex.append(plain ? "" : "\\").appendCodePoint(c);
        }
    }
}
