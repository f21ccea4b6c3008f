package io.trellisdb.storage.table;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.ImageHead;
import io.trellisdb.storage.ImageInstallation;
import io.trellisdb.storage.ImagePosition;
import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.KeyspaceKind;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a partition by an image. The partition's {@link InstallRecord} is its state until the end: a partition that has one
 * holds nothing that anybody may see. Confined to one thread.
 */
final class ImageInstall implements ImageInstallation {
    /** Keys removed in one round. */
    private static final int REMOVED_KEYS = 1000;

    private final KeyspaceStore store;
    private final Keyspace state;
    private final LongSupplier journalEnd;
    private final Runnable derive;
    private final Runnable installed;
    private InstallRecord record;

    /**
     * @param journalEnd forces the node's journal and tells where it ends
     * @param derive makes indexes and counts of what is installed
     * @param installed called when the image has taken the partition's place
     */
    ImageInstall(
            KeyspaceStore store,
            ImageHead head,
            @Nullable InstallRecord known,
            LongSupplier journalEnd,
            Runnable derive,
            Runnable installed) {
        this.store = store;
        this.state = store.keyspace(KeyspaceKind.STATE, head.partition());
        this.journalEnd = journalEnd;
        this.derive = derive;
        this.installed = installed;
        this.record = known != null && known.head().equals(head)
                ? known
                : new InstallRecord(head, ImagePosition.BEGINNING, head.lsn(), false);
    }

    /** Hides what the partition holds and removes it. */
    void begin() {
        if (record.isEmptied()) {
            return;
        }
        put(record);
        // whatever comes after a crash must find the record before it finds anything removed
        store.flush();
        for (int code = 0; code < KeyspaceKind.count(); code++) {
            empty(store.keyspace(KeyspaceKind.ofCode(code), record.head().partition()));
        }
        record = new InstallRecord(record.head(), record.position(), record.usableFrom(), true);
        put(record);
    }

    private void put(InstallRecord changed) {
        try (Round round = store.begin()) {
            round.put(state, StateKeys.install(), changed.encode());
            round.commit();
        }
    }

    private void empty(Keyspace keyspace) {
        List<byte[]> keys = firstKeys(keyspace);
        while (!keys.isEmpty()) {
            try (Round round = store.begin()) {
                for (byte[] key : keys) {
                    round.delete(keyspace, key);
                }
                round.commit();
            }
            keys = firstKeys(keyspace);
        }
    }

    private List<byte[]> firstKeys(Keyspace keyspace) {
        List<byte[]> keys = new ArrayList<>();
        try (KeyCursor cursor = keyspace.keyCursor()) {
            boolean isThere = cursor.seek(new byte[0]);
            while (isThere && keys.size() < REMOVED_KEYS) {
                if (keyspace != state || !StateKeys.isInstall(cursor.key())) {
                    keys.add(cursor.key());
                }
                isThere = cursor.next();
            }
        }
        return keys;
    }

    @Override
    public ImagePosition position() {
        return record.position();
    }

    @Override
    public void accept(byte[] bytes) {
        ImageChunk chunk = ImageChunk.decode(bytes);
        ImagePosition before = record.position();
        if (chunk.imageId() != record.head().imageId() || chunk.number() != before.chunks() || before.isComplete()) {
            throw new TrellisException(
                    ErrorCode.DATA_CORRUPTED,
                    "chunk does not continue the image: chunk " + chunk.number() + " of image " + chunk.imageId()
                            + " after " + before + " of image " + record.head().imageId());
        }
        Keyspace keyspace = store.keyspace(chunk.kind(), record.head().partition());
        InstallRecord next = new InstallRecord(
                record.head(), chunk.behind(before, bytes), Math.max(record.usableFrom(), chunk.usableFrom()), true);
        try (Round round = store.begin()) {
            for (ImageChunk.Entry entry : chunk.entries()) {
                round.put(keyspace, entry.key(), entry.value());
            }
            round.put(state, StateKeys.install(), next.encode());
            round.commit();
        }
        record = next;
    }

    @Override
    public void finish() {
        if (!record.position().isComplete()) {
            throw new TrellisException(
                    ErrorCode.DATA_CORRUPTED, "image is not complete: " + record.position() + " is the last");
        }
        ImageHead head = record.head();
        long journalPosition = journalEnd.getAsLong();
        LogBeginning beginning = new LogBeginning(head.lsn(), journalPosition, record.usableFrom());
        Position position = new Position(head.lsn(), head.term(), head.hash(), head.commitTimestamp(), head.lsn() + 1);
        derive.run();
        // all of it before the record that hides it goes
        store.flush();
        try (Round round = store.begin()) {
            round.put(state, StateKeys.position(), position.encode());
            round.put(state, StateKeys.logBeginning(), beginning.encode());
            round.delete(state, StateKeys.install());
            round.commit();
        }
        store.flush();
        installed.run();
    }
}
