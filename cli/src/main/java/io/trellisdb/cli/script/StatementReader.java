package io.trellisdb.cli.script;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/**
 * Splits a script at its semicolons, except those inside {@code 'text'}, {@code "names"}, {@code -- comments} and
 * {@code /* comments *}{@code /}. A doubled quote needs no rule of its own: it ends one quoted part and begins the next.
 */
public final class StatementReader {
    /** More than any server takes; bounds what an unclosed quote can cost. */
    static final int MAX_CHARACTERS = 16 << 20;

    private static final int END = -1;
    private static final int NOTHING = -2;

    private final BufferedReader input;
    private final StringBuilder text = new StringBuilder();
    private int pushedBack = NOTHING;
    private int line = 1;
    private int firstLine;
    private boolean hasCode;

    /** The reader stays the caller's to close. */
    public StatementReader(Reader input) {
        this.input = new BufferedReader(input);
    }

    /**
     * The next statement, or empty at the end of the script. Empty statements are skipped; the last one needs no semicolon.
     *
     * @throws ScriptException if the script ends inside quotes or a comment, or a statement is too long
     */
    public Optional<ScriptStatement> next() throws IOException {
        text.setLength(0);
        hasCode = false;
        for (int c = read(); c != END; c = read()) {
            switch (c) {
                case ';' -> {
                    if (hasCode) {
                        return Optional.of(take());
                    }
                    text.setLength(0);
                }
                case '\'', '"' -> {
                    code(c);
                    quoted(c);
                }
                case '-', '/' -> maybeComment(c);
                default -> {
                    if (Character.isWhitespace(c)) {
                        append(c);
                    } else {
                        code(c);
                    }
                }
            }
        }
        return hasCode ? Optional.of(take()) : Optional.empty();
    }

    private ScriptStatement take() {
        return new ScriptStatement(text.toString().strip(), firstLine);
    }

    private void maybeComment(int c) throws IOException {
        int next = peek();
        if (c == '-' && next == '-') {
            append(c);
            while (peek() != '\n' && peek() != END) {
                append(read());
            }
        } else if (c == '/' && next == '*') {
            append(c);
            append(read());
            blockComment();
        } else {
            code(c);
        }
    }

    private void blockComment() throws IOException {
        int begin = line;
        int previous = NOTHING;
        for (int c = read(); c != END; c = read()) {
            append(c);
            if (previous == '*' && c == '/') {
                return;
            }
            previous = c;
        }
        throw new ScriptException("script ends inside a comment that begins in line " + begin);
    }

    private void quoted(int quote) throws IOException {
        int begin = line;
        for (int c = read(); c != END; c = read()) {
            append(c);
            if (c == quote) {
                return;
            }
        }
        throw new ScriptException(
                "script ends inside a " + (quote == '"' ? "name" : "text") + " whose quote opens in line " + begin);
    }

    private void code(int c) {
        if (!hasCode) {
            hasCode = true;
            firstLine = line;
        }
        append(c);
    }

    private void append(int c) {
        if (text.length() == MAX_CHARACTERS) {
            throw new ScriptException("statement is longer than " + MAX_CHARACTERS + " characters, up to line " + line);
        }
        text.append((char) c);
    }

    private int peek() throws IOException {
        if (pushedBack == NOTHING) {
            pushedBack = input.read();
        }
        return pushedBack;
    }

    private int read() throws IOException {
        int c = peek();
        pushedBack = NOTHING;
        if (c == '\n') {
            line++;
        }
        return c;
    }
}
