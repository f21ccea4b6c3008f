package io.trellisdb.cli.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A CSV file with a header line, in UTF-8, packed if its name ends in {@code .gz}. Knows how far it was read. */
public final class CsvSource implements AutoCloseable {
    private static final int GZIP_BUFFER_BYTES = 64 << 10;

    private final Path file;
    private final long sizeBytes;
    private final CountingInput counter;
    private final CsvReader reader;
    private final List<String> header;

    private CsvSource(Path file, long sizeBytes, CountingInput counter, CsvReader reader, List<String> header) {
        this.file = file;
        this.sizeBytes = sizeBytes;
        this.counter = counter;
        this.reader = reader;
        this.header = header;
    }

    /** Opens a file and reads its header; a {@link LoadException} says what is wrong with it. */
    public static CsvSource open(Path file) {
        CountingInput counter = null;
        try {
            long sizeBytes = Files.size(file);
            counter = new CountingInput(Files.newInputStream(file));
            InputStream bytes =
                    file.toString().endsWith(".gz") ? new GZIPInputStream(counter, GZIP_BUFFER_BYTES) : counter;
            CsvReader reader = new CsvReader(utf8(bytes));
            return new CsvSource(file, sizeBytes, counter, reader, readHeader(file, reader));
        } catch (IOException e) {
            closeQuietly(counter);
            throw unreadable(file, e);
        } catch (LoadException e) {
            closeQuietly(counter);
            throw e;
        }
    }

    /** A byte that is not UTF-8 is an error; silently replaced it would be a wrong value. */
    private static Reader utf8(InputStream bytes) {
        return new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static List<String> readHeader(Path file, CsvReader reader) throws IOException {
        CsvRecord first =
                reader.next().orElseThrow(() -> new LoadException("file is empty, not even a header line: " + file));
        for (@Nullable String name : first.fields()) {
            if (name == null || name.isBlank()) {
                throw new LoadException("header line has a column without a name: " + file + " line " + first.line());
            }
        }
        return first.fields().stream().map(name -> String.valueOf(name).strip()).toList();
    }

    private static void closeQuietly(@Nullable InputStream stream) {
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                // The reason why the file is given up is the one to report.
            }
        }
    }

    private static LoadException unreadable(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new LoadException("file does not exist: " + file, e);
        } else if (e instanceof CharacterCodingException) {
            return new LoadException("file is not UTF-8: " + file, e);
        }
        return new LoadException("file cannot be read: " + file + " (" + e.getMessage() + ")", e);
    }

    public Path file() {
        return file;
    }

    /** Column names as the file has them. */
    public List<String> header() {
        return header;
    }

    /** The next record, which has as many fields as the header. */
    Optional<CsvRecord> next() {
        try {
            Optional<CsvRecord> next = reader.next();
            if (next.isPresent() && next.get().fields().size() != header.size()) {
                CsvRecord wrong = next.get();
                throw new LoadException("record has " + wrong.fields().size() + " fields where the header has "
                        + header.size() + ": " + file + " line " + wrong.line());
            }
            return next;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** How much of the file was read, 0 to 1. */
    double fraction() {
        return sizeBytes == 0 ? 1 : Math.min(1, (double) counter.count / sizeBytes);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Counts bytes as they lie in the file. */
    private static final class CountingInput extends FilterInputStream {
        private long count;

        CountingInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
