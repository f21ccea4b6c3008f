package io.trellisdb.storage.table;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.storage.StoredResult;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A session as one partition knows it. Results that are only counts are kept here; larger ones, and those beyond
 * {@value #MAX_COUNTS}, have records of their own. Confined to one thread.
 *
 * <pre>
 * record := commit timestamp of the last entry · trimmed below · lowest large sequence or 0
 *         · count · (sequence · update count)…
 * </pre>
 *
 * Numbers are varints.
 */
final class SessionRecord {
    static final int MAX_COUNTS = 64;

    private long lastTimestamp;
    private long trimmedBelow;
    private long lowestLarge;
    private final NavigableMap<Long, Long> counts = new TreeMap<>();

    byte[] encode() {
        ByteWriter out = new ByteWriter();
        out.writeVarLong(lastTimestamp);
        out.writeVarLong(trimmedBelow);
        out.writeVarLong(lowestLarge);
        out.writeVarInt(counts.size());
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            out.writeVarLong(entry.getKey());
            out.writeVarLong(entry.getValue());
        }
        return out.toByteArray();
    }

    static SessionRecord decode(byte[] bytes) {
        ByteReader in = ByteReader.ofStored(bytes);
        SessionRecord record = new SessionRecord();
        record.lastTimestamp = in.readVarLong();
        record.trimmedBelow = in.readVarLong();
        record.lowestLarge = in.readVarLong();
        int count = in.readCount(2);
        for (int i = 0; i < count; i++) {
            record.counts.put(in.readVarLong(), in.readVarLong());
        }
        in.expectEnd();
        return record;
    }

    long lastTimestamp() {
        return lastTimestamp;
    }

    void touch(long commitTimestamp) {
        lastTimestamp = Math.max(lastTimestamp, commitTimestamp);
    }

    /** Results of lower sequences are forgotten. */
    long trimmedBelow() {
        return trimmedBelow;
    }

    void trimBelow(long sequence) {
        if (sequence > trimmedBelow) {
            trimmedBelow = sequence;
            counts.headMap(sequence, false).clear();
        }
    }

    /** The lowest sequence that may have a record of its own; 0 when there is none. */
    long lowestLarge() {
        return lowestLarge;
    }

    void lowestLarge(long sequence) {
        lowestLarge = sequence;
    }

    void addLarge(long sequence) {
        lowestLarge = lowestLarge == 0 ? sequence : Math.min(lowestLarge, sequence);
    }

    /** Keeps a result here if it fits. */
    boolean add(long sequence, StoredResult result) {
        if (result.returning() != null || counts.size() >= MAX_COUNTS) {
            return false;
        }
        counts.put(sequence, result.updateCount());
        return true;
    }

    @Nullable
    StoredResult find(long sequence) {
        Long count = counts.get(sequence);
        return count == null ? null : StoredResult.ofCount(count);
    }
}
