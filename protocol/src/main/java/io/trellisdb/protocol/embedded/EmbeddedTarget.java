package io.trellisdb.protocol.embedded;

import java.nio.file.Path;

/** Which node in this process is meant. Equal targets are the same node. */
public sealed interface EmbeddedTarget {
    /** The node whose data lies in a directory; the door compares directories by their real path. */
    record InDirectory(Path directory) implements EmbeddedTarget {}

    /** A node without a directory; its data is gone when it stops. */
    record InMemory(String name) implements EmbeddedTarget {}
}
