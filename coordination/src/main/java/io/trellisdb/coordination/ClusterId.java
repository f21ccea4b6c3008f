package io.trellisdb.coordination;

import java.util.UUID;

/** Names a cluster for ever; made when its first node forms it. */
public record ClusterId(UUID id) {
    @Override
    public String toString() {
        return id.toString();
    }
}
