package io.trellisdb.coordination;

/** A listener's subscription; after closing it no new call begins. Closing twice does nothing. */
public interface Registration extends AutoCloseable {
    @Override
    void close();
}
