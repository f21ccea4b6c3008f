package io.trellisdb.testing.planted.common;

import io.trellisdb.testing.planted.storage.Store;

/** Breaks: an arrow from below to above. */
public final class LooksUp {
    private LooksUp() {}

    public static String look() {
        return Store.class.getName();
    }
}
