package io.trellisdb.protocol;

import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.testing.fuzz.Harmless;
import java.nio.ByteBuffer;
import java.util.List;

/** What a server may send, the partition table included, without the length field. */
public final class ResponseFuzz {
    /** Runs of equal update counts may become 16 Mi counts, twice while they grow, and results several batches. */
    private static final long EXPANSION = 6L * BatchCodec.MAX_EXPANSION;

    private static final Harmless HARMLESS =
            Harmless.failingWith(ErrorCode.PROTOCOL_VIOLATION).allocating(EXPANSION, 2048);

    private ResponseFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        HARMLESS.decode(data, () -> FrameCodec.decodeResponse(ByteBuffer.wrap(data)))
                .ifPresent(frame -> Harmless.requireStable(
                        frame,
                        each -> RequestFuzz.body(FrameCodec.encode(each)),
                        bytes -> FrameCodec.decodeResponse(ByteBuffer.wrap(bytes))));
    }

    static List<byte[]> seeds() {
        return FrameSamples.responses().values().stream()
                .map((ResponseFrame frame) -> RequestFuzz.body(FrameCodec.encode(frame)))
                .toList();
    }
}
