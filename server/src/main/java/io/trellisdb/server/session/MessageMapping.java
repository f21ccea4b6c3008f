package io.trellisdb.server.session;

import io.trellisdb.protocol.message.ColumnMetadata;
import io.trellisdb.protocol.message.ColumnMetadata.Nullability;
import io.trellisdb.protocol.message.GeneratedKeys;
import io.trellisdb.protocol.message.Routing;
import io.trellisdb.protocol.message.StatementKind;
import io.trellisdb.sql.ResultColumn;
import io.trellisdb.sql.RoutingRule;
import java.util.List;

/** Between SQL's words and the protocol's, which do not know each other. */
final class MessageMapping {
    private static final List<String> IDENTITY_OR_KEY = List.of("*");

    private MessageMapping() {}

    static List<ColumnMetadata> columns(List<ResultColumn> columns) {
        return columns.stream().map(MessageMapping::column).toList();
    }

    private static ColumnMetadata column(ResultColumn column) {
        boolean fromTable = !column.table().isEmpty();
        return new ColumnMetadata(
                column.label(),
                column.type(),
                column.nullable() ? Nullability.NULLABLE : Nullability.NO_NULLS,
                column.database(),
                column.table(),
                fromTable ? column.name() : "",
                column.identity());
    }

    static StatementKind kind(io.trellisdb.sql.StatementKind kind) {
        return switch (kind) {
            case QUERY -> StatementKind.QUERY;
            case WRITE -> StatementKind.WRITE;
            case DEFINITION -> StatementKind.DEFINITION;
            case SESSION -> StatementKind.SESSION;
            case BEGIN, COMMIT, ROLLBACK -> StatementKind.TRANSACTION;
        };
    }

    static Routing routing(RoutingRule rule) {
        if (rule instanceof RoutingRule.ToPartition one) {
            return new Routing.OnePartition(one.partition());
        }
        if (rule instanceof RoutingRule.ByParameters by) {
            return new Routing.ByParameters(by.parameters(), by.types());
        }
        return new Routing.Anywhere();
    }

    static List<String> generatedKeys(GeneratedKeys keys) {
        if (keys instanceof GeneratedKeys.Identity) {
            return IDENTITY_OR_KEY;
        }
        return keys instanceof GeneratedKeys.Columns columns ? columns.names() : List.of();
    }
}
