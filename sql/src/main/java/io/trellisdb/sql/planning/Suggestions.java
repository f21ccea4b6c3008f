package io.trellisdb.sql.planning;

import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.error.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;

/** "Did you mean": the nearest known name to one that does not exist. */
final class Suggestions {
    private static final int DISTANCE_MAX = 3;

    private final PlanningRun run;
    private final SqlNode query;
    private final String database;

    Suggestions(PlanningRun run, SqlNode query, String database) {
        this.run = run;
        this.query = query;
        this.database = database;
    }

    Optional<String> find(ErrorCode code, String unknown) {
        String name = Util.last(List.of(unknown.split("\\.")));
        return switch (code) {
            case UNKNOWN_TABLE -> nearest(name, tables());
            case UNKNOWN_COLUMN -> nearest(name, columns());
            case UNKNOWN_FUNCTION -> nearest(name, TrellisOperatorTable.INSTANCE.functionNames());
            default -> Optional.empty();
        };
    }

    private Collection<String> tables() {
        return run.findDatabase(database).map(run::relationNames).orElse(Set.of());
    }

    /** The columns of every table that the query names. */
    private Collection<String> columns() {
        Set<String> columns = new TreeSet<>();
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlIdentifier identifier) {
                relation(identifier)
                        .ifPresent(relation -> columns.addAll(
                                relation.getRowType(run.factory()).getFieldNames()));
                return null;
            }
        });
        return columns;
    }

    private Optional<Relation> relation(SqlIdentifier identifier) {
        List<String> names = identifier.names;
        if (identifier.isStar() || names.size() > 2) {
            return Optional.empty();
        }
        Optional<DatabaseDescriptor> in = run.findDatabase(names.size() == 2 ? names.get(0) : database);
        return in.flatMap(descriptor -> run.findRelation(descriptor, Util.last(names)))
                .filter(relation -> !(relation instanceof Relation.View));
    }

    static Optional<String> nearest(String name, Collection<String> candidates) {
        String wanted = name.toLowerCase(Locale.ROOT);
        String best = null;
        int bestDistance = Math.min(DISTANCE_MAX, Math.max(1, wanted.length() / 2)) + 1;
        for (String candidate : candidates) {
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT), bestDistance);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Edits between two names, two neighbouring letters exchanged counting as one; at least {@code enough} means far. */
    static int distance(String a, String b, int enough) {
        if (Math.abs(a.length() - b.length()) >= enough) {
            return enough;
        }
        int[][] rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, a, b, i, j);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int step(int[][] rows, String a, String b, int i, int j) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(rows[i - 1][j - 1] + same, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
    }
}
