package io.trellisdb.coordination.local;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.coordination.CoordinationEnvironment;
import io.trellisdb.coordination.CoordinationProvider;
import io.trellisdb.coordination.CoordinationService;
import java.util.Map;
import java.util.TreeSet;

/** Makes the coordination of a node that is alone. */
public final class LocalProvider implements CoordinationProvider {
    public static final String NAME = "local";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isClustered() {
        return false;
    }

    /** It has no settings of its own. */
    @Override
    public CoordinationService create(Map<String, String> config, CoordinationEnvironment environment) {
        if (!config.isEmpty()) {
            throw new TrellisException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "unknown settings of coordination provider local: " + new TreeSet<>(config.keySet()));
        }
        return new LocalCoordination(environment);
    }
}
