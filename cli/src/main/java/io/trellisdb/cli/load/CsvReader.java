package io.trellisdb.cli.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV as RFC 4180 writes it: fields between commas, quoted when they hold commas, quotes (doubled) or line breaks. Lines
 * may end in either way, empty lines are skipped, a byte order mark is ignored, and a quote inside an unquoted field is text.
 */
final class CsvReader implements Closeable {
    static final int MAX_FIELD_CHARACTERS = 16 << 20;
    static final int MAX_FIELDS = 10_000;

    private static final int BUFFER_CHARACTERS = 64 << 10;
    private static final int END = -1;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader input;
    private final char[] buffer = new char[BUFFER_CHARACTERS];
    private final StringBuilder field = new StringBuilder();
    private int position;
    private int limit;
    private long line = 1;

    CsvReader(Reader input) throws IOException {
        this.input = input;
        if (peek() == BYTE_ORDER_MARK) {
            read();
        }
    }

    /** The next record, or empty at the end. */
    Optional<CsvRecord> next() throws IOException {
        skipEmptyLines();
        if (peek() == END) {
            return Optional.empty();
        }
        long begin = line;
        List<@Nullable String> fields = new ArrayList<>();
        do {
            if (fields.size() == MAX_FIELDS) {
                throw new LoadException("record has more than " + MAX_FIELDS + " fields: line " + begin);
            }
            fields.add(peek() == '"' ? quoted() : unquoted());
        } while (nextField());
        return Optional.of(new CsvRecord(fields, begin));
    }

    private void skipEmptyLines() throws IOException {
        while (peek() == '\n' || peek() == '\r') {
            read();
        }
    }

    /** Consumes what ends a field; false if it ended the record too. */
    private boolean nextField() throws IOException {
        int c = read();
        if (c == ',') {
            return true;
        }
        if (c == '\r' && peek() == '\n') {
            read();
        }
        return false;
    }

    private @Nullable String unquoted() throws IOException {
        field.setLength(0);
        for (int c = peek(); c != ',' && c != '\n' && c != '\r' && c != END; c = peek()) {
            append(read());
        }
        return field.isEmpty() ? null : field.toString();
    }

    private String quoted() throws IOException {
        long begin = line;
        field.setLength(0);
        read();
        for (int c = read(); ; c = read()) {
            if (c == END) {
                throw new LoadException("file ends inside a quoted field that begins in line " + begin);
            } else if (c != '"') {
                append(c);
            } else if (peek() == '"') {
                append(read());
            } else {
                break;
            }
        }
        int after = peek();
        if (after != ',' && after != '\n' && after != '\r' && after != END) {
            throw new LoadException("text follows a closing quote: line " + line);
        }
        return field.toString();
    }

    private void append(int c) {
        if (field.length() == MAX_FIELD_CHARACTERS) {
            throw new LoadException("field is longer than " + MAX_FIELD_CHARACTERS + " characters: line " + line);
        }
        field.append((char) c);
    }

    private int peek() throws IOException {
        if (position == limit) {
            limit = Math.max(0, input.read(buffer));
            position = 0;
            if (limit == 0) {
                return END;
            }
        }
        return buffer[position];
    }

    private int read() throws IOException {
        int c = peek();
        if (c != END) {
            position++;
            if (c == '\n') {
                line++;
            }
        }
        return c;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
