package io.trellisdb.server.node;

import io.trellisdb.server.http.HttpPages;
import java.util.Locale;
import java.util.Optional;

/** What a node shows over HTTP. */
record NodePages(TrellisNode node, NodeMetrics meters) implements HttpPages {
    @Override
    public Optional<String> failure() {
        return node.failure().map(reason -> "failed: " + reason.getMessage());
    }

    @Override
    public Optional<String> notReady() {
        if (node.isReady()) {
            return Optional.empty();
        }
        return Optional.of(failure().orElse(node.state().name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public String metrics() {
        return meters.scrape();
    }
}
