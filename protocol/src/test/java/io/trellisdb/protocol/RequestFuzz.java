package io.trellisdb.protocol;

import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.testing.fuzz.Harmless;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** What a client may send, without the length field. */
public final class RequestFuzz {
    private static final Harmless HARMLESS = Harmless.failingWith(
                    ErrorCode.PROTOCOL_VIOLATION, ErrorCode.INVALID_UTF8, ErrorCode.STRING_TOO_LONG)
            .allocating(2L * BatchCodec.MAX_EXPANSION, 2048);

    private RequestFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        HARMLESS.decode(data, () -> FrameCodec.decodeRequest(ByteBuffer.wrap(data)))
                .ifPresent(frame -> Harmless.requireStable(
                        frame,
                        each -> body(FrameCodec.encode(each)),
                        bytes -> FrameCodec.decodeRequest(ByteBuffer.wrap(bytes))));
    }

    /** A frame without its length field. */
    static byte[] body(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return Arrays.copyOfRange(bytes, FrameCodec.LENGTH_BYTES, bytes.length);
    }

    static List<byte[]> seeds() {
        return FrameSamples.requests().values().stream()
                .map((RequestFrame frame) -> body(FrameCodec.encode(frame)))
                .toList();
    }
}
