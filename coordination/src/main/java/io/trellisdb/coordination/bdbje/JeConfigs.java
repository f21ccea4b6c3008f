package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.Durability;
import com.sleepycat.je.Durability.ReplicaAckPolicy;
import com.sleepycat.je.Durability.SyncPolicy;
import com.sleepycat.je.EnvironmentConfig;
import com.sleepycat.je.rep.NoConsistencyRequiredPolicy;
import com.sleepycat.je.rep.ReplicationConfig;
import com.sleepycat.je.rep.ReplicationNetworkConfig;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;

/** JE's configurations for a place and settings. */
final class JeConfigs {
    /** Forced on the leader and on the replicas that make up the majority. */
    static final Durability FORCED = new Durability(SyncPolicy.SYNC, SyncPolicy.SYNC, ReplicaAckPolicy.SIMPLE_MAJORITY);
    /** Written by a majority, forced by nobody: leases, and commits where the operator chose so. */
    static final Durability ACKNOWLEDGED =
            new Durability(SyncPolicy.WRITE_NO_SYNC, SyncPolicy.WRITE_NO_SYNC, ReplicaAckPolicy.SIMPLE_MAJORITY);
    /** Only tells others something that is true anyway. */
    static final Durability UNACKNOWLEDGED =
            new Durability(SyncPolicy.WRITE_NO_SYNC, SyncPolicy.WRITE_NO_SYNC, ReplicaAckPolicy.NONE);

    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("je.maxMemory", Long.toString(64L << 20)),
            Map.entry("je.freeDisk", Long.toString(256L << 20)),
            Map.entry("je.reservedDisk", Long.toString(512L << 20)),
            Map.entry("je.log.fileMax", Integer.toString(32 << 20)),
            Map.entry("je.lock.timeout", "5 s"),
            Map.entry("je.haltOnCommitAfterChecksumException", "true"),
            Map.entry("je.env.runVerifier", "true"),
            Map.entry("je.env.verifySchedule", "0 0 * * *"));
    private static final Map<String, String> REPLICATION = Map.of(
            // Pieces of entries and images are far smaller; the default depends on the cache.
            "je.rep.maxMessageSize",
            Integer.toString(32 << 20),
            // JE's own notion of what was durable cannot be trusted: lost commits are found by our revision instead.
            "je.rep.txnRollbackLimit",
            "1000");

    private JeConfigs() {}

    static EnvironmentConfig environment(BdbjeSettings settings, Handler log) {
        EnvironmentConfig config = new EnvironmentConfig();
        config.setTransactional(true);
        config.setAllowCreate(true);
        config.setDurability(FORCED);
        config.setLoggingHandler(log);
        Map<String, String> parameters = new TreeMap<>(ENVIRONMENT);
        settings.jeParameters().forEach((key, value) -> {
            if (!isReplication(key)) {
                parameters.put(key, value);
            }
        });
        parameters.forEach((key, value) -> set(key, () -> config.setConfigParam(key, value)));
        return config;
    }

    static ReplicationConfig replication(
            BdbjeSettings settings, GroupPlace place, Optional<ReplicationNetworkConfig> network) {
        ReplicationConfig config = new ReplicationConfig(
                place.groupName(), place.nodeName(), place.address().toString());
        config.setNodeType(place.nodeType());
        config.setHelperHosts(place.helperHosts());
        config.setNodePriority(settings.priority());
        config.setConsistencyPolicy(NoConsistencyRequiredPolicy.NO_CONSISTENCY);
        network.ifPresent(config::setRepNetConfig);
        Map<String, String> parameters = new TreeMap<>(REPLICATION);
        parameters.putAll(settings.timeouts().jeParameters());
        settings.jeParameters().forEach((key, value) -> {
            if (isReplication(key)) {
                parameters.put(key, value);
            }
        });
        parameters.forEach((key, value) -> set(key, () -> config.setConfigParam(key, value)));
        return config;
    }

    static Durability commits(BdbjeSettings settings) {
        return settings.isForced() ? FORCED : ACKNOWLEDGED;
    }

    static long ackTimeoutMillis(BdbjeSettings settings, GroupPlace place) {
        return replication(settings, place, Optional.empty()).getReplicaAckTimeout(TimeUnit.MILLISECONDS);
    }

    private static boolean isReplication(String key) {
        return key.startsWith("je.rep.");
    }

    private static void set(String key, Runnable setter) {
        try {
            setter.run();
        } catch (IllegalArgumentException e) {
            throw new TrellisException(
                    ErrorCode.INVALID_CONFIGURATION, "invalid setting coordination." + key + ": " + e.getMessage(), e);
        }
    }
}
