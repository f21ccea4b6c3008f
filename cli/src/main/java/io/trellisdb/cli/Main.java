package io.trellisdb.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Where the process of a command begins and ends. */
public final class Main {
    private static final int OUTPUT_BUFFER_BYTES = 64 << 10;

    private Main() {}

    public static void main(String[] arguments) {
        // Buffered, since results may be long, and UTF-8 whatever the locale: CSV and JSON are.
        PrintStream out = new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUTPUT_BUFFER_BYTES),
                false,
                StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = run(new Streams(System.in, out, err), arguments);
        out.flush();
        System.exit(out.checkError() && status == 0 ? Failures.FAILED : status);
    }

    /** Runs a command and returns its exit status. */
    static int run(Streams streams, String... arguments) {
        return new CommandLine(new TrellisCommand(), new CommandFactory(streams))
                .setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::reportMisuse)
                .setExecutionExceptionHandler(Failures::report)
                .execute(arguments);
    }
}
