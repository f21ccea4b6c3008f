package io.trellisdb.sql.write;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/** Collects the types of a statement's parameters from its parts. Confined to one planning. */
final class ParameterTypes {
    private final List<DataType> types = new ArrayList<>();

    void set(int index, DataType type) {
        while (types.size() <= index) {
            types.add(DataType.NULL);
        }
        if (type.kind() != TypeKind.NULL) {
            types.set(index, type);
        }
    }

    void addAll(List<DataType> known) {
        for (int i = 0; i < known.size(); i++) {
            set(i, known.get(i));
        }
    }

    /** All types; INDETERMINATE_TYPE when one is not known. */
    List<DataType> all() {
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).kind() == TypeKind.NULL) {
                throw new TrellisException(
                        ErrorCode.INDETERMINATE_TYPE,
                        "type of a parameter cannot be determined, write a CAST: parameter " + (i + 1));
            }
        }
        return types;
    }
}
