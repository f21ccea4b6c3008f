package io.trellisdb.sql.parser;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/**
 * Refuses statements that would cost too much to parse or to plan.
 *
 * <p>The text is scanned once before parsing, because the parser recurses for every bracket; the tree is measured once
 * after, because a long chain of operators such as 1+1+1… has no brackets but is as deep as it is long.
 */
final class StatementLimits {
    /** Longest statement, in characters. Rows of data belong into batches, not into SQL text. */
    static final int TEXT_LENGTH_MAX = 1 << 20;

    /** Deepest nesting of brackets and CASE. */
    static final int NESTING_MAX = 256;

    /** Deepest syntax tree; planning recurses over it. */
    static final int TREE_DEPTH_MAX = 1_000;

    /** Longest IN list. A longer one belongs into a table to join with. */
    static final int IN_LIST_MAX = 10_000;

    private static final char CASE = 'c';
    private static final char IN = 'i';
    private static final char OTHER = 'o';

    private final String sql;
    private final char[] opener = new char[NESTING_MAX + 1];
    private final int[] commas = new int[NESTING_MAX + 1];
    private int depth;
    private int position;

    private StatementLimits(String sql) {
        this.sql = sql;
    }

    /**
     * Checks length, nesting and lists of a text.
     *
     * @throws TrellisException with LIMIT_EXCEEDED or STATEMENT_TOO_COMPLEX
     */
    static void check(String sql) {
        if (sql.length() > TEXT_LENGTH_MAX) {
            throw new TrellisException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "statement is too long: " + sql.length() + " characters, at most " + TEXT_LENGTH_MAX);
        }
        new StatementLimits(sql).scan();
    }

    /**
     * Checks the depth of a tree, without recursion.
     *
     * @throws TrellisException with STATEMENT_TOO_COMPLEX
     */
    static void checkDepth(SqlNode root) {
        Deque<Level> open = new ArrayDeque<>();
        open.push(new Level(root, 1));
        while (!open.isEmpty()) {
            Level level = open.pop();
            if (level.depth > TREE_DEPTH_MAX) {
                throw tooComplex("expression is too long or nested too deeply", TREE_DEPTH_MAX + " levels");
            }
            for (SqlNode child : children(level.node)) {
                if (child != null) {
                    open.push(new Level(child, level.depth + 1));
                }
            }
        }
    }

    private static Iterable<? extends @Nullable SqlNode> children(SqlNode node) {
        if (node instanceof SqlCall call) {
            return call.getOperandList();
        }
        return node instanceof SqlNodeList list ? list : java.util.List.of();
    }

    private static TrellisException tooComplex(String sentence, String limit) {
        return new TrellisException(ErrorCode.STATEMENT_TOO_COMPLEX, sentence + ": at most " + limit);
    }

    private void scan() {
        boolean afterIn = false;
        while (position < sql.length()) {
            char c = sql.charAt(position);
            if (Character.isJavaIdentifierStart(c)) {
                afterIn = word();
                continue;
            }
            switch (c) {
                case '\'', '"' -> skipTo(c, 1);
                case '-' -> skipComment("--", "\n");
                case '/' -> skipComment("/*", "*/");
                case '(', '[' -> push(afterIn ? IN : OTHER);
                case ')', ']' -> pop();
                case ',' -> comma();
                default -> {}
            }
            afterIn = afterIn && Character.isWhitespace(c);
            position++;
        }
    }

    /** Reads a word and returns whether it is IN. */
    private boolean word() {
        int start = position;
        while (position < sql.length() && Character.isJavaIdentifierPart(sql.charAt(position))) {
            position++;
        }
        int length = position - start;
        if (length == 4 && sql.regionMatches(true, start, "case", 0, 4)) {
            push(CASE);
        } else if (length == 3 && depth > 0 && opener[depth] == CASE && sql.regionMatches(true, start, "end", 0, 3)) {
            depth--;
        }
        return length == 2 && sql.regionMatches(true, start, "in", 0, 2);
    }

    /** Moves to the closing quote; a doubled quote inside is two strings next to each other. */
    private void skipTo(char quote, int from) {
        int end = sql.indexOf(quote, position + from);
        position = end < 0 ? sql.length() - 1 : end;
    }

    private void skipComment(String begin, String end) {
        if (sql.startsWith(begin, position)) {
            int close = sql.indexOf(end, position + begin.length());
            position = close < 0 ? sql.length() - 1 : close + end.length() - 1;
        }
    }

    private void push(char kind) {
        if (depth == NESTING_MAX) {
            throw tooComplex("statement is nested too deeply", NESTING_MAX + " levels");
        }
        depth++;
        opener[depth] = kind;
        commas[depth] = 0;
    }

    /** Closes a bracket, and with it every CASE inside that the text does not end. */
    private void pop() {
        while (depth > 0 && opener[depth] == CASE) {
            depth--;
        }
        depth = Math.max(0, depth - 1);
    }

    private void comma() {
        if (opener[depth] == IN && ++commas[depth] >= IN_LIST_MAX) {
            throw tooComplex("list of IN is too long", IN_LIST_MAX + " values");
        }
    }

    private record Level(SqlNode node, int depth) {}
}
