package io.trellisdb.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.common.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of error codes is the enum's image; only the meanings are written by hand. */
final class ErrorCodesPageTest {
    private static final Path PAGE =
            RepositoryRoot.find().resolve("docs").resolve("reference").resolve("error-codes.md");
    private static final Pattern ROW = Pattern.compile("\\| `\\w{5}` \\| `(\\w+)` \\|.*\\| ([^|]*) \\|");

    @Test
    void pageListsEveryCodeInOrder() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        List<String> expected = withCurrentRows(lines);
        if (Boolean.getBoolean("scripts.rewrite") && !expected.equals(lines)) {
            Files.write(PAGE, expected);
        }

        assertEquals(expected, lines, "rewrite with -Dscripts.rewrite=true, then write the meanings");
    }

    @Test
    void everyCodeHasItsMeaning() throws IOException {
        List<String> meaningless = new ArrayList<>();
        meanings(Files.readAllLines(PAGE)).forEach((code, meaning) -> {
            if (!meaning.endsWith(".")) {
                meaningless.add(code);
            }
        });

        assertEquals(List.of(), meaningless);
    }

    private static List<String> withCurrentRows(List<String> lines) {
        Map<String, String> meanings = meanings(lines);
        List<String> page = new ArrayList<>();
        lines.stream().filter(line -> !ROW.matcher(line).matches()).forEach(page::add);
        for (ErrorCode code : ErrorCode.values()) {
            page.add(String.join(
                    " | ",
                    "| `" + code.sqlState() + "`",
                    "`" + code.name() + "`",
                    code.category().name(),
                    code.retryable() ? "yes" : "no",
                    meanings.getOrDefault(code.name(), "?") + " |"));
        }
        return page;
    }

    private static Map<String, String> meanings(List<String> lines) {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                meanings.put(row.group(1), row.group(2));
            }
        }
        return meanings;
    }
}
