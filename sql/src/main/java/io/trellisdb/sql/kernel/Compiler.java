package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Case;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.InSet;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.expression.OuterRef;
import io.trellisdb.sql.expression.Parameter;
import io.trellisdb.sql.expression.SessionValue;
import java.util.ArrayList;
import java.util.List;

/** Turns an expression into nodes bound to one execution. */
final class Compiler {
    private final EvaluationContext context;

    Compiler(EvaluationContext context) {
        this.context = context;
    }

    Node compile(Expression expression) {
        if (expression instanceof ColumnRef column) {
            return new Nodes.Column(column.index(), column.type());
        }
        if (expression instanceof Literal literal) {
            return new Nodes.Constant(literal.type(), () -> Vectors.constant(literal.type(), literal.value(), 1));
        }
        if (expression instanceof Parameter parameter) {
            return new Nodes.Constant(parameter.type(), () -> parameter(parameter));
        }
        if (expression instanceof OuterRef outer) {
            return new Nodes.Constant(outer.type(), () -> outer(outer));
        }
        if (expression instanceof SessionValue value) {
            return new Nodes.Constant(value.type(), () -> SessionValues.value(value, context));
        }
        if (expression instanceof Cast cast) {
            return cast(compile(cast.argument()), cast.type(), cast.assignment());
        }
        if (expression instanceof Case caseOf) {
            return caseOf(caseOf);
        }
        if (expression instanceof InSet in) {
            Node argument = compile(in.argument());
            Node node = new InSetNode(argument, in.values(), in.hasNull(), in.negated());
            return argument.isConstant() ? Nodes.Folded.of(node) : node;
        }
        return call((Call) expression);
    }

    private ColumnVector parameter(Parameter parameter) {
        Batch values = context.parameters();
        if (parameter.index() >= values.columnCount()) {
            throw new TrellisException(
                    ErrorCode.UNKNOWN_PARAMETER, "parameter has no value: " + (parameter.index() + 1));
        }
        return converted(values.column(parameter.index()), parameter.type());
    }

    private ColumnVector outer(OuterRef outer) {
        return converted(context.outerRow(outer.correlationId()).column(outer.index()), outer.type());
    }

    /** A value that arrives with another type than the plan states is converted as an assignment. */
    private ColumnVector converted(ColumnVector value, DataType type) {
        if (value.type().equals(type)) {
            return value;
        }
        Operand operand = Operand.constant(value);
        return Casts.find(value.type(), type, true, context).apply(new Operand[] {operand}, 1);
    }

    /** A cast node; the argument itself when its type is already the one wanted. */
    Node cast(Node argument, DataType type, boolean assignment) {
        if (argument.type().equals(type)) {
            return argument;
        }
        Node node = new Nodes.Call(type, Casts.find(argument.type(), type, assignment, context), argument);
        return argument.isConstant() ? Nodes.Folded.of(node) : node;
    }

    private Node caseOf(Case expression) {
        int count = expression.branches().size();
        Node[] conditions = new Node[count];
        Node[] values = new Node[count];
        boolean constant = true;
        for (int i = 0; i < count; i++) {
            conditions[i] = compile(expression.branches().get(i).condition());
            values[i] = compileAs(expression.branches().get(i).value(), expression.type());
            constant &= conditions[i].isConstant() && values[i].isConstant();
        }
        Node otherwise = compileAs(expression.otherwise(), expression.type());
        Node node = new BranchNodes.CaseOf(expression.type(), conditions, values, otherwise);
        return constant && otherwise.isConstant() ? Nodes.Folded.of(node) : node;
    }

    private Node compileAs(Expression expression, DataType type) {
        return cast(compile(expression), type, false);
    }

    private Node call(Call call) {
        Node[] arguments = new Node[call.arguments().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = compile(call.arguments().get(i));
        }
        FunctionSignature signature = Functions.find(call.function())
                .orElseThrow(() -> new TrellisException(
                        ErrorCode.UNKNOWN_FUNCTION, "function does not exist: " + call.function()));
        Node node = node(call, arguments);
        return signature.deterministic() && Node.allConstant(arguments) ? Nodes.Folded.of(node) : node;
    }

    private Node node(Call call, Node[] arguments) {
        switch (call.function()) {
            case "AND", "OR" -> {
                return new BranchNodes.Junction(call.function().equals("AND"), arguments);
            }
            case "COALESCE" -> {
                Node[] cast = new Node[arguments.length];
                for (int i = 0; i < cast.length; i++) {
                    cast[i] = cast(arguments[i], call.type(), false);
                }
                return new BranchNodes.FirstPresent(call.type(), cast);
            }
            default -> {
                Node[] aligned = align(request(call, arguments), arguments);
                return new Nodes.Call(call.type(), Functions.kernel(request(call, aligned)), aligned);
            }
        }
    }

    private KernelRequest request(Call call, Node[] arguments) {
        List<DataType> types = new ArrayList<>(arguments.length);
        for (Node argument : arguments) {
            types.add(argument.type());
        }
        return new KernelRequest(call.function(), types, call.type(), context);
    }

    /** Brings the arguments of comparisons, arithmetic and choices to one type where the plan left them apart. */
    private Node[] align(KernelRequest request, Node[] arguments) {
        return switch (Functions.alignment(request)) {
            case NONE -> arguments;
            case COMMON -> common(arguments);
            case RESULT -> {
                Node[] cast = new Node[arguments.length];
                for (int i = 0; i < cast.length; i++) {
                    cast[i] = cast(arguments[i], request.result(), false);
                }
                yield cast;
            }
        };
    }

    private Node[] common(Node[] arguments) {
        DataType common = arguments[0].type();
        for (int i = 1; i < arguments.length; i++) {
            common = CommonTypes.find(common, arguments[i].type());
            if (common == null) {
                return arguments;
            }
        }
        Node[] cast = new Node[arguments.length];
        for (int i = 0; i < cast.length; i++) {
            DataType own = arguments[i].type();
            boolean untouched = own.kind() == common.kind()
                    && own.kind() != TypeKind.ARRAY
                    && (own.kind() == TypeKind.DECIMAL || own.layout() == common.layout());
            cast[i] = untouched ? arguments[i] : cast(arguments[i], common, false);
        }
        return cast;
    }
}
