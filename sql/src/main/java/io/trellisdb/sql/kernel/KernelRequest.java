package io.trellisdb.sql.kernel;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.util.List;

/** For which call a kernel is wanted. */
record KernelRequest(String function, List<DataType> arguments, DataType result, EvaluationContext context) {
    KernelRequest {
        arguments = List.copyOf(arguments);
    }

    int count() {
        return arguments.size();
    }

    DataType type(int index) {
        return arguments.get(index);
    }

    TypeKind kind(int index) {
        return arguments.get(index).kind();
    }

    /** There is no kernel for these argument types. */
    TrellisException unsupported() {
        return new TrellisException(
                ErrorCode.UNKNOWN_FUNCTION,
                "function does not exist for these types: " + function
                        + arguments.toString().replace('[', '(').replace(']', ')'));
    }
}
