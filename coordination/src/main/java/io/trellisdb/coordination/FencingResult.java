package io.trellisdb.coordination;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt to become the only master ended.
 *
 * @param fenced the epoch that is now this node's; null on failure
 * @param attempts how often a write was tried
 * @param failure null on success
 */
public record FencingResult(
        @Nullable Epoch fenced,
        int attempts,
        Duration elapsed,
        @Nullable Failure failure) {
    /** Why there is no epoch. */
    public enum Failure {
        /** Another node has written this epoch: final. */
        CONFLICT,
        /** The group does not take this node for its leader. */
        NOT_LEADER,
        /** All attempts ended without an acknowledged write. */
        ATTEMPTS_EXHAUSTED,
        /** The deadline passed, or the service is closing. */
        STOPPED,
        /** The epoch table or the file of the highest epoch is damaged, or they contradict each other. */
        DAMAGED
    }

    public boolean isOk() {
        return fenced != null;
    }

    public Optional<Epoch> epoch() {
        return Optional.ofNullable(fenced);
    }
}
