package io.trellisdb.common.codec;

import java.security.SecureRandom;

/** The seed of a random test: fresh, or the one given with {@code -Dtrellis.seed=N}; logged so that it can be replayed. */
final class TestSeed {
    private static final System.Logger LOG = System.getLogger(TestSeed.class.getName());

    private TestSeed() {}

    static long next(String test) {
        String given = System.getProperty("trellis.seed", "");
        long seed = given.isBlank() ? new SecureRandom().nextLong(1_000_000_000_000L) : Long.parseLong(given.strip());
        LOG.log(System.Logger.Level.INFO, () -> test + ": replay with -Dtrellis.seed=" + seed);
        return seed;
    }
}
