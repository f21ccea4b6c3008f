package io.trellisdb.testing.vfs;

import org.jspecify.annotations.Nullable;

/** Decides before each operation of a simulated disk whether it fails. */
@FunctionalInterface
public interface FaultPlan {
    /** The kinds of operation that can fail. */
    enum Operation {
        READ,
        WRITE,
        TRUNCATE,
        FORCE,
        CREATE,
        DELETE,
        RENAME,
        FORCE_DIRECTORY
    }

    /** The fault of this operation on the file or directory {@code name}, or null to let it happen. */
    @Nullable
    Fault next(Operation operation, String name);

    static FaultPlan none() {
        return (operation, name) -> null;
    }

    /** The {@code number}-th operation of a kind from now on, counted from 1, fails; all others happen. */
    static FaultPlan once(Operation kind, int number, Fault fault) {
        return new FaultPlan() {
            private int seen;

            @Override
            public @Nullable Fault next(Operation operation, String name) {
                return operation == kind && ++seen == number ? fault : null;
            }
        };
    }
}
