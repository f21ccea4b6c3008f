package io.trellisdb.testing.planted.server.right;

import io.trellisdb.testing.planted.server.Shared;

/** Imports its parent, and breaks: ends the process. */
public record Right(Shared shared) {
    public void end() {
        System.exit(shared.value());
    }
}
