package io.trellisdb.sql.session;

import java.time.Instant;
import java.util.Optional;

/** A session as SHOW SESSIONS shows it. */
public record SessionInfo(
        long id,
        String user,
        String application,
        String clientAddress,
        String database,
        Instant connectedAt,
        String state,
        Optional<String> statement,
        Optional<Instant> statementStartedAt) {}
