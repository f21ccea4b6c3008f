package io.trellisdb.testing.planted.server.util;

import io.trellisdb.testing.planted.server.left.Left;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;

/** Breaks: the package's name, static mutable state, serialization; the other half of a cycle. */
public final class Counter {
    static int count;

    private Counter() {}

    public static void write(OutputStream out, Left left) throws IOException {
        count++;
        try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
            objects.writeInt(left.hashCode());
        }
    }
}
