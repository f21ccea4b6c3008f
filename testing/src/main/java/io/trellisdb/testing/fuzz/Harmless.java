package io.trellisdb.testing.fuzz;

import com.sun.management.ThreadMXBean;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What must hold whatever bytes a decoder is given: it returns, or fails with one of the declared codes, and takes memory in
 * proportion to the input, beyond what its format allows. Immutable; the memory of the calling thread is measured.
 */
public final class Harmless {
    /** What a failure's exceptions, first uses of classes and the fuzzer's own bookkeeping may take. */
    private static final long SLACK_BYTES = 8L * 1024 * 1024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Set<ErrorCode> codes;
    private final long fixedBytes;
    private final long bytesPerByte;

    private Harmless(Set<ErrorCode> codes, long fixedBytes, long bytesPerByte) {
        this.codes = codes;
        this.fixedBytes = fixedBytes;
        this.bytesPerByte = bytesPerByte;
    }

    /** Only these codes may be thrown. */
    public static Harmless failingWith(ErrorCode... codes) {
        return new Harmless(Set.of(codes), 0, 0);
    }

    /** Memory that may be taken: a fixed amount, and so much for each byte of input. */
    public Harmless allocating(long newFixedBytes, long newBytesPerByte) {
        return new Harmless(codes, newFixedBytes, newBytesPerByte);
    }

    /**
     * What the decoder makes of its input, empty when it refuses; {@link AssertionError}, or what the decoder must not throw.
     * The decoder may be asked twice.
     */
    public <T> Optional<T> decode(byte[] data, Supplier<T> decoder) {
        long allowed = SLACK_BYTES + fixedBytes + bytesPerByte * data.length;
        long before = threads.getCurrentThreadAllocatedBytes();
        Optional<T> decoded = decodeOrRefuse(decoder);
        if (threads.getCurrentThreadAllocatedBytes() - before > allowed) {
            // classes may have been loaded and instrumented meanwhile: only a second time counts
            before = threads.getCurrentThreadAllocatedBytes();
            decoded = decodeOrRefuse(decoder);
            long taken = threads.getCurrentThreadAllocatedBytes() - before;
            if (taken > allowed) {
                throw new AssertionError("decoder takes too much memory for " + data.length + " bytes: " + taken
                        + ", allowed " + allowed);
            }
        }
        return decoded;
    }

    private <T> Optional<T> decodeOrRefuse(Supplier<T> decoder) {
        try {
            return Optional.of(decoder.get());
        } catch (TrellisException e) {
            if (!codes.contains(e.code())) {
                throw new AssertionError("decoder fails with a code that it does not declare: " + e.code(), e);
            }
            return Optional.empty();
        }
    }

    /** A decoded value must be encoded to bytes that decode to what has the same bytes. */
    public static <T> void requireStable(T decoded, Function<T, byte[]> encoder, Function<byte[], T> decoder) {
        byte[] bytes = encoder.apply(decoded);
        byte[] again = encoder.apply(decoder.apply(bytes));
        if (!Arrays.equals(bytes, again)) {
            HexFormat hex = HexFormat.of();
            throw new AssertionError(
                    "value does not come back: " + hex.formatHex(bytes) + " became " + hex.formatHex(again));
        }
    }
}
