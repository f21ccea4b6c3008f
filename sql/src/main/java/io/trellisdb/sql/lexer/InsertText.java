package io.trellisdb.sql.lexer;

import java.util.Arrays;
import java.util.Optional;

/** Takes the tuples of literals out of INSERT … VALUES; what follows them stays in the template. */
final class InsertText {
    private final Tokens tokens;
    private final StringBuilder template = new StringBuilder(256);
    private boolean[] defaults = new boolean[16];
    private int[] cells = new int[64];
    private int count;
    private int tupleSize;
    private int width;
    private int token;

    private InsertText(Tokens tokens) {
        this.tokens = tokens;
    }

    static Optional<TextTemplate> read(Tokens tokens) {
        InsertText text = new InsertText(tokens);
        boolean understood = text.prefix() && text.firstTuple() && text.furtherTuples() && text.tail();
        return understood && text.width > 0
                ? Optional.of(
                        new TextTemplate(text.template.toString(), Arrays.copyOf(text.cells, text.count), text.width))
                : Optional.empty();
    }

    /** Everything to VALUES: names, dots, commas and one list of columns. */
    private boolean prefix() {
        while (token < tokens.count() && !tokens.isWord(token, "values")) {
            boolean expected = tokens.isName(token)
                    || tokens.isSymbol(token, '.')
                    || tokens.isSymbol(token, ',')
                    || tokens.isSymbol(token, '(')
                    || tokens.isSymbol(token, ')');
            if (!expected || tokens.isWord(token, "select") || tokens.isWord(token, "default")) {
                return false;
            }
            copy();
        }
        if (token == tokens.count()) {
            return false;
        }
        copy();
        return true;
    }

    private void copy() {
        if (!template.isEmpty()) {
            template.append(' ');
        }
        tokens.appendTo(template, token++);
    }

    /** The first tuple decides where DEFAULT stands. */
    private boolean firstTuple() {
        if (!tokens.isSymbol(token++, '(')) {
            return false;
        }
        template.append(" (");
        do {
            if (tupleSize == defaults.length) {
                defaults = Arrays.copyOf(defaults, 2 * tupleSize);
            }
            defaults[tupleSize] = tokens.isWord(token, "default");
            template.append(tupleSize == 0 ? "" : ", ").append(defaults[tupleSize] ? "default" : "?");
            if (!cell(tupleSize++)) {
                return false;
            }
        } while (tokens.isSymbol(token++, ','));
        template.append(')');
        width = count;
        return tokens.isSymbol(token - 1, ')');
    }

    private boolean furtherTuples() {
        while (tokens.isSymbol(token, ',')) {
            token++;
            if (!tokens.isSymbol(token++, '(')) {
                return false;
            }
            for (int i = 0; i < tupleSize; i++) {
                if (!cell(i) || !tokens.isSymbol(token++, i + 1 == tupleSize ? ')' : ',')) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean cell(int place) {
        if (defaults[place]) {
            return tokens.isWord(token++, "default");
        }
        int literal = Literals.literalAt(tokens, token);
        if (literal < 0) {
            return false;
        }
        if (count == cells.length) {
            cells = Arrays.copyOf(cells, 2 * count);
        }
        cells[count++] = tokens.isSymbol(token, '-') ? ~literal : literal;
        token = literal + 1;
        return true;
    }

    private boolean tail() {
        while (token < tokens.count()) {
            if (tokens.kind(token) == Tokens.Kind.PARAMETER) {
                return false;
            }
            copy();
        }
        return true;
    }
}
