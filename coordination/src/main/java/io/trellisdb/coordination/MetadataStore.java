package io.trellisdb.coordination;

import java.util.Optional;
import java.util.function.Consumer;

/** The cluster's replicated records, as this node has them. */
public interface MetadataStore {
    /** The last commit that this node has applied; 0 before the first. */
    long revision();

    Optional<MetadataRecord> find(String key);

    /** All records whose keys begin with the prefix, at one revision. */
    MetadataImage image(String prefix);

    /**
     * Changes records, all or none. Blocks until the outcome is known or cannot be known.
     *
     * @param epoch in whose name; must be the newest one, and this node's
     */
    CommitOutcome commit(Epoch epoch, MetadataCommit commit);

    /**
     * Hears every later change under a prefix, in order, each once.
     *
     * @param afterRevision what the watcher knows already; it is told of the changes behind it, or, when they are no longer
     *     kept or it knows nothing (0), gets an image first
     */
    Registration watch(String prefix, long afterRevision, Consumer<MetadataEvent> listener);
}
