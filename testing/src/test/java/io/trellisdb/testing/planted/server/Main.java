package io.trellisdb.testing.planted.server;

import io.trellisdb.testing.planted.server.left.Left;

/** Imports one child while another child imports this package: no cycle, but both ways. */
public final class Main {
    private Main() {}

    public static Object left() {
        return new Left(null);
    }

    public static void main(String[] arguments) {
        System.exit(arguments.length);
    }
}
