package io.trellisdb.sql.parser;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Tells names from keywords where the grammar cannot: words that PostgreSQL does not reserve, such as DATE, VALUE or
 * PARTITION, but that the grammar needs as keywords in places where a name may stand too.
 *
 * <p>The rule: such a word is a name after a dot, before a dot, after AS outside of a cast, and where an operand or the
 * name of an object begins, unless the word after it continues the construct that the keyword opens (DATE before a
 * string, ROW before a bracket). Everywhere else it is a keyword. So it cannot be an alias without AS; that and a few
 * more places are the price, and double quotes always help.
 */
final class ContextualTokens extends GeneratedParserTokenManager {
    /** Words whose constructs Trellis does not offer: they are always names. */
    private static final BitSet ALWAYS_NAMES = kinds(
            EXTEND,
            STREAM,
            MEASURE,
            PERMUTE,
            SPECIFIC,
            CURSOR,
            MULTISET,
            MEMBER,
            SUBMULTISET,
            NEW,
            PERIOD,
            FORMAT,
            LOCKING_FOR);

    private static final BitSet CONTEXTUAL = union(
            ALWAYS_NAMES,
            kinds(
                    ASOF,
                    QUALIFY,
                    SET,
                    PARTITION,
                    RANGE,
                    ROWS,
                    ROW,
                    VALUES,
                    VALUE,
                    INTERVAL,
                    BETWEEN,
                    CURRENT,
                    NEXT,
                    UNKNOWN,
                    ROLLUP,
                    CUBE,
                    GROUPING,
                    EXISTS,
                    UNNEST,
                    BY,
                    ESCAPE,
                    UESCAPE,
                    MATCH_CONDITION,
                    MATCH_RECOGNIZE,
                    PIVOT,
                    UNPIVOT,
                    LATEST,
                    OVER,
                    FILTER,
                    WITHIN,
                    SET_MINUS,
                    EXCLUDE,
                    FILL,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    DATETIME));

    /** After these an operand or a name begins. None can be a name itself, or it was found to be none. */
    private static final BitSet BEFORE_OPERAND = kinds(
            SELECT,
            DISTINCT,
            ALL,
            LPAREN,
            COMMA,
            LBRACKET,
            EQ,
            GT,
            LT,
            LE,
            GE,
            NE,
            NE2,
            PLUS,
            MINUS,
            STAR,
            SLASH,
            PERCENT_REMAINDER,
            CONCAT,
            TILDE,
            AND,
            OR,
            NOT,
            WHERE,
            ON,
            HAVING,
            WHEN,
            THEN,
            ELSE,
            CASE,
            BY,
            LIKE,
            ILIKE,
            BETWEEN,
            SET,
            RETURNING,
            FROM,
            JOIN,
            USING,
            TO,
            QUALIFY,
            ESCAPE,
            WITH,
            WINDOW,
            IN);

    /** After these only a name can stand. */
    private static final BitSet BEFORE_NAME = kinds(INTO, TABLE, COLUMN, CONSTRAINT, REFERENCES);

    /** The same where CREATE, DROP and the like stand before them; elsewhere these can be names themselves. */
    private static final BitSet OBJECTS = kinds(CONTAINER, VIEW, INDEX, DATABASE, SCHEMA);

    private static final BitSet BEFORE_OBJECT = kinds(CREATE, DROP, ALTER, UNIQUE, REPLACE, TRUNCATE, USE);

    /** The same as the first word of a statement. */
    private static final BitSet BEFORE_NAME_AT_START = kinds(TRUNCATE, DESCRIBE, DESC, USE, SAVEPOINT);

    /** The same in ALTER TABLE. */
    private static final BitSet ALTERATIONS = kinds(ADD, DROP, RENAME, ALTER);

    /** How many words a definition takes until its name: CREATE OR REPLACE VIEW IF NOT EXISTS name. */
    private static final int NAME_POSITION_MAX = 7;

    private static final BitSet STRINGS = kinds(QUOTED_STRING, PREFIXED_STRING_LITERAL, UNICODE_STRING_LITERAL);
    private static final BitSet NUMBERS =
            kinds(UNSIGNED_INTEGER_LITERAL, DECIMAL_NUMERIC_LITERAL, APPROX_NUMERIC_LITERAL);
    private static final BitSet LITERALS =
            union(STRINGS, union(NUMBERS, kinds(BINARY_STRING_LITERAL, HOOK, NULL, TRUE, FALSE, CAST, CASE)));
    private static final BitSet UNITS = kinds(
            YEAR, YEARS, QUARTER, QUARTERS, MONTH, MONTHS, WEEK, WEEKS, DAY, DAYS, HOUR, HOURS, MINUTE, MINUTES, SECOND,
            SECONDS);
    private static final BitSet FRAME = union(NUMBERS, kinds(BETWEEN, UNBOUNDED, CURRENT, INTERVAL, HOOK));
    private static final BitSet CASTS = kinds(CAST, TRY_CAST, SAFE_CAST);

    private final Deque<Token> ahead = new ArrayDeque<>();
    /** One bit for each open bracket: whether it belongs to a cast. */
    private final BitSet casts = new BitSet();

