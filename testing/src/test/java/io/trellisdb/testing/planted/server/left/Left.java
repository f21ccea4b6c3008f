package io.trellisdb.testing.planted.server.left;

import io.trellisdb.testing.planted.server.util.Counter;

/** Half of a cycle with the package {@code util}. */
public record Left(Counter counter) {}
