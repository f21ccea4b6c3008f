package io.trellisdb.coordination.bdbje;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.coordination.ClusterId;
import io.trellisdb.coordination.HostPort;
import io.trellisdb.coordination.NodeId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SettingsReaderTest {
    private static final HostPort ADDRESS = new HostPort("127.0.0.1", 20_020);
    private static final GroupPlace PLACE = new GroupPlace(
            new NodeId(new UUID(1, 2), 3), new ClusterId(new UUID(3, 4)), ADDRESS, true, Set.of(ADDRESS));

    @Test
    void defaultsAreThoseOfALan() {
        BdbjeSettings settings = SettingsReader.read(Map.of());

        assertEquals(TimeoutProfile.LAN, settings.timeouts());
        assertEquals(Duration.ofSeconds(3), settings.leaseDuration());
        assertTrue(settings.isForced());
        assertEquals(3, settings.fencing().attempts());
    }

    @Test
    void jeTakesEveryParameterOfBothProfiles() {
        for (String profile : Set.of("lan", "wan")) {
            BdbjeSettings settings = SettingsReader.read(Map.of("profile", profile));

            assertEquals(
                    settings.timeouts().replicaTimeout().toSeconds() + " s",
                    JeConfigs.replication(settings, PLACE, Optional.empty()).getConfigParam("je.rep.replicaTimeout"));
            assertEquals(
                    Long.toString(64L << 20),
                    JeConfigs.environment(settings, new JeLog()).getConfigParam("je.maxMemory"));
        }
    }

    @Test
    void ownParametersOfJeWinOverTheProfile() {
        BdbjeSettings settings = SettingsReader.read(Map.of("je.rep.maxClockDelta", "1 s", "je.freeDisk", "0"));

        assertEquals(
                1_000,
                JeConfigs.replication(settings, PLACE, Optional.empty()).getMaxClockDelta(TimeUnit.MILLISECONDS));
        assertEquals("0", JeConfigs.environment(settings, new JeLog()).getConfigParam("je.freeDisk"));
    }

    @Test
    void refusalsNameTheKey() {
        refused("speed", Map.of("speed", "9"));
        refused("profile", Map.of("profile", "moon"));
        refused("lease.interval", Map.of("lease.interval", "1000"));
        refused("lease.duration", Map.of("lease.duration", "4 s"));
        refused("lease.duration", Map.of("lease.interval", "2s"));
        refused("forced", Map.of("forced", "yes"));
        refused("priority", Map.of("priority", "0"));
        refused("fencing", Map.of("fencing.backoff.max", "1 ms"));
    }

    private static void refused(String key, Map<String, String> config) {
        TrellisException refusal = assertThrows(TrellisException.class, () -> SettingsReader.read(config));
        assertEquals(ErrorCode.INVALID_CONFIGURATION, refusal.code());
        assertTrue(refusal.getMessage().contains(key), refusal.getMessage());
    }
}
