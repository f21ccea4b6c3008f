package io.trellisdb.cli.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableGuessTest {
    @TempDir
    private Path folder;

    @Test
    void tableHoldsTheFilesColumnsInOrder() throws IOException {
        Path file = write("a.csv", "Id,When Seen,note\n1,2001-02-28 10:00:00,\n2,,\"\"\n");

        assertEquals(
                "CREATE TABLE t (\"id\" INTEGER, \"when seen\" TIMESTAMP(3), \"note\" VARCHAR)",
                TableGuess.of(file).createTable(new TableName("t"), List.of()));
    }

    @Test
    void keyColumnsMayNotBeNull() throws IOException {
        Path file = write("a.csv", "a,b,c\n1,2,3\n");

        assertEquals(
                "CREATE TABLE d.t (\"a\" INTEGER NOT NULL, \"b\" INTEGER, \"c\" INTEGER NOT NULL, PRIMARY KEY (\"c\", \"a\"))",
                TableGuess.of(file).createTable(new TableName("d.t"), List.of("C", " a")));
    }

    @Test
    void packedFilesAreUnpacked() throws IOException {
        Path file = folder.resolve("a.csv.gz");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write("x\n1.5\n".getBytes(StandardCharsets.UTF_8));
        }

        assertEquals("CREATE TABLE t (\"x\" DOUBLE)", TableGuess.of(file).createTable(new TableName("t"), List.of()));
    }

    @Test
    void complaintsNameTheFile() throws IOException {
        Path absent = folder.resolve("absent.csv");
        Path empty = write("empty.csv", "");
        Path nameless = write("nameless.csv", "a,,b\n");
        Path ragged = write("ragged.csv", "a,b\n1,2\n1,2,3\n");
        Path latin = Files.write(folder.resolve("latin.csv"), "a\n\u00fcber\n".getBytes(StandardCharsets.ISO_8859_1));

        assertEquals("file does not exist: " + absent, failure(absent));
        assertEquals("file is empty, not even a header line: " + empty, failure(empty));
        assertEquals("header line has a column without a name: " + nameless + " line 1", failure(nameless));
        assertEquals("record has 3 fields where the header has 2: " + ragged + " line 3", failure(ragged));
        assertEquals("file is not UTF-8: " + latin, failure(latin));
        assertEquals("header line names a column twice: a", failure(write("twice.csv", "a,A\n")));
    }

    @Test
    void keyMustBeAColumnOfTheFile() throws IOException {
        TableGuess guess = TableGuess.of(write("a.csv", "a,b\n"));

        LoadException failure =
                assertThrows(LoadException.class, () -> guess.createTable(new TableName("t"), List.of("c")));

        assertEquals("key names a column that the file does not have: c, it has a, b", failure.getMessage());
    }

    @Test
    void tableNamesAreNamesAndNothingElse() {
        assertEquals("\"odd \"\"name\"\"\".t_1$", new TableName("\"odd \"\"name\"\"\".t_1$").sql());
        for (String wrong : List.of("", "a-b", "a.b.c", "t; drop table u", "1t", "\"t", "t (a)")) {
            assertThrows(LoadException.class, () -> new TableName(wrong));
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String failure(Path file) {
        return assertThrows(LoadException.class, () -> TableGuess.of(file)).getMessage();
    }
}