    private boolean inPattern;
    private int depth;
    private int position;
    private int first = EOF;
    private int beforeLast = EOF;
    private int last = EOF;

    ContextualTokens(SimpleCharStream stream) {
        super(stream);
    }

    @Override
    public Token getNextToken() {
        @Nullable Token buffered = ahead.poll();
        Token token = buffered == null ? super.getNextToken() : buffered;
        if ((CONTEXTUAL.get(token.kind) && isName(token.kind)) || isAggregateName(token.kind)) {
            token.kind = IDENTIFIER;
        } else if (token.kind == FOR && (peek(1) == UPDATE || peek(1) == SHARE)) {
            // Otherwise the grammar takes FOR for the beginning of FOR SYSTEM_TIME.
            token.kind = LOCKING_FOR;
        }
        remember(token.kind);
        return token;
    }

    private void remember(int kind) {
        if (kind == LPAREN) {
            depth++;
            casts.set(depth, CASTS.get(last));
        } else if (kind == RPAREN) {
            depth = Math.max(0, depth - 1);
        }
        if (position == 0) {
            first = kind;
        }
        position++;
        inPattern |= kind == MATCH_RECOGNIZE;
        beforeLast = last;
        last = kind;
    }

    /** FIRST(value, time) and LAST(value, time) are aggregates; only MATCH_RECOGNIZE has functions of these names. */
    private boolean isAggregateName(int kind) {
        return (kind == FIRST || kind == LAST) && !inPattern && peek(1) == LPAREN;
    }

    private boolean isName(int kind) {
        int next = peek(1);
        if (last == DOT || next == DOT || ALWAYS_NAMES.get(kind)) {
            return true;
        }
        switch (kind) {
            case VALUE -> {
                return last != NEXT && last != CURRENT;
            }
            case UNKNOWN -> {
                return last != IS && (last != NOT || beforeLast != IS);
            }
            case UESCAPE -> {
                return last != UNICODE_STRING_LITERAL;
            }
            default -> {}
        }
        if (last == AS) {
            return !(casts.get(depth) && depth > 0) && !continues(kind, next);
        }
        if (last == UPDATE) {
            return kind == SET ? next == SET || next == AS : position == 1;
        }
        if (beginsName(kind)) {
            return true;
        }
        return BEFORE_OPERAND.get(last) && !continues(kind, next);
    }

    private boolean beginsName(int kind) {
        if (BEFORE_NAME.get(last)) {
            return true;
        }
        if (last == EXISTS) {
            return beforeLast == IF || (beforeLast == NOT && first != SELECT && position <= NAME_POSITION_MAX);
        }
        if (OBJECTS.get(last)) {
            return BEFORE_OBJECT.get(beforeLast) && position <= NAME_POSITION_MAX;
        }
        return (position == 1 && BEFORE_NAME_AT_START.get(last))
                || (first == ALTER && ALTERATIONS.get(last) && kind != SET);
    }

    /** Whether the word after a keyword shows that the keyword is meant. */
    private boolean continues(int kind, int next) {
        return switch (kind) {
            case DATE, DATETIME -> STRINGS.get(next) || next == LPAREN;
            case TIME, TIMESTAMP ->
                STRINGS.get(next)
                        || next == LPAREN
                        || next == ZONE
                        || (next == WITH && (peek(2) == TIME || peek(2) == LOCAL));
            case INTERVAL ->
                LITERALS.get(next)
                        || next == LPAREN
                        || ((next == MINUS || next == PLUS) && STRINGS.get(peek(2)))
                        || (next == IDENTIFIER && UNITS.get(peek(2)));
            case VALUES -> LITERALS.get(next) || next == LPAREN || next == ROW || next == MINUS;
            case RANGE, ROWS ->
                (last == LPAREN && FRAME.get(next))
                        || (kind == RANGE && next == LPAREN)
                        || ((last == BY || last == COMMA) && peek(2) == EVERY);
            case PARTITION -> next == BY;
            case BETWEEN -> last == NOT;
            case CURRENT -> next == ROW || next == VALUE;
            case NEXT -> next == VALUE && peek(2) == FOR;
            case GROUPING -> next == LPAREN || next == SETS;
            case EXISTS -> next == LPAREN || (last == NOT && beforeLast == IF);
            case ASOF -> next == JOIN;
            case BY, ESCAPE -> false;
            default -> next == LPAREN;
        };
    }

    /** The kind of the n-th token after the current one. */
    private int peek(int n) {
        while (ahead.size() < n) {
            ahead.add(super.getNextToken());
        }
        int i = 0;
        for (Token token : ahead) {
            if (++i == n) {
                return token.kind;
            }
        }
        throw new IllegalStateException("no token was read ahead, n=" + n);
    }

    private static BitSet kinds(int... kinds) {
        BitSet set = new BitSet();
        for (int kind : kinds) {
            set.set(kind);
        }
        return set;
    }

    private static BitSet union(BitSet left, BitSet right) {
        BitSet set = (BitSet) left.clone();
        set.or(right);
        return set;
    }
}
