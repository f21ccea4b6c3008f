package io.trellisdb.cli.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CsvReaderTest {
    @Test
    void commasSeparateAndLineEndsEnd() throws IOException {
        assertEquals(List.of("1:[a, b]", "2:[c, d]", "3:[e, f]"), read("a,b\nc,d\r\ne,f"));
    }

    @Test
    void emptyFieldsAreNullAndQuotedOnesEmpty() throws IOException {
        assertEquals(List.of("1:[null, , null]", "2:[null, null]"), read(",\"\",\n,\n"));
    }

    @Test
    void quotedFieldsHoldCommasQuotesAndLineBreaks() throws IOException {
        assertEquals(List.of("1:[a,b, c\"d, e\r\nf]", "3:[g]"), read("\"a,b\",\"c\"\"d\",\"e\r\nf\"\ng"));
    }

    @Test
    void quotesInsideUnquotedFieldsAreText() throws IOException {
        assertEquals(List.of("1:[5\" pipe, x]"), read("5\" pipe,x"));
    }

    @Test
    void emptyLinesAndTheByteOrderMarkAreSkipped() throws IOException {
        assertEquals(List.of("1:[a]", "4:[b]"), read("\uFEFFa\n\r\n\nb\n\n"));
    }

    @Test
    void blanksArePartOfTheirField() throws IOException {
        assertEquals(List.of("1:[ a ,  b ]"), read(" a , b "));
    }

    @Test
    void fieldsMayCrossTheBuffer() throws IOException {
        String large = "x".repeat(200_000);

        assertEquals(List.of("1:[" + large + ", " + large + "]"), read(large + ",\"" + large + "\""));
    }

    @Test
    void damageIsReportedWithItsLine() {
        assertEquals("file ends inside a quoted field that begins in line 2", failure("a\n\"b\nc"));
        assertEquals("text follows a closing quote: line 1", failure("\"a\"b,c"));
    }

    @Test
    void fieldsAreBounded() {
        assertEquals("record has more than 10000 fields: line 1", failure(",".repeat(CsvReader.MAX_FIELDS)));
        assertEquals(
                "field is longer than 16777216 characters: line 1",
                failure("x".repeat(CsvReader.MAX_FIELD_CHARACTERS + 1)));
    }

    private static String failure(String text) {
        return assertThrows(LoadException.class, () -> read(text)).getMessage();
    }

    private static List<String> read(String text) throws IOException {
        List<String> records = new ArrayList<>();
        try (CsvReader reader = new CsvReader(new StringReader(text))) {
            for (Optional<CsvRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                records.add(next.get().line() + ":" + next.get().fields());
            }
        }
        return records;
    }
}
