package io.trellisdb.coordination.bdbje;

import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.coordination.CoordinationEnvironment;
import io.trellisdb.coordination.HostPort;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;

/** Settings of nodes in tests. */
final class TestSettings {
    /** The shipped ones, but for what a test machine cannot give. */
    static final Map<String, String> SAFE = Map.of("je.freeDisk", "0", "je.env.runVerifier", "false");

    /** Commits without forcing, for tests that do not lose power. */
    static final Map<String, String> QUICK = with(SAFE, Map.of("forced", "false"));

    private TestSettings() {}

    static Map<String, String> with(Map<String, String> settings, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return all;
    }

    static CoordinationEnvironment environment(Vfs directory, HostPort address, Executor listeners) {
        return new CoordinationEnvironment(
                directory,
                address,
                Map.of("sql", new HostPort("127.0.0.1", 20_001)),
                NanoClock.system(),
                WallClock.system(),
                UUID::randomUUID,
                listeners);
    }
}
