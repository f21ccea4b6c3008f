package io.trellisdb.coordination.bdbje;

import io.trellisdb.coordination.CoordinationEnvironment;
import io.trellisdb.coordination.CoordinationProvider;
import io.trellisdb.coordination.CoordinationService;
import java.util.Map;
import java.util.Optional;

/** Makes the coordination of a server. */
public final class BdbjeProvider implements CoordinationProvider {
    public static final String NAME = "bdbje";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isClustered() {
        return true;
    }

    @Override
    public CoordinationService create(Map<String, String> config, CoordinationEnvironment environment) {
        return new BdbjeCoordination(
                SettingsReader.read(config), environment, BdbjeCoordination.requireDisk(environment), Optional.empty());
    }
}
