package io.trellisdb.sql.planning;

import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.error.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

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

    /** @param names the unknown name, then perhaps the database that it was looked for in */
    Optional<String> find(ErrorCode code, MatchResult names) {
        if (names.groupCount() == 0 || names.group(1) == null) {
            return Optional.empty();
        }
        String name = Util.last(List.of(names.group(1).split("\\.")));
        return switch (code) {
            case UNKNOWN_TABLE ->
                nearest(name, tables(names.groupCount() > 1 && names.group(2) != null ? names.group(2) : database));
            case UNKNOWN_COLUMN -> nearest(name, columns());
            case UNKNOWN_FUNCTION -> nearest(name, TrellisOperatorTable.INSTANCE.functionNames());
            default -> Optional.empty();
        };
    }

    /** Whether a name that was not found stands before a table's, where only databases stand. */
    boolean isDatabase(String name) {
        boolean[] found = new boolean[1];
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call instanceof SqlSelect select && select.getFrom() != null) {
                    found[0] |= isQualifier(name, select.getFrom());
                }
                return super.visit(call);
            }
        });
        return found[0] && run.findDatabase(name).isEmpty();
    }

    private static boolean isQualifier(String name, SqlNode from) {
        if (from instanceof SqlJoin join) {
            return isQualifier(name, join.getLeft()) || isQualifier(name, join.getRight());
        }
        if (from.getKind() == SqlKind.AS) {
            return isQualifier(name, ((SqlCall) from).operand(0));
        }
        return from instanceof SqlIdentifier table
                && table.names.size() == 2
                && table.names.get(0).equals(name);
    }

    private Collection<String> tables(String in) {
        return run.findDatabase(in).map(run::relationNames).orElse(Set.of());
    }

    /** The columns of every table that the query names. */
    private Collection<String> columns() {
        Set<String> columns = new TreeSet<>();
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier identifier) {
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
            if (candidate.equals(wanted)) {
                return Optional.empty();
            }
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
