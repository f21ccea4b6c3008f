package io.trellisdb.storage.memory;

import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.XxHash64;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.JournalCursor;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.JournalHold;
import java.util.List;

/** A journal that keeps nothing: what is appended counts as durable at once, before {@link #append} returns. */
final class MemoryJournal implements Journal {
    @Override
    public void append(List<JournalEntry> group, DurabilityListener onDurable) {
        onDurable.durable();
    }

    /** Of the header alone: there is no other replica to compare contents with. */
    @Override
    public long chainHash(JournalEntry entry) {
        ByteWriter head = new ByteWriter(32);
        head.writeInt(entry.partition());
        head.writeLong(entry.lsn());
        head.writeLong(entry.previousHash());
        head.writeLong(entry.commitTimestamp());
        return XxHash64.hash(head.array(), 0, head.position());
    }

    @Override
    public JournalCursor read(int partition, long afterLsn) {
        throw new TrellisException(ErrorCode.NOT_SUPPORTED, "journal in memory keeps nothing to be read");
    }

    @Override
    public JournalHold hold(int partition, long fromLsn, long maxBytes) {
        throw new TrellisException(ErrorCode.NOT_SUPPORTED, "journal in memory keeps nothing to be held");
    }

    @Override
    public long sizeBytes() {
        return 0;
    }

    @Override
    public boolean isFailed() {
        return false;
    }
}
