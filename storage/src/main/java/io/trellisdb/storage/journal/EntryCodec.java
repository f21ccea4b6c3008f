package io.trellisdb.storage.journal;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.Crc32c;
import io.trellisdb.common.codec.XxHash64;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.token.Token;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.StoredResultCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries as frames.
 *
 * <pre>
 * payload := 0 | 1 · result          then count · operation…   (StoredResultCodec, OperationCodec)
 * </pre>
 *
 * Numbers are varints. An entry whose payload is larger than a frame's becomes PART frames and one of COMMIT (or PREPARE),
 * all with the entry's header.
 */
final class EntryCodec {
    /** The most that one entry may hold, its parts together; also what a reader is willing to collect. */
    static final int ENTRY_MAX = 272 * 1024 * 1024;

    private static final JournalEntry.Kind[] KINDS = JournalEntry.Kind.values();

    private EntryCodec() {}

    /** An entry's payload and chain hash, ready to be framed; {@code payload} holds exactly it. */
    record Encoded(JournalEntry entry, byte[] payload, int payloadLength, long hash) {}

    static Encoded encode(JournalEntry entry) {
        ByteWriter out = new ByteWriter(expectedSize(entry));
        StoredResult result = entry.result();
        if (result == null) {
            out.writeByte(0);
        } else {
            out.writeByte(1);
            StoredResultCodec.encode(out, result);
        }
        out.writeVarInt(entry.operations().size());
        for (Operation operation : entry.operations()) {
            OperationCodec.encode(out, operation);
        }
        if (out.position() > ENTRY_MAX) {
            throw new TrellisException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "statement changes too much at once: " + out.position() + " bytes, at most " + ENTRY_MAX);
        }
        long hash = hash(entry, out.array(), 0, out.position());
        return new Encoded(entry, out.array(), out.position(), hash);
    }

    /** A guess that spares the writer from growing; compact forms may need less. */
    private static int expectedSize(JournalEntry entry) {
        long size = 64;
        for (Operation operation : entry.operations()) {
            if (operation instanceof Operation.PutRows put) {
                size += put.rows().sizeBytes() + 24L * put.rowKeys().size();
            } else if (operation instanceof Operation.DeleteRows delete) {
                size += 24L * delete.rowKeys().size();
            } else {
                size += 32;
            }
        }
        return (int) Math.min(size, FrameFormat.PAYLOAD_MAX);
    }

    /**
     * The chain hash: XXH64 over the header (which names the hash before it) and the XXH64 of the payload. It does not depend
     * on how the entry is framed.
     */
    static long hash(JournalEntry entry, byte[] payload, int offset, int length) {
        ByteWriter head = new ByteWriter(FrameFormat.ENTRY_HEADER_LENGTH);
        head.writeByte(entry.kind().code());
        head.writeInt(entry.partition());
        head.writeLong(entry.term());
        head.writeLong(entry.lsn());
        head.writeLong(entry.previousHash());
        head.writeLong(entry.commitTimestamp());
        writeToken(head, entry.token());
        head.writeLong(XxHash64.hash(payload, offset, length));
        return XxHash64.hash(head.array(), 0, head.position());
    }

    /** Appends the frames of a group; see {@link FrameFormat}. */
    static void frame(ByteWriter out, List<Encoded> group) {
        int groupStart = out.position();
        boolean isAlone = group.size() == 1 && group.get(0).payloadLength() <= FrameFormat.PAYLOAD_MAX;
        for (int i = 0; i < group.size(); i++) {
            Encoded encoded = group.get(i);
            boolean isLastEntry = i == group.size() - 1;
            int from = 0;
            do {
                int length = Math.min(encoded.payloadLength() - from, FrameFormat.PAYLOAD_MAX);
                boolean isLastPiece = from + length == encoded.payloadLength();
                int flags = isAlone
                        ? 0
                        : isLastEntry && isLastPiece ? FrameFormat.GROUP_CLOSES : FrameFormat.GROUP_CONTINUES;
                frame(out, encoded, kindOf(encoded, from, isLastPiece), flags, groupStart, from, length);
                from += length;
            } while (from < encoded.payloadLength());
        }
    }

    private static JournalEntry.Kind kindOf(Encoded encoded, int from, boolean isLastPiece) {
        JournalEntry.Kind kind = encoded.entry().kind();
        if (!isLastPiece) {
            return JournalEntry.Kind.PART;
        }
        return from > 0 && kind == JournalEntry.Kind.OPERATIONS ? JournalEntry.Kind.COMMIT : kind;
    }

    private static void frame(
            ByteWriter out, Encoded encoded, JournalEntry.Kind kind, int flags, int groupStart, int from, int length) {
        JournalEntry entry = encoded.entry();
        int start = out.position();
        out.writeInt(0);
        out.writeByte(FrameFormat.FORMAT);
        out.writeByte(flags);
        out.writeByte(kind.code());
        out.writeByte(0);
        out.writeInt(entry.partition());
        out.writeLong(entry.term());
        out.writeLong(entry.lsn());
        out.writeLong(entry.previousHash());
        out.writeLong(entry.commitTimestamp());
        writeToken(out, entry.token());
        out.writeBytes(encoded.payload(), from, length);
        if (flags == FrameFormat.GROUP_CLOSES) {
            out.writeInt(Crc32c.of(out.array(), groupStart, start - groupStart));
        }
        out.patchInt(start, out.position() - start + FrameFormat.CHECKSUM_LENGTH);
        out.writeInt(Crc32c.of(out.array(), start, out.position() - start));
    }

    private static void writeToken(ByteWriter out, @Nullable Token token) {
        out.writeLong(token == null ? 0 : token.session());
        out.writeLong(token == null ? 0 : token.sequence());
        out.writeLong(token == null ? 0 : token.lowestUnfinished());
    }

    /** The kind of an entry that is framed with this code; a closing COMMIT stands for OPERATIONS. */
    static JournalEntry.Kind entryKind(int code) {
        JournalEntry.Kind kind = KINDS[code - 1];
        return kind == JournalEntry.Kind.COMMIT ? JournalEntry.Kind.OPERATIONS : kind;
    }

    static boolean isKnownKind(int code) {
        return code >= 1 && code <= KINDS.length;
    }

    /** The entry with the header of the frame at {@code frame} and this payload, which is read to its end. */
    static JournalEntry decode(byte[] bytes, int frame, ByteReader payload) {
        StoredResult result = payload.readBoolean() ? StoredResultCodec.decode(payload) : null;
        int count = payload.readCount(2);
        List<Operation> operations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            operations.add(OperationCodec.decode(payload));
        }
        payload.expectEnd();
        return entry(bytes, frame, payload, result, operations);
    }

    /** The entry with the header of the frame at {@code frame} and nothing else. */
    static JournalEntry decodeHeader(byte[] bytes, int frame, ByteReader in) {
        return entry(bytes, frame, in, null, List.of());
    }

    private static JournalEntry entry(
            byte[] bytes, int frame, ByteReader in, @Nullable StoredResult result, List<Operation> operations) {
        return new JournalEntry(
                FrameFormat.partition(bytes, frame),
                entryKind(FrameFormat.kind(bytes, frame)),
                FrameFormat.term(bytes, frame),
                FrameFormat.lsn(bytes, frame),
                FrameFormat.previousHash(bytes, frame),
                FrameFormat.commitTimestamp(bytes, frame),
                decodeToken(bytes, frame, in),
                result,
                operations);
    }

    private static @Nullable Token decodeToken(byte[] bytes, int frame, ByteReader in) {
        long session = FrameFormat.session(bytes, frame);
        if (session == 0) {
            return null;
        }
        try {
            return new Token(session, FrameFormat.sequence(bytes, frame), FrameFormat.lowestUnfinished(bytes, frame));
        } catch (IllegalArgumentException e) {
            throw in.failure("token is not valid: " + e.getMessage());
        }
    }
}
