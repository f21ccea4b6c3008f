package io.trellisdb.sql.parser;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Calcite's parse errors in our words: where, at which word, and what could have stood there. */
final class SyntaxErrors {
    /** More alternatives than this say nothing to a reader. */
    private static final int EXPECTED_MAX = 8;

    private static final int WORD_LENGTH_MAX = 40;

    /** What could always stand there, or is a construct that Trellis does not offer. */
    private static final Set<String> UNSAID = Set.of(".", "FORMAT", "MULTISET", "UNSIGNED", "LOCKING_FOR");

    private SyntaxErrors() {}

    static TrellisException translate(String sql, SqlParseException e) {
        if (e.getCause() instanceof StackOverflowError) {
            return new TrellisException(ErrorCode.STATEMENT_TOO_COMPLEX, "statement is nested too deeply", e);
        }
        String message = e.getMessage() == null ? "" : e.getMessage();
        if (message.startsWith("Length of identifier")) {
            return new TrellisException(
                    ErrorCode.NAME_TOO_LONG,
                    "name is too long" + place(e.getPos()) + ": at most " + SqlSyntax.IDENTIFIER_LENGTH_MAX
                            + " characters",
                    e);
        }
        return new TrellisException(ErrorCode.SYNTAX_ERROR, "syntax error" + details(sql, message, e), e);
    }

    private static String details(String sql, String message, SqlParseException e) {
        @Nullable SqlParserPos pos = e.getPos();
        if (pos == null) {
            return ": " + firstLine(message);
        }
        if (isAtEnd(e)) {
            return " at the end of the statement" + expected(e);
        }
        String near = place(pos) + " near \"" + word(sql, pos) + '"';
        if (message.startsWith("Non-query expression")) {
            return near + "; expected a statement";
        }
        if (message.startsWith("Lexical error")) {
            return place(pos) + ": a character or a quote that is not closed cannot be read";
        }
        if (e.getExpectedTokenSequences() == null) {
            return place(pos) + ": " + firstLine(message);
        }
        return switch (word(sql, pos)) {
            case "'" -> near + "; the string is not closed";
            case "\"" -> place(pos) + "; the quoted name is not closed";
            default -> near + expected(e);
        };
    }

    private static boolean isAtEnd(SqlParseException e) {
        return e.getCause() instanceof ParseException cause
                && cause.currentToken != null
                && cause.currentToken.next != null
                && cause.currentToken.next.kind == GeneratedParserConstants.EOF;
    }

    private static String place(@Nullable SqlParserPos pos) {
        return pos == null ? "" : " at line " + pos.getLineNum() + ", column " + pos.getColumnNum();
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static String word(String sql, SqlParserPos pos) {
        int start = offset(sql, pos.getLineNum(), pos.getColumnNum());
        int end = Math.min(sql.length(), offset(sql, pos.getEndLineNum(), pos.getEndColumnNum()) + 1);
        String word = sql.substring(start, Math.max(start, end));
        return word.length() > WORD_LENGTH_MAX ? word.substring(0, WORD_LENGTH_MAX) + "…" : word;
    }

    private static int offset(String sql, int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            int next = sql.indexOf('\n', start);
            if (next < 0) {
                return sql.length();
            }
            start = next + 1;
        }
        return Math.min(sql.length(), start + column - 1);
    }

    private static String expected(SqlParseException e) {
        Set<String> words = new TreeSet<>();
        for (String image : e.getExpectedTokenNames()) {
            String name = image.startsWith("<") ? name(image) : image.replace("\"", "");
            if (!UNSAID.contains(name)) {
                words.add(Character.isLetter(name.charAt(0)) ? name : '"' + name + '"');
            }
        }
        return words.isEmpty() || words.size() > EXPECTED_MAX ? "" : "; expected " + String.join(", ", words);
    }

    private static String name(String image) {
        String name =
                image.substring(1, image.length() - 1).toLowerCase(Locale.ROOT).replace('_', ' ');
        return name.endsWith("identifier") ? "a name" : name.equals("eof") ? "the end" : name;
    }
}
