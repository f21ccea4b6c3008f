package io.trellisdb.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void elsewhereThanOnATerminalOnlyTheResultIsPrintedAtOnce() {
        ProgressBar bar = bar(false);

        bar.show(0.5, 1_000);
        bar.finish(2_000);

        assertTrue(text().matches("load: 2,000 rows in [0-9.]+ s\n"), text());
    }

    @Test
    void aTerminalSeesOneLineDrawnAgain() {
        ProgressBar bar = bar(true);

        bar.show(0.5, 1_000);
        bar.finish(2_000);

        assertTrue(
                text().matches("\rload \\[#{15}\\.{15}\\]  50 % 1,000 rows \rload: 2,000 rows in [0-9.]+ s *\n"),
                text());
    }

    @Test
    void anAbandonedBarLeavesALineOfItsOwnForTheReason() {
        ProgressBar bar = bar(true);

        bar.show(0, 0);
        bar.abandon();
        bar.abandon();

        assertEquals("\rload [..............................]   0 % 0 rows \n", text());
    }

    private ProgressBar bar(boolean isTerminal) {
        return new ProgressBar(new PrintStream(printed, true, StandardCharsets.UTF_8), isTerminal, "load");
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
