package io.trellisdb.coordination.bdbje;

import io.trellisdb.coordination.CommitOutcome;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.MetadataChange;
import io.trellisdb.coordination.MetadataCommit;
import io.trellisdb.coordination.MetadataEvent;
import io.trellisdb.coordination.MetadataImage;
import io.trellisdb.coordination.MetadataRecord;
import io.trellisdb.coordination.MetadataStore;
import io.trellisdb.coordination.Registration;
import io.trellisdb.coordination.membership.MemberRecords;
import io.trellisdb.coordination.metadata.MetadataTree;
import java.util.Optional;
import java.util.function.Consumer;

/** The records as this node has them, and the way to the writer. Any thread may call it. */
final class BdbjeMetadata implements MetadataStore {
    private final MetadataTree tree;
    private final Writer writer;

    BdbjeMetadata(MetadataTree tree, Writer writer) {
        this.tree = tree;
        this.writer = writer;
    }

    @Override
    public long revision() {
        return tree.revision();
    }

    @Override
    public Optional<MetadataRecord> find(String key) {
        return tree.find(key);
    }

    @Override
    public MetadataImage image(String prefix) {
        return tree.image(prefix);
    }

    @Override
    public CommitOutcome commit(Epoch epoch, MetadataCommit commit) {
        for (MetadataChange change : commit.changes()) {
            if (change.key().startsWith(MemberRecords.PREFIX) || change.key().equals(MemberRecords.CLUSTER_KEY)) {
                throw new IllegalArgumentException("key is written by coordination itself: " + change.key());
            }
        }
        return writer.commit(epoch, commit);
    }

    @Override
    public Registration watch(String prefix, long afterRevision, Consumer<MetadataEvent> listener) {
        return tree.watch(prefix, afterRevision, listener);
    }
}
