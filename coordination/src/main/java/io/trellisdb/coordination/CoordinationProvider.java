package io.trellisdb.coordination;

import java.util.Map;

/** A way to coordinate, found by {@link java.util.ServiceLoader}; needs a public constructor without parameters. */
public interface CoordinationProvider {
    /** The value of {@code coordination.provider} that chooses it. */
    String name();

    /** Whether it can hold more than one node together. */
    boolean isClustered();

    /**
     * A service that has not started.
     *
     * @param config the provider's own settings, keys without the {@code coordination.} prefix; unknown ones are refused with
     *     INVALID_CONFIGURATION
     */
    CoordinationService create(Map<String, String> config, CoordinationEnvironment environment);
}
