package io.trellisdb.sql.planning;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.information.InformationSchema;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.syntax.LockingQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.ViewExpanders;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/** One planning: its catalog image, its cluster, its views. Confined to one thread and thrown away afterwards. */
final class PlanningRun {
    /** Deepest nesting of views; a cycle, which a replaced view can make, ends here too. */
    static final int VIEW_DEPTH_MAX = 32;

    private static final long PLANNING_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);

    private final Catalog catalog;
    private final String database;
    private final boolean withRowKeys;
    private final Function<String, SqlNode> parser;
    private final RowEstimates estimates;
    private final NanoClock clock;
    private final long startedNanos;
    private final TrellisTypeFactory factory = new TrellisTypeFactory();
    private final RelOptCluster cluster;
    private final CalciteSchema root;
    private final Map<Long, RelDataType> viewTypes = new HashMap<>();
    private final Map<String, Relation> scopes = new HashMap<>();
    private final Map<Integer, DataType> parameters = new HashMap<>();
    private int viewDepth;

    PlanningRun(
            Catalog catalog,
            String database,
            boolean withRowKeys,
            Function<String, SqlNode> parser,
            RowEstimates estimates,
            NanoClock clock) {
        this.catalog = catalog;
        this.database = database;
        this.withRowKeys = withRowKeys;
        this.parser = parser;
        this.estimates = estimates;
        this.clock = clock;
        this.startedNanos = clock.nanoTime();
        RelMetadataQueryBase.THREAD_PROVIDERS.set(JaninoRelMetadataProvider.of(DefaultRelMetadataProvider.INSTANCE));
        HepPlanner planner = new HepPlanner(HepProgram.builder().build());
        planner.setExecutor((builder, constants, reduced) -> reduced.addAll(constants));
        this.cluster = RelOptCluster.create(planner, new RexBuilder(factory));
        this.root = CalciteSchema.createRootSchema(false, false, "", CatalogSchema.root(this));
    }

    TrellisTypeFactory factory() {
        return factory;
    }

    RelOptCluster cluster() {
        return cluster;
    }

    /** Plans a whole query. */
    PlannedQuery plan(SqlNode query) {
        Analysis analysis = analyse(query, database);
        RelRoot converted = analysis.convert();
        checkTime();
        RelNode optimised = new LogicalOptimizer(this).optimise(converted);
        checkTime();
        PlanNode root = new RelationTranslator(this).translateRoot(optimised);
        List<QueryColumn> columns = new ArrayList<>();
        for (QueryColumn column :
                ColumnOrigins.describe(this, analysis.validator(), analysis.query(), analysis.rowType())) {
            columns.add(column.of(root.output().get(columns.size()).type()));
        }
        return new PlannedQuery(root, parameterTypes(), columns);
    }

    List<QueryColumn> describe(SqlNode query) {
        Analysis analysis = analyse(query, database);
        return ColumnOrigins.describe(this, analysis.validator(), analysis.query(), analysis.rowType());
    }

    /** A validated query and what is needed to convert it. */
    final class Analysis {
        private final SqlNode query;
        private final TrellisValidator validator;
        private final CalciteCatalogReader reader;

        private Analysis(SqlNode query, TrellisValidator validator, CalciteCatalogReader reader) {
            this.query = query;
            this.validator = validator;
            this.reader = reader;
        }

        SqlNode query() {
            return query;
        }

        TrellisValidator validator() {
            return validator;
        }

        RelDataType rowType() {
            return validator.getValidatedNodeType(query);
        }

        RelRoot convert() {
            SqlToRelConverter converter = new SqlToRelConverter(
                    PlanningRun::noOtherViews,
                    validator,
                    reader,
                    cluster,
                    Convertlets.INSTANCE,
                    LogicalOptimizer.CONVERSION);
            return converter.convertQuery(query, false, true);
        }
    }

    private static RelRoot noOtherViews(
            RelDataType type,
            String sql,
            List<String> schemaPath,
            @org.jspecify.annotations.Nullable List<String> viewPath) {
        throw new IllegalStateException("views are expanded by their relation");
    }

    Analysis analyse(SqlNode query, String currentDatabase) {
        if (!query.isA(SqlKind.QUERY) && !(query instanceof LockingQuery)) {
            throw new TrellisException(ErrorCode.SYNTAX_ERROR, "a query is expected here");
        }
        SqlNode rewritten = SyntaxRewriter.rewrite(query);
        Properties properties = new Properties();
        properties.setProperty("caseSensitive", "true");
        CalciteCatalogReader reader = new CalciteCatalogReader(
                root, List.of(currentDatabase), factory, new CalciteConnectionConfigImpl(properties));
        TrellisValidator validator =
                new TrellisValidator(TrellisOperatorTable.INSTANCE, reader, factory, TrellisValidator.CONFIG);
        try {
            SqlNode validated = validator.validate(rewritten);
            validator
                    .settleParameters(validated)
                    .forEach((index, type) -> parameters.put(index, TypeMapping.toTrellis(type)));
            return new Analysis(validated, validator, reader);
        } catch (RuntimeException e) {
            throw CalciteErrors.translate(e, new Suggestions(this, rewritten, currentDatabase));
        }
    }

    /** By number; a number that was not met is NULL-typed. */
    List<DataType> parameterTypes() {
        List<DataType> types = new ArrayList<>();
        int count =
                parameters.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
        for (int i = 0; i < count; i++) {
            types.add(parameters.getOrDefault(i, DataType.NULL));
        }
        return types;
    }

    void checkTime() {
        if (clock.nanoTime() - startedNanos > PLANNING_NANOS_MAX) {
            throw new TrellisException(ErrorCode.STATEMENT_TIMEOUT, "planning the statement takes too long");
        }
    }

    Optional<DatabaseDescriptor> findDatabase(String name) {
        if (name.equals(InformationSchema.NAME)) {
            return Optional.of(InformationSchema.DATABASE);
        }
        return name.equals(ScalarBinder.SCOPES) && !scopes.isEmpty()
                ? Optional.of(ScalarBinder.DATABASE)
                : catalog.findDatabase(name);
    }

    Set<String> databaseNames() {
        Set<String> names = new TreeSet<>();
        catalog.databases().forEach(descriptor -> names.add(descriptor.name()));
        names.add(InformationSchema.NAME);
        return names;
    }

    Optional<Relation> findRelation(DatabaseDescriptor in, String name) {
        if (in.equals(InformationSchema.DATABASE)) {
            return InformationSchema.find(name).map(Relation.Virtual::new);
        }
        if (in.equals(ScalarBinder.DATABASE)) {
            return Optional.ofNullable(scopes.get(name));
        }
        if (withRowKeys && name.endsWith(QueryPlanner.ROW_KEY)) {
            return container(in, name.substring(0, name.length() - QueryPlanner.ROW_KEY.length()), true);
        }
        return container(in, name, false)
                .or(() -> catalog.findView(in.id(), name).map(view -> new Relation.View(in, view, this)));
    }

    private Optional<Relation> container(DatabaseDescriptor in, String name, boolean withRowKey) {
        return catalog.findContainer(in.id(), name)
                .map(container -> new Relation.Stored(in, container, withRowKey, estimates.rows(container.id())));
    }

    Set<String> relationNames(DatabaseDescriptor in) {
        return in.equals(InformationSchema.DATABASE)
                ? InformationSchema.names()
                : new TreeSet<>(catalog.relationNames(in.id()));
    }

    /** Makes rows visible to the next query under a name of the {@link ScalarBinder}'s database. */
    void addScope(String name, RowScope scope) {
        scopes.put(name, new Relation.Scope(scope));
    }

    RelDataType viewRowType(DatabaseDescriptor in, ViewDescriptor view) {
        RelDataType known = viewTypes.get(view.id());
        if (known != null) {
            return known;
        }
        RelDataType type = inView(
                view,
                () -> named(
                        view, analyse(parser.apply(view.querySql()), in.name()).rowType()));
        viewTypes.put(view.id(), type);
        return type;
    }

    RelNode expand(DatabaseDescriptor in, ViewDescriptor view) {
        return inView(view, () -> {
            Analysis analysis = analyse(parser.apply(view.querySql()), in.name());
            RelNode node = analysis.convert().project();
            return org.apache.calcite.plan.RelOptUtil.createCastRel(node, named(view, node.getRowType()), true);
        });
    }

    private <T> T inView(ViewDescriptor view, java.util.function.Supplier<T> work) {
        if (viewDepth == VIEW_DEPTH_MAX) {
            throw new TrellisException(
                    ErrorCode.STATEMENT_TOO_COMPLEX, "views are nested too deeply, or in a cycle: " + view.name());
        }
        viewDepth++;
        try {
            return work.get();
        } finally {
            viewDepth--;
        }
    }

    private RelDataType named(ViewDescriptor view, RelDataType type) {
        if (view.columnNames().isEmpty()) {
            return type;
        }
        if (view.columnNames().size() > type.getFieldCount()) {
            throw new TrellisException(
                    ErrorCode.INVALID_TABLE_DEFINITION, "view names more columns than its query has: " + view.name());
        }
        org.apache.calcite.rel.type.RelDataTypeFactory.Builder builder = factory.builder();
        for (RelDataTypeField field : type.getFieldList()) {
            String name = field.getIndex() < view.columnNames().size()
                    ? view.columnNames().get(field.getIndex())
                    : field.getName();
            builder.add(name, field.getType());
        }
        return builder.build();
    }

    RelOptTable.ToRelContext conversionContext() {
        return ViewExpanders.simpleContext(cluster);
    }

    Catalog catalog() {
        return catalog;
    }

    String database() {
        return database;
    }
}
