package io.trellisdb.sql.definition;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.HashSet;
import java.util.Set;

/** The names of one table's constraints. Confined to one statement. */
final class ConstraintNames {
    private final Set<String> taken = new HashSet<>();

    void add(String name) {
        if (name.length() > ContainerDescriptor.MAX_NAME_LENGTH) {
            throw new TrellisException(
                    ErrorCode.NAME_TOO_LONG,
                    "name is too long: " + name.length() + " characters, at most "
                            + ContainerDescriptor.MAX_NAME_LENGTH);
        }
        if (!taken.add(name)) {
            throw new TrellisException(ErrorCode.DUPLICATE_OBJECT, "constraint is defined twice: " + name);
        }
    }

    /** The wished name, cut to the allowed length, with a number where it is taken. */
    String free(String wished) {
        return free(wished, taken);
    }

    static String free(String wished, Set<String> taken) {
        String name = cut(wished, 0);
        for (int i = 1; taken.contains(name); i++) {
            String number = Integer.toString(i);
            name = cut(wished, number.length()) + number;
        }
        return name;
    }

    private static String cut(String name, int reserved) {
        return name.substring(0, Math.min(name.length(), ContainerDescriptor.MAX_NAME_LENGTH - reserved));
    }
}
