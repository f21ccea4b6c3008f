package io.trellisdb.protocol;

import static io.trellisdb.protocol.MessageFields.readColumns;
import static io.trellisdb.protocol.MessageFields.readEnum;
import static io.trellisdb.protocol.MessageFields.readOptional;
import static io.trellisdb.protocol.MessageFields.readTable;

import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.BatchCodec.Origin;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.protocol.message.Response;
import java.util.Arrays;

/** The reverse of {@link ResponseEncoder}. */
final class ResponseDecoder {
    /** Rows of one batch request: what 16 MiB can hold at one bit each would be more, so runs are bounded by themselves. */
    private static final int MAX_COUNTS = 16 * 1024 * 1024;

    private ResponseDecoder() {}

    static Response decode(int type, ByteReader in) {
        return switch (type) {
            case FrameType.ROW_BATCH ->
                new Response.RowBatch(
                        in.readVarLong(),
                        readEnum(in, MessageFields.PROGRESS),
                        readOptional(in, MessageFields::readColumns),
                        BatchCodec.decodeWithTypes(in, Origin.TRELLIS));
            case FrameType.COMPLETE ->
                new Response.Complete(
                        readEnum(in, MessageFields.STATEMENT_KINDS),
                        in.readZigZagLong(),
                        readOptional(in, MessageFields::readRowSet));
            case FrameType.BATCH_COMPLETE ->
                new Response.BatchComplete(decodeCounts(in), readOptional(in, MessageFields::readRowSet));
            case FrameType.DONE -> new Response.Done();
            case FrameType.PONG -> new Response.Pong(in.readBoolean());
            case FrameType.PREPARED -> decodePrepared(in);
            case FrameType.FAILURE -> decodeFailure(in);
            case FrameType.REFUSED ->
                new Response.Refused(
                        readEnum(in, MessageFields.REASONS),
                        in.readVarLong(),
                        readOptional(in, MessageFields::readNode),
                        in.readString());
            default -> decodeRare(type, in);
        };
    }

    private static Response decodeRare(int type, ByteReader in) {
        return switch (type) {
            case FrameType.AUTHENTICATION_REQUIRED ->
                new Response.AuthenticationRequired(MessageFields.readList(in, 1, ByteReader::readString));
            case FrameType.AUTHENTICATION_STEP -> new Response.AuthenticationStep(in.readByteArray());
            case FrameType.WELCOME -> decodeWelcome(in);
            case FrameType.CLUSTER_TABLE -> new Response.ClusterTable(readTable(in));
            case FrameType.TABLE_CHANGED -> new Response.TableChanged(readTable(in));
            case FrameType.SESSION_CHANGED ->
                new Response.SessionChanged(readEnum(in, MessageFields.SETTINGS), in.readString());
            case FrameType.WARNING -> new Response.Warning(in.readString(), in.readString());
            case FrameType.DRAINING -> new Response.Draining();
            default -> throw in.failure("unknown response type: " + type);
        };
    }

    private static long[] decodeCounts(ByteReader in) {
        int runs = in.readCount(2);
        long[] counts = new long[Math.min(runs, MAX_COUNTS)];
        int size = 0;
        for (int run = 0; run < runs; run++) {
            int length = MessageFields.readSmallInt(in);
            long count = in.readZigZagLong();
            if (length == 0 || length > MAX_COUNTS - size || size > 0 && counts[size - 1] == count) {
                throw in.failure("run of update counts is out of range: " + length);
            }
            if (counts.length - size < length) {
                counts = Arrays.copyOf(counts, Math.max(size + length, (int) Math.min(size * 2L, MAX_COUNTS)));
            }
            Arrays.fill(counts, size, size + length, count);
            size += length;
        }
        return Arrays.copyOf(counts, size);
    }

    private static Response decodePrepared(ByteReader in) {
        return new Response.Prepared(
                in.readVarLong(),
                readEnum(in, MessageFields.STATEMENT_KINDS),
                in.readBoolean(),
                MessageFields.readTypes(in),
                readColumns(in),
                MessageFields.readRouting(in));
    }

    private static Response decodeWelcome(ByteReader in) {
        return new Response.Welcome(
                MessageFields.readSmallInt(in),
                in.readString(),
                MessageFields.readKey(in),
                in.readString(),
                MessageFields.readSmallInt(in),
                in.readLong(),
                in.readByteArray(),
                MessageFields.readSettings(in),
                readTable(in));
    }

    private static Response decodeFailure(ByteReader in) {
        return new Response.Failure(
                in.readString(),
                in.readString(),
                readEnum(in, MessageFields.CATEGORIES),
                in.readString(),
                in.readBoolean(),
                in.readBoolean(),
                in.readZigZagInt(),
                in.readZigZagInt());
    }
}
