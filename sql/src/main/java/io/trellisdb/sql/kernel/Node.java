package io.trellisdb.sql.kernel;

import io.trellisdb.common.type.DataType;

/** A compiled expression. Confined to one thread. */
abstract class Node {
    private final DataType type;
    private final boolean constant;

    Node(DataType type, boolean constant) {
        this.type = type;
        this.constant = constant;
    }

    final DataType type() {
        return type;
    }

    /** Whether the value is the same for all rows of this execution. */
    final boolean isConstant() {
        return constant;
    }

    /** The value for each row of the input, or a constant. */
    abstract Operand evaluate(Input input);

    static boolean allConstant(Node[] nodes) {
        for (Node node : nodes) {
            if (!node.isConstant()) {
                return false;
            }
        }
        return true;
    }
}
