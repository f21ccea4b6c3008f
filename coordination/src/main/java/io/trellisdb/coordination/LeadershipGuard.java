package io.trellisdb.coordination;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The right to act as master during one epoch. A master asks it before every step that others will rely on. */
public interface LeadershipGuard {
    Epoch epoch();

    /** Whether the epoch is this node's and its lease has not run out. */
    boolean isValid();

    /** A {@link CoordinationException} with LEADERSHIP_LOST unless valid. */
    void check();

    /** How long the guard stays valid without another renewal; zero when it is not. */
    Duration remaining();

    /** Done when the leadership is lost. */
    CompletionStage<Void> lost();
}
