package io.trellisdb.sql.lexer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tokens of a text, without comments and a last semicolon. */
final class Tokens {
    /** What a token is. */
    enum Kind {
        WORD,
        QUOTED_NAME,
        /** Digits only. */
        INTEGER,
        /** Digits with a point. */
        DECIMAL,
        /** A number with an exponent. */
        DOUBLE,
        STRING,
        /** X'…'. */
        BINARY,
        PARAMETER,
        SYMBOL
    }

    private static final int FIRST_LENGTH = 64;

    private final String sql;
    private Kind[] kinds = new Kind[FIRST_LENGTH];
    private int[] starts = new int[FIRST_LENGTH];
    private int[] ends = new int[FIRST_LENGTH];
    private int count;
    private int position;

    private Tokens(String sql) {
        this.sql = sql;
    }

    /** Cuts a text; empty when it holds what only the parser can judge. */
    static Optional<Tokens> of(String sql) {
        Tokens tokens = new Tokens(sql);
        return tokens.scan() ? Optional.of(tokens) : Optional.empty();
    }

    int count() {
        return count;
    }

    Kind kind(int token) {
        return kinds[token];
    }

    int start(int token) {
        return starts[token];
    }

    int end(int token) {
        return ends[token];
    }

    /** The token as written; for strings and quoted names with their quotes. */
    String text(int token) {
        return sql.substring(starts[token], ends[token]);
    }

    /** Whether a token is this word, given in lower case, without quotes. */
    boolean isWord(int token, String word) {
        return token < count
                && kinds[token] == Kind.WORD
                && ends[token] - starts[token] == word.length()
                && sql.regionMatches(true, starts[token], word, 0, word.length());
    }

    boolean isSymbol(int token, char symbol) {
        return token < count
                && kinds[token] == Kind.SYMBOL
                && ends[token] - starts[token] == 1
                && sql.charAt(starts[token]) == symbol;
    }

    boolean isName(int token) {
        return token < count && (kinds[token] == Kind.WORD || kinds[token] == Kind.QUOTED_NAME);
    }

    /** The content of a string literal. */
    String string(int token) {
        int from = sql.indexOf('\'', starts[token]) + 1;
        String content = sql.substring(from, ends[token] - 1);
        return content.indexOf('\'') < 0 ? content : content.replace("''", "'");
    }

    /** Appends the token as it stands in a template: words in lower case. */
    void appendTo(StringBuilder out, int token) {
        if (kinds[token] != Kind.WORD) {
            out.append(sql, starts[token], ends[token]);
            return;
        }
        for (int i = starts[token]; i < ends[token]; i++) {
            char c = sql.charAt(i);
            if (c >= 0x80) {
                out.setLength(out.length() - (i - starts[token]));
                out.append(text(token).toLowerCase(Locale.ROOT));
                return;
            }
            out.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
    }

    private boolean scan() {
        while (skipBlanks()) {
            int start = position;
            Kind kind = next(sql.charAt(position));
            if (kind == null) {
                return false;
            }
            add(kind, start);
        }
        while (count > 0 && isSymbol(count - 1, ';')) {
            count--;
        }
        return position == sql.length();
    }

    /** Moves behind blanks and comments; false at the end of the text, or before a comment without end. */
    private boolean skipBlanks() {
        while (position < sql.length()) {
            char c = sql.charAt(position);
            if (Character.isWhitespace(c)) {
                position++;
            } else if (c == '-' && sql.startsWith("--", position)) {
                int end = sql.indexOf('\n', position);
                position = end < 0 ? sql.length() : end + 1;
            } else if (c == '/' && sql.startsWith("/*", position)) {
                // hints belong to the parser
                int end = sql.startsWith("/*+", position) ? -1 : sql.indexOf("*/", position + 2);
                if (end < 0) {
                    return false;
                }
                position = end + 2;
            } else {
                return true;
            }
        }
        return false;
    }

    private @Nullable Kind next(char c) {
        if (c == '\'') {
            return quoted('\'') ? Kind.STRING : null;
        }
        if (c == '"') {
            return quoted('"') ? Kind.QUOTED_NAME : null;
        }
        if ((c == 'x' || c == 'X') && position + 1 < sql.length() && sql.charAt(position + 1) == '\'') {
            position++;
            return quoted('\'') ? Kind.BINARY : null;
        }
        if (isDigit(c) || c == '.' && position + 1 < sql.length() && isDigit(sql.charAt(position + 1))) {
            return number();
        }
        if (Character.isJavaIdentifierStart(c) && c != '$') {
            return word();
        }
        position++;
        if (c == '?') {
            return Kind.PARAMETER;
        }
        if (position < sql.length() && "<>=!|:".indexOf(c) >= 0 && "<>=|:".indexOf(sql.charAt(position)) >= 0) {
            position++;
        }
        return c < 0x80 && c != '\\' && c != '$' && c != '`' ? Kind.SYMBOL : null;
    }

    /** Strings with a prefix (U&'…', N'…', E'…') and dollar quotes belong to the parser. */
    private @Nullable Kind word() {
        while (position < sql.length() && Character.isJavaIdentifierPart(sql.charAt(position))) {
            position++;
        }
        if (position < sql.length()) {
            char next = sql.charAt(position);
            if (next == '\'' || next == '&') {
                return null;
            }
        }
        return Kind.WORD;
    }

    private @Nullable Kind number() {
        Kind kind = Kind.INTEGER;
        skipDigits();
        if (position < sql.length() && sql.charAt(position) == '.') {
            kind = Kind.DECIMAL;
            position++;
            skipDigits();
        }
        if (position < sql.length() && (sql.charAt(position) | 0x20) == 'e') {
            kind = Kind.DOUBLE;
            position++;
            if (position < sql.length() && (sql.charAt(position) == '-' || sql.charAt(position) == '+')) {
                position++;
            }
            int digits = position;
            skipDigits();
            if (position == digits) {
                return null;
            }
        }
        boolean runsOn = position < sql.length() && Character.isJavaIdentifierPart(sql.charAt(position));
        return runsOn ? null : kind;
    }

    private void skipDigits() {
        while (position < sql.length() && isDigit(sql.charAt(position))) {
            position++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Moves behind the closing quote; a doubled quote is part of the content. */
    private boolean quoted(char quote) {
        int from = position + 1;
        while (true) {
            int end = sql.indexOf(quote, from);
            if (end < 0) {
                return false;
            }
            if (end + 1 == sql.length() || sql.charAt(end + 1) != quote) {
                position = end + 1;
                return true;
            }
            from = end + 2;
        }
    }

    private void add(Kind kind, int start) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        kinds[count] = kind;
        starts[count] = start;
        ends[count++] = position;
    }
}
