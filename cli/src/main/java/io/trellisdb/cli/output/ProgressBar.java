package io.trellisdb.cli.output;

import java.io.PrintStream;
import java.util.Locale;

/**
 * How far a load is. On a terminal it is one line that is drawn again; elsewhere a plain line every two seconds, so
 * that a log stays readable.
 */
public final class ProgressBar {
    private static final int CELLS = 30;
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 2_000_000_000L;

    private final PrintStream out;
    private final boolean isTerminal;
    private final String title;
    private final long startNanos = System.nanoTime();
    private long drawnNanos = startNanos;
    private boolean isDrawn;

    /** Draws nothing yet. */
    public ProgressBar(PrintStream out, boolean isTerminal, String title) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.title = title;
    }

    /** Whether a line that is drawn again makes sense. */
    public static boolean isOnTerminal() {
        return Terminal.isInteractive() && !"dumb".equals(System.getenv("TERM"));
    }

    /** {@code fraction} of the work is done, 0 to 1; {@code rows} were loaded so far. */
    public void show(double fraction, long rows) {
        long now = System.nanoTime();
        if (isTerminal) {
            if (!isDrawn || now - drawnNanos >= REDRAW_NANOS) {
                draw(fraction, rows);
                drawnNanos = now;
            }
            return;
        }
        if (now - drawnNanos >= LINE_NANOS) {
            drawnNanos = now;
            out.printf(Locale.ROOT, "%s: %d %%, %,d rows%n", title, (int) (fraction * 100), rows);
        }
    }

    /** Replaces the bar by the result. */
    public void finish(long rows) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        out.printf(
                Locale.ROOT,
                "%s%s: %,d rows in %.1f s%s%n",
                isDrawn ? "\r" : "",
                title,
                rows,
                seconds,
                isDrawn ? " ".repeat(CELLS + 10) : "");
        isDrawn = false;
    }

    /** Leaves the bar as it is and begins a new line, so that a message can follow. */
    public void abandon() {
        if (isDrawn) {
            out.println();
            isDrawn = false;
        }
    }

    private void draw(double fraction, long rows) {
        int full = (int) (fraction * CELLS);
        out.printf(
                Locale.ROOT,
                "\r%s [%s%s] %3d %% %,d rows ",
                title,
                "#".repeat(full),
                ".".repeat(CELLS - full),
                (int) (fraction * 100),
                rows);
        out.flush();
        isDrawn = true;
    }
}
