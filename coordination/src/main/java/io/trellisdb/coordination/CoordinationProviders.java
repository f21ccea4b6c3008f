package io.trellisdb.coordination;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** The providers on the class path. */
public final class CoordinationProviders {
    private CoordinationProviders() {}

    /** The provider of that name; INVALID_CONFIGURATION, naming the installed ones, when there is not exactly one. */
    public static CoordinationProvider find(String name) {
        return choose(name, ServiceLoader.load(CoordinationProvider.class));
    }

    static CoordinationProvider choose(String name, Iterable<CoordinationProvider> installed) {
        List<CoordinationProvider> matching = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>();
        for (CoordinationProvider provider : installed) {
            names.add(provider.name());
            if (provider.name().equals(name)) {
                matching.add(provider);
            }
        }
        if (matching.size() != 1) {
            String what =
                    matching.isEmpty() ? "unknown coordination provider" : "two coordination providers of one name";
            throw new TrellisException(ErrorCode.INVALID_CONFIGURATION, what + ": " + name + ", installed: " + names);
        }
        return matching.get(0);
    }
}
