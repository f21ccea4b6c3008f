package io.trellisdb.common.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request failed. The message is a static sentence followed by the offending values, and says what to do where that is
 * not obvious: {@code "table does not exist: orders, did you mean order_items?"}.
 */
public final class TrellisException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public TrellisException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public TrellisException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message is null"), cause);
        this.code = Objects.requireNonNull(code, "code is null");
    }

    public ErrorCode code() {
        return code;
    }

    /** The message; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), code.name());
    }
}
