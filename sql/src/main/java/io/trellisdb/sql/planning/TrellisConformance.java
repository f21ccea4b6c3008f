package io.trellisdb.sql.planning;

import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** What Babel's grammar accepts, with PostgreSQL's meaning: HAVING sees no aliases, and nothing is coerced leniently. */
final class TrellisConformance extends SqlDelegatingConformance {
    static final TrellisConformance INSTANCE = new TrellisConformance();

    private TrellisConformance() {
        super(SqlConformanceEnum.BABEL);
    }

    @Override
    public SelectAliasLookup isSelectAlias() {
        return SelectAliasLookup.UNSUPPORTED;
    }

    @Override
    public boolean isHavingAlias() {
        return false;
    }

    @Override
    public boolean isNonStrictGroupBy() {
        return false;
    }

    @Override
    public boolean allowLenientCoercion() {
        return false;
    }
}
