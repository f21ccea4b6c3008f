package io.trellisdb.storage.write;

import io.trellisdb.common.token.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A changing statement over one or several partitions of which either all parts happen or none.
 *
 * @param token recognises a repeated request, or null for the system's own writes
 * @param parts at least one, each for another partition
 * @param deadlineNanos the {@code NanoClock} time after which the statement fails if it has not been appended
 */
public record WriteStatement(@Nullable Token token, List<PartitionWrite> parts, long deadlineNanos) {
    public WriteStatement {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("statement has no parts");
        }
    }
}
