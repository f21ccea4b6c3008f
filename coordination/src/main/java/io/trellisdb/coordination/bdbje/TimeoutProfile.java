package io.trellisdb.coordination.bdbje;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * JE's timeouts for a distance between voters. JE's defaults let a master that hangs stay for three minutes: two survivors
 * wait for it in every phase of an election. Values always carry a unit: JE takes bare numbers for microseconds, except where
 * a parameter is a number of milliseconds by itself.
 *
 * @param replicaTimeout after which a replica declares a silent master dead
 * @param jeParameters JE's parameters by their full names
 */
record TimeoutProfile(Duration replicaTimeout, Duration startTimeout, Map<String, String> jeParameters) {
    /** Voters in one building. */
    static final TimeoutProfile LAN = new TimeoutProfile(
            Duration.ofSeconds(4),
            Duration.ofSeconds(30),
            Map.ofEntries(
                    Map.entry("je.rep.heartbeatInterval", "250"),
                    Map.entry("je.rep.replicaTimeout", "4 s"),
                    Map.entry("je.rep.feederTimeout", "4 s"),
                    Map.entry("je.rep.electionsOpenTimeout", "500 ms"),
                    Map.entry("je.rep.electionsReadTimeout", "500 ms"),
                    Map.entry("je.rep.electionsRebroadcastPeriod", "2 s"),
                    Map.entry("je.rep.preHeartbeatTimeoutMs", "5 s"),
                    Map.entry("je.rep.repstreamOpenTimeout", "2 s"),
                    Map.entry("je.rep.repGroupOpenTimeout", "2 s"),
                    Map.entry("je.rep.repGroupReadTimeout", "2 s"),
                    Map.entry("je.rep.replicaAckTimeout", "5 s"),
                    Map.entry("je.rep.insufficientReplicasTimeout", "3 s"),
                    Map.entry("je.rep.envUnknownStateTimeout", "5 s"),
                    Map.entry("je.rep.envSetupTimeout", "60 s"),
                    Map.entry("je.rep.maxClockDelta", "2 s")));

    /** Voters some hundred kilometres apart. */
    static final TimeoutProfile WAN = new TimeoutProfile(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Map.ofEntries(
                    Map.entry("je.rep.heartbeatInterval", "1000"),
                    Map.entry("je.rep.replicaTimeout", "10 s"),
                    Map.entry("je.rep.feederTimeout", "10 s"),
                    Map.entry("je.rep.electionsOpenTimeout", "2 s"),
                    Map.entry("je.rep.electionsReadTimeout", "2 s"),
                    Map.entry("je.rep.electionsRebroadcastPeriod", "10 s"),
                    Map.entry("je.rep.preHeartbeatTimeoutMs", "10 s"),
                    Map.entry("je.rep.repstreamOpenTimeout", "5 s"),
                    Map.entry("je.rep.repGroupOpenTimeout", "5 s"),
                    Map.entry("je.rep.repGroupReadTimeout", "5 s"),
                    Map.entry("je.rep.replicaAckTimeout", "10 s"),
                    Map.entry("je.rep.insufficientReplicasTimeout", "10 s"),
                    Map.entry("je.rep.envUnknownStateTimeout", "10 s"),
                    Map.entry("je.rep.envSetupTimeout", "180 s"),
                    Map.entry("je.rep.maxClockDelta", "5 s")));

    TimeoutProfile {
        jeParameters = Map.copyOf(jeParameters);
    }

    /** The parameters with some of them set otherwise. */
    Map<String, String> with(Map<String, String> overrides) {
        Map<String, String> all = new TreeMap<>(jeParameters);
        all.putAll(overrides);
        return all;
    }
}
