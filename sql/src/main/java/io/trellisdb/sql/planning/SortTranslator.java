package io.trellisdb.sql.planning;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.plan.Gather;
import io.trellisdb.sql.plan.Limit;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Sort;
import io.trellisdb.sql.plan.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * ORDER BY, OFFSET and LIMIT. On owners each fragment sorts, or comes in the order of its key anyway; the gateway merges.
 * Only as many rows as LIMIT can need leave an owner.
 */
final class SortTranslator {
    private final List<SortKey> keys;
    private final @Nullable Expression offset;
    private final @Nullable Expression limit;
    private Piece input;

    SortTranslator(org.apache.calcite.rel.core.Sort sort, Piece input) {
        this.input = input;
        this.keys = keys(sort.getCollation().getFieldCollations());
        this.offset = count(sort.offset, "OFFSET");
        this.limit = count(sort.fetch, "LIMIT");
    }

    static List<SortKey> keys(List<RelFieldCollation> collations) {
        List<SortKey> keys = new ArrayList<>();
        for (RelFieldCollation collation : collations) {
            boolean descending = collation.direction.isDescending();
            boolean nullsFirst =
                    switch (collation.nullDirection) {
                        case FIRST -> true;
                        case LAST -> false;
                        case UNSPECIFIED -> descending;
                    };
            keys.add(new SortKey(collation.getFieldIndex(), descending, nullsFirst));
        }
        return keys;
    }

    private static @Nullable Expression count(@Nullable RexNode node, String clause) {
        if (node == null) {
            return null;
        }
        Expression expression = new ExpressionTranslator(List.of(), Correlations.NONE).translate(node);
        Expression count = CommonTypes.convert(expression, DataType.BIGINT);
        if (count instanceof Literal literal && literal.value() instanceof Long value && value < 0) {
            throw new TrellisException(ErrorCode.INVALID_LIMIT, clause + " must not be negative: " + value);
        }
        return count;
    }

    Piece translate() {
        return keys.isEmpty() ? limited() : sorted();
    }

    private Piece limited() {
        if (input.isGathered()) {
            return input.keeping(new Limit(input.node(), offset, limit, input.columns()));
        }
        Expression most = most();
        Piece fragment = most == null ? input : input.limited(most);
        return Piece.gateway(new Limit(fragment.gathered(), offset, limit, input.columns()));
    }

    private Piece sorted() {
        Expression rows = most();
        if (rows != null && keys.get(0).descending()) {
            input = input.keeping(NewestBuckets.of(input.node(), keys.get(0).column(), rows));
        }
        Piece ordered = input.ordered(keys);
        if (input.isGathered()) {
            PlanNode node = ordered != null && (offset != null || limit != null)
                    ? new Limit(ordered.node(), offset, limit, input.columns())
                    : new Sort(input.node(), keys, offset, limit, input.columns());
            return at(ordered != null && offset == null && limit == null ? ordered.node() : node);
        }
        Expression most = most();
        PlanNode fragment;
        if (ordered != null) {
            fragment = most == null ? ordered.node() : ordered.limited(most).node();
        } else {
            fragment = new Sort(input.node(), keys, null, most, input.columns());
        }
        PlanNode merged = new Gather(fragment, keys, input.columns());
        boolean bounded = offset != null || limit != null;
        return at(bounded ? new Limit(merged, offset, limit, input.columns()) : merged);
    }

    private Piece at(PlanNode node) {
        return new Piece(node, Piece.Place.GATEWAY, keys, input.constants());
    }

    /** The most rows that an owner need send, or null for all. */
    private @Nullable Expression most() {
        if (limit == null || offset == null) {
            return limit;
        }
        if (limit instanceof Literal l
                && offset instanceof Literal o
                && l.value() instanceof Long rows
                && o.value() instanceof Long skipped) {
            long sum = rows + skipped;
            return sum < 0 ? null : new Literal(sum, DataType.BIGINT);
        }
        return null;
    }
}
