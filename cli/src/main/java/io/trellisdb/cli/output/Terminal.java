package io.trellisdb.cli.output;

import java.io.Console;

/** Whether a person sits on the other side of standard input and output. */
public final class Terminal {
    private Terminal() {}

    /** From Java 22 on this rests on the start script's {@code -Djdk.console=java.base}. */
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isInteractive() {
        return System.console() != null;
    }

    /** Waits for Enter; does not wait where nobody can press it. */
    @SuppressWarnings("SystemConsoleNull")
    public static void awaitEnter() {
        Console console = System.console();
        if (console != null) {
            console.readLine();
        }
    }
}
