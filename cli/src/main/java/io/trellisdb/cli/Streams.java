package io.trellisdb.cli;

import java.io.InputStream;
import java.io.PrintStream;

/** What a command reads and writes, so that tests can stand on the other side. */
record Streams(InputStream in, PrintStream out, PrintStream err) {}
