package io.trellisdb.coordination.bdbje;

import io.trellisdb.coordination.fencing.FencingSettings;
import java.time.Duration;
import java.util.Map;

/**
 * The provider's settings, checked; {@link SettingsReader} reads them.
 *
 * @param startTimeout how long {@code start} waits for a role to be known
 * @param isForced whether commits are forced to disk on leader and replicas before they count; if not, they are lost when a
 *     majority loses power at once
 * @param leaseInterval how often an idle leader renews its lease
 * @param leaseDuration how long one renewal lasts; less than the profile's replica timeout
 * @param demotionBudget how long listeners may take to end what they did as master
 * @param priority breaks ties between equally fresh voters; the larger is preferred
 * @param jeParameters JE's own, by full name; they win over the profile's
 */
record BdbjeSettings(
        TimeoutProfile timeouts,
        Duration startTimeout,
        boolean isForced,
        Duration leaseInterval,
        Duration leaseDuration,
        Duration demotionBudget,
        FencingSettings fencing,
        int priority,
        Map<String, String> jeParameters) {
    BdbjeSettings {
        jeParameters = Map.copyOf(jeParameters);
    }
}
