package io.trellisdb.sql.parser;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.Locale;
import java.util.TreeSet;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Calcite's parse errors in our words: where, at which word, and what could have stood there. */
final class SyntaxErrors {
    /** More alternatives than this say nothing to a reader. */
    private static final int EXPECTED_MAX = 8;

    private static final int WORD_LENGTH_MAX = 40;

    private SyntaxErrors() {}

    static TrellisException translate(String sql, SqlParseException e) {
        if (e.getCause() instanceof StackOverflowError) {
            return new TrellisException(ErrorCode.STATEMENT_TOO_COMPLEX, "statement is nested too deeply", e);
        }
        SqlParserPos pos = e.getPos();
        String where = pos == null ? "" : " at line " + pos.getLineNum() + ", column " + pos.getColumnNum();
        if (e.getExpectedTokenSequences() == null) {
            return new TrellisException(ErrorCode.SYNTAX_ERROR, "syntax error" + where + ": " + reason(e), e);
        }
        return new TrellisException(
                ErrorCode.SYNTAX_ERROR, "syntax error" + where + " near " + word(sql, pos) + expected(e), e);
    }

    /** The first sentence of Calcite's message, without its own statement of the place. */
    private static String reason(SqlParseException e) {
        String message = e.getMessage() == null ? "text cannot be read" : e.getMessage();
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.replaceFirst("^Lexical error at line \\d+, column \\d+\\.\\s*", "");
    }

    private static String word(String sql, SqlParserPos pos) {
        int start = offset(sql, pos.getLineNum(), pos.getColumnNum());
        if (start >= sql.length()) {
            return "the end of the statement";
        }
        int end = Math.min(sql.length(), offset(sql, pos.getEndLineNum(), pos.getEndColumnNum()) + 1);
        String word = sql.substring(start, Math.max(start + 1, end));
        return '"' + (word.length() > WORD_LENGTH_MAX ? word.substring(0, WORD_LENGTH_MAX) + "…" : word) + '"';
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
        TreeSet<String> words = new TreeSet<>();
        for (String image : e.getExpectedTokenNames()) {
            words.add(image.startsWith("<") ? name(image) : image.replace("\"", ""));
        }
        if (words.isEmpty() || words.size() > EXPECTED_MAX) {
            return "";
        }
        return "; expected " + String.join(", ", words);
    }

    private static String name(String image) {
        String name =
                image.substring(1, image.length() - 1).toLowerCase(Locale.ROOT).replace('_', ' ');
        return name.endsWith("identifier") ? "a name" : name.equals("eof") ? "the end" : name;
    }
}
