package io.trellisdb.sql.lexer;

import java.util.Arrays;
import java.util.Optional;

/**
 * Takes literals out of {@code name = literal}, the other comparisons and {@code name in (literal, …)} of a SELECT, UPDATE or
 * DELETE. Literals elsewhere stay: they may fix types, limits or names. So they do beside window functions, where
 * {@code = 1} can mean the first rows.
 */
final class ComparisonText {
    /** Statements with more literals than this are seldom repeated. */
    private static final int LITERALS_MAX = 64;

    private static final String[] FOLLOWERS = {"and", "or", "where", "group", "order", "limit", "returning"};

    private ComparisonText() {}

    static Optional<TextTemplate> read(Tokens tokens) {
        StringBuilder template = new StringBuilder(128);
        int[] cells = new int[8];
        int count = 0;
        int token = 0;
        int listGoesOnAt = -1;
        while (token < tokens.count()) {
            if (tokens.kind(token) == Tokens.Kind.PARAMETER || tokens.isWord(token, "over")) {
                return Optional.empty();
            }
            boolean isOfList = token == listGoesOnAt || isListBegun(tokens, token);
            int literal = isOfList || isCompared(tokens, token) ? literalAt(tokens, token) : -1;
            if (!template.isEmpty()) {
                template.append(' ');
            }
            if (literal < 0) {
                tokens.appendTo(template, token++);
                continue;
            }
            if (count == LITERALS_MAX) {
                return Optional.empty();
            }
            if (count == cells.length) {
                cells = Arrays.copyOf(cells, 2 * count);
            }
            cells[count++] = tokens.isSymbol(token, '-') ? ~literal : literal;
            template.append('?');
            token = literal + 1;
            listGoesOnAt = isOfList && tokens.isSymbol(token, ',') ? token + 1 : -1;
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(new TextTemplate(template.toString(), Arrays.copyOf(cells, count), count));
    }

    /** Whether this is the right side of a comparison with a name. */
    private static boolean isCompared(Tokens tokens, int token) {
        return token > 1 && isComparison(tokens, token - 1) && tokens.isName(token - 2);
    }

    /** Whether a name's list begins here: {@code name in (} or {@code name not in (} lie before. */
    private static boolean isListBegun(Tokens tokens, int token) {
        return token > 2
                && tokens.isSymbol(token - 1, '(')
                && tokens.isWord(token - 2, "in")
                && tokens.isName(token - 3);
    }

    /** The token of the literal that begins here and is a whole operand, or -1. */
    private static int literalAt(Tokens tokens, int token) {
        int literal = Literals.literalAt(tokens, token);
        return literal >= 0 && ends(tokens, literal + 1) && !isWordValue(tokens, literal) ? literal : -1;
    }

    private static boolean isWordValue(Tokens tokens, int literal) {
        return tokens.kind(literal) == Tokens.Kind.WORD;
    }

    private static boolean isComparison(Tokens tokens, int token) {
        if (tokens.kind(token) != Tokens.Kind.SYMBOL) {
            return false;
        }
        return switch (tokens.text(token)) {
            case "=", "<", ">", "<=", ">=", "<>", "!=" -> true;
            default -> false;
        };
    }

    private static boolean ends(Tokens tokens, int token) {
        if (token == tokens.count() || tokens.isSymbol(token, ')') || tokens.isSymbol(token, ',')) {
            return true;
        }
        for (String word : FOLLOWERS) {
            if (tokens.isWord(token, word)) {
                return true;
            }
        }
        return false;
    }
}
