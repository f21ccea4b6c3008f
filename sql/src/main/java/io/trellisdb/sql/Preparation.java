package io.trellisdb.sql;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.lexer.StatementText;
import io.trellisdb.sql.session.MemoryBudget;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.sql.session.SessionState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * From text to a statement with the help of two caches: one by exact text, one by the text without its literals. A literal
 * statement that is not found takes the second way first, since it will come again with other literals. Safe for all
 * threads.
 */
final class Preparation {
    private final QueryServices services;
    private final StatementPlanner planner;
    private final PlanCache<Key, PlannedStatement> exact;
    private final PlanCache<Key, Template> normalised;
    private final LongAdder plannings = new LongAdder();

    /** What a plan depends on besides the text's meaning. Parameter types follow from the text. */
    private record Key(String text, String database, long catalogVersion) {}

    /** A statement over parameters, or the knowledge that the text cannot be planned so. */
    private record Template(@Nullable PlannedStatement statement) {}

    Preparation(QueryServices services, EngineParts parts, SqlOptions options) {
        this.services = services;
        this.planner = new StatementPlanner(parts);
        this.exact = new PlanCache<>(options.exactPlans());
        this.normalised = new PlanCache<>(options.normalisedPlans());
    }

    long planningCount() {
        return plannings.sum();
    }

    PreparedQuery prepare(String sql, String database) {
        Catalog catalog = services.catalog();
        Key key = new Key(sql, database, catalog.version());
        PlannedStatement known = exact.find(key);
        if (known != null) {
            return new PreparedQuery(sql, database, catalog.version(), known, List.of());
        }
        Optional<StatementText> text = StatementText.read(sql);
        if (text.isPresent()) {
            Key templateKey = new Key(text.get().template(), database, catalog.version());
            Template template = normalised.get(templateKey, () -> planTemplate(text.get(), catalog, database));
            Optional<PreparedQuery> prepared = withLiterals(sql, database, catalog, text.get(), template);
            if (prepared.isPresent()) {
                return prepared.get();
            }
        }
        PlannedStatement planned = exact.get(key, () -> plan(sql, catalog, database));
        return new PreparedQuery(sql, database, catalog.version(), planned, List.of());
    }

    /** The statement of a text whose plan is there. */
    Optional<PreparedQuery> find(String sql, String database) {
        Catalog catalog = services.catalog();
        PlannedStatement known = exact.find(new Key(sql, database, catalog.version()));
        if (known != null) {
            return Optional.of(new PreparedQuery(sql, database, catalog.version(), known, List.of()));
        }
        Optional<StatementText> text = StatementText.read(sql);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Template template = normalised.find(new Key(text.get().template(), database, catalog.version()));
        return template == null ? Optional.empty() : withLiterals(sql, database, catalog, text.get(), template);
    }

    private PlannedStatement plan(String sql, Catalog catalog, String database) {
        plannings.increment();
        return planner.plan(sql, catalog, database);
    }

    private Template planTemplate(StatementText text, Catalog catalog, String database) {
        try {
            PlannedStatement statement = plan(text.template(), catalog, database);
            return new Template(statement.parameterTypes().size() == text.width() ? statement : null);
        } catch (TrellisException e) {
            // the exact text is planned next and says what is wrong with it, if anything is
            return new Template(null);
        }
    }

    private Optional<PreparedQuery> withLiterals(
            String sql, String database, Catalog catalog, StatementText text, Template template) {
        PlannedStatement statement = template.statement();
        if (statement == null) {
            return Optional.empty();
        }
        return text.parameters(statement.parameterTypes(), this::convert)
                .map(literals -> prepared(sql, database, catalog, statement, literals));
    }

    private static PreparedQuery prepared(
            String sql, String database, Catalog catalog, PlannedStatement statement, List<Batch> literals) {
        return new PreparedQuery(sql, database, catalog.version(), statement, literals);
    }

    /** A literal that the lexer does not convert by itself, converted by assignment. */
    private @Nullable Object convert(Object value, DataType from, DataType to) {
        QueryContext context = new QueryContext(
                services,
                new SessionState(0, "", ""),
                Execution.NO_PARAMETERS,
                Long.MAX_VALUE,
                new MemoryBudget(0, new AtomicLong()));
        return Evaluator.constantValue(new Cast(new Literal(value, from), to, true), EvaluationContext.of(context));
    }
}
