package io.trellisdb.coordination;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes down what it hears. */
public record RecordingRoleListener(List<String> heard) implements RoleListener {
    @Override
    public void onActivate(Epoch epoch) {
        heard.add("activate " + epoch.number());
    }

    @Override
    public void onLeaderChanged(Optional<LeaderInfo> leader) {
        heard.add(leader.map(known -> "leader " + known.epoch().number()).orElse("no leader"));
    }

    @Override
    public void onDemote(Epoch epoch, DemoteReason reason, Duration budget) {
        heard.add("demote " + epoch.number() + " " + reason);
    }

    @Override
    public void onFatal(FatalReason reason, String explanation) {
        heard.add("fatal " + reason);
    }
}
