package io.trellisdb.common.catalog;

/** GENERATED AS IDENTITY: values are {@code start + k * increment}; gaps are allowed. */
public record IdentityDescriptor(boolean always, long start, long increment) {
    public IdentityDescriptor {
        if (increment == 0) {
            throw new IllegalArgumentException("identity increment is zero");
        }
    }
}
