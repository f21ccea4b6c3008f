package io.trellisdb.sql.parser;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

    /**
     * Most operators in a row without a comma, a bracket or a new clause. The parser's cost grows with their square, so
     * they are counted before it runs; more than the depth of the tree, because a = 1 OR b = 2 has three.
     */
    static final int OPERATORS_MAX = 2_500;

    /** Most UNION, INTERSECT and EXCEPT in a row. */
    static final int SET_OPERATIONS_MAX = 1_000;

    /** Longest IN list. A longer one belongs into a table to join with. */
    static final int IN_LIST_MAX = 10_000;

    private static final String OPERATORS = "+-*/%|=<>~!:.";
    private static final Set<String> OPERATOR_WORDS =
            Set.of("and", "or", "not", "is", "like", "ilike", "between", "in");
    private static final Set<String> CLAUSE_WORDS =
            Set.of("select", "from", "where", "having", "on", "by", "when", "then", "else", "set");
    private static final Set<String> SET_WORDS = Set.of("union", "intersect", "except", "minus");

    /** The longest of the words above. */
    private static final int WORD_LENGTH_MAX = 9;

    private static final char CASE = 'c';
    private static final char IN = 'i';
    private static final char OTHER = 'o';

    private final String sql;
    private final char[] opener = new char[NESTING_MAX + 1];
    private final int[] commas = new int[NESTING_MAX + 1];
    private final int[] operators = new int[NESTING_MAX + 1];
    private final int[] setOperations = new int[NESTING_MAX + 1];
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
        return node instanceof SqlNodeList list ? list : List.of();
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
            if (OPERATORS.indexOf(c) >= 0) {
                operator();
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
        if (position - start > WORD_LENGTH_MAX) {
            return false;
        }
        String word = sql.substring(start, position).toLowerCase(Locale.ROOT);
        if (word.equals("case")) {
            push(CASE);
        } else if (word.equals("end") && opener[depth] == CASE) {
            depth--;
        } else if (OPERATOR_WORDS.contains(word)) {
            operator();
        } else if (CLAUSE_WORDS.contains(word)) {
            operators[depth] = 0;
        } else if (SET_WORDS.contains(word) && ++setOperations[depth] > SET_OPERATIONS_MAX) {
            throw tooComplex("statement has too many set operations", SET_OPERATIONS_MAX + " in a row");
        }
        return word.equals("in");
    }

    private void operator() {
        if (++operators[depth] > OPERATORS_MAX) {
            throw tooComplex("expression is too long", OPERATORS_MAX + " operators in a row");
        }
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
        operators[depth] = 0;
        setOperations[depth] = 0;
    }

    /** Closes a bracket, and with it every CASE inside that the text does not end. */
    private void pop() {
        while (depth > 0 && opener[depth] == CASE) {
            depth--;
        }
        depth = Math.max(0, depth - 1);
    }

    private void comma() {
        operators[depth] = 0;
        if (opener[depth] == IN && ++commas[depth] >= IN_LIST_MAX) {
            throw tooComplex("list of IN is too long", IN_LIST_MAX + " values");
        }
    }

    private record Level(SqlNode node, int depth) {}
}
