package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.type.DataType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Leaves and plain calls. */
final class Nodes {
    private Nodes() {}

    /** A column of the input. */
    static final class Column extends Node {
        private final int index;

        Column(int index, DataType type) {
            super(type, false);
            this.index = index;
        }

        @Override
        Operand evaluate(Input input) {
            return Operand.of(input.column(index).as(type()));
        }
    }

    /** A value known when the execution starts; computed when first needed. */
    static final class Constant extends Node {
        private final Supplier<ColumnVector> source;
        private @Nullable Operand operand;

        Constant(DataType type, Supplier<ColumnVector> source) {
            super(type, true);
            this.source = source;
        }

        @Override
        Operand evaluate(Input input) {
            if (operand == null) {
                operand = Operand.constant(source.get().as(type()));
            }
            return operand;
        }
    }

    /** A node over constants: evaluated once, when first needed, so that an error arises only if a row needs the value. */
    static final class Folded extends Node {
        private final Node node;
        private @Nullable Operand operand;

        private Folded(Node node) {
            super(node.type(), true);
            this.node = node;
        }

        static Node of(Node node) {
            return new Folded(node);
        }

        @Override
        Operand evaluate(Input input) {
            if (operand == null) {
                operand = Operand.constant(node.evaluate(Input.single()).dense(1));
            }
            return operand;
        }
    }

    /** A kernel over the values of other nodes. */
    static final class Call extends Node {
        private final Kernel kernel;
        private final Node[] arguments;

        Call(DataType type, Kernel kernel, Node... arguments) {
            super(type, false);
            this.kernel = kernel;
            this.arguments = arguments;
        }

        @Override
        Operand evaluate(Input input) {
            Operand[] operands = new Operand[arguments.length];
            for (int i = 0; i < operands.length; i++) {
                operands[i] = arguments[i].evaluate(input);
            }
            return Operand.of(kernel.apply(operands, input.rowCount()));
        }
    }
}
