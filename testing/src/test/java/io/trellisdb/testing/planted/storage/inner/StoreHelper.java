package io.trellisdb.testing.planted.storage.inner;

/** Breaks: the name. */
public final class StoreHelper {
    private final Thread thread = new Thread(() -> {});

    /** Breaks: starts a thread. */
    public StoreHelper() {
        thread.start();
    }

    public boolean isAlive() {
        return thread.isAlive();
    }
}
