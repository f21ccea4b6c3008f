package io.trellisdb.server.http;

import java.util.Optional;

/** What the HTTP door shows; asked on its thread. */
public interface HttpPages {
    /** Why the node must be started again; empty while it is alive. */
    Optional<String> failure();

    /** What keeps the node from serving SQL; empty while it serves. */
    Optional<String> notReady();

    /** All metrics in Prometheus' text format. */
    String metrics();
}
