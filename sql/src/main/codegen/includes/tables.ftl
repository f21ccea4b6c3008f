<#-- Definitions: containers, indexes, views, databases. -->
boolean IfNotExistsOpt() :
{
}
{
    LOOKAHEAD(3)
    <IF> <NOT> <EXISTS> { return true; }
|
    { return false; }
}

boolean IfExistsOpt() :
{
}
{
    LOOKAHEAD(2)
    <IF> <EXISTS> { return true; }
|
    { return false; }
}

SqlNode CreateStatement() :
{
    final Span s;
    boolean replace = false;
    boolean unique = false;
    final SqlNode stmt;
}
{
    <CREATE> { s = span(); }
    (
        ( <TABLE> | <CONTAINER> ) stmt = CreateTableRest(s) { return stmt; }
    |
        [ <UNIQUE> { unique = true; } ] <INDEX> stmt = CreateIndexRest(s, unique) { return stmt; }
    |
        [ <OR> <REPLACE> { replace = true; } ] <VIEW> stmt = CreateViewRest(s, replace) { return stmt; }
    |
        ( <DATABASE> | <SCHEMA> ) stmt = CreateDatabaseRest(s) { return stmt; }
    |
        stmt = Unexpected() { return stmt; }
    )
}

/** Fails at the next word. */
SqlNode Unexpected() :
{
}
{
    {
        if (getToken(0) != null) {
            throw generateParseException();
        }
        return null;
    }
}

SqlNode CreateTableRest(Span s) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final List<TableElement> elements = new ArrayList<TableElement>();
    CreateTable.ContainerKind kind = CreateTable.ContainerKind.UNSPECIFIED;
    Partitioning partitioning = null;
    final List<TableOption> settings = new ArrayList<TableOption>();
    SqlNode query = null;
}
{
    ifNotExists = IfNotExistsOpt()
    name = CompoundIdentifier()
    (
        <LPAREN> AddTableElement(elements) ( <COMMA> AddTableElement(elements) )* <RPAREN>
    |
        E()
    )
    [
        <USING>
        (
            <COLLECTION> { kind = CreateTable.ContainerKind.COLLECTION; }
        |
            <TIMESERIES> { kind = CreateTable.ContainerKind.TIMESERIES; }
        )
    ]
    [ partitioning = PartitionByClause() ]
    [ <WITH> AddTableOptions(settings) ]
    (
        <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    |
        {
            if (elements.isEmpty()) {
                throw generateParseException();
            }
        }
    )
    {
        return new CreateTable(s.end(this), ifNotExists, name, elements, kind, partitioning, settings, query);
    }
}

void AddTableElement(List<TableElement> elements) :
{
    SqlIdentifier name = null;
    final TableElement element;
}
{
    LOOKAHEAD({ startsConstraint() })
    element = TableConstraintElement() { elements.add(element); }
|
    element = ColumnElement() { elements.add(element); }
}

<#-- CHECK, UNIQUE, PRIMARY, FOREIGN and CONSTRAINT are reserved by PostgreSQL too: a column cannot have these names. -->
JAVACODE boolean startsConstraint() {
    switch (getToken(1).kind) {
    case CONSTRAINT:
    case PRIMARY:
    case UNIQUE:
    case CHECK:
    case FOREIGN:
        return true;
    default:
        return false;
    }
}

TableConstraint TableConstraintElement() :
{
    final Span s = Span.of();
    SqlIdentifier name = null;
    final List<IndexColumn> columns;
    final SqlNode condition;
    final List<SqlIdentifier> keys;
    final TableConstraint constraint;
}
{
    [ <CONSTRAINT> { s.add(this); } name = SimpleIdentifier() ]
    (
        <PRIMARY> <KEY> columns = IndexColumns() {
            return new KeyConstraint(s.end(this), name, true, columns);
        }
    |
        <UNIQUE> columns = IndexColumns() {
            return new KeyConstraint(s.end(this), name, false, columns);
        }
    |
        <CHECK> <LPAREN> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN> {
            return new CheckConstraint(s.end(this), name, condition);
        }
    |
        <FOREIGN> <KEY> keys = ColumnNames()
        constraint = ReferencesRest(s, name, keys) { return constraint; }
    )
}

TableConstraint ReferencesRest(Span s, SqlIdentifier name, List<SqlIdentifier> columns) :
{
    final SqlIdentifier table;
    final List<SqlIdentifier> referenced = new ArrayList<SqlIdentifier>();
    boolean enforced = true;
}
{
    <REFERENCES> table = CompoundIdentifier()
    [ AddColumnNames(referenced) ]
    [
        LOOKAHEAD(2)
        <NOT> <ENFORCED> { enforced = false; }
    |
        <ENFORCED>
    ]
    {
        return new ForeignKeyConstraint(s.end(this), name, columns, table, referenced, enforced);
    }
}

List<IndexColumn> IndexColumns() :
{
    final List<IndexColumn> columns = new ArrayList<IndexColumn>();
}
{
    <LPAREN> AddIndexColumn(columns) ( <COMMA> AddIndexColumn(columns) )* <RPAREN> { return columns; }
}

void AddIndexColumn(List<IndexColumn> columns) :
{
    final SqlIdentifier column;
    boolean descending = false;
}
{
    column = SimpleIdentifier()
    [ <ASC> | <DESC> { descending = true; } ]
    {
        columns.add(new IndexColumn(Span.of(column).end(this), column, descending));
    }
}

List<SqlIdentifier> ColumnNames() :
{
    final List<SqlIdentifier> names = new ArrayList<SqlIdentifier>();
}
{
    AddColumnNames(names) { return names; }
}

void AddColumnNames(List<SqlIdentifier> names) :
{
    SqlIdentifier name;
}
{
    <LPAREN> name = SimpleIdentifier() { names.add(name); }
    ( <COMMA> name = SimpleIdentifier() { names.add(name); } )*
    <RPAREN>
}

ColumnDefinition ColumnElement() :
{
    final Span s;
    final SqlIdentifier name;
    SqlDataTypeSpec type;
    SqlDataTypeSpec castType;
    ColumnDefinition.Nullability nullability = ColumnDefinition.Nullability.UNSPECIFIED;
    SqlNode defaultValue = null;
    IdentityClause identity = null;
    final List<TableConstraint> constraints = new ArrayList<TableConstraint>();
    final SqlIntervalQualifier interval;
}
{
    name = SimpleIdentifier() { s = Span.of(name); }
    (
        <INTERVAL> interval = IntervalQualifier() {
            type = new SqlDataTypeSpec(new IntervalTypeSpec(interval, getPos()), getPos());
        }
    |
        {
            if (TypeSpelling.isSerial(getToken(1).image)) {
                identity = new IdentityClause(getPos(), false, null, null);
            }
        }
        type = DataType()
    )
    (
        LOOKAHEAD(2)
        <NOT> <NULL> { nullability = ColumnDefinition.Nullability.NOT_NULL; }
    |
        <NULL> { nullability = ColumnDefinition.Nullability.NULLABLE; }
    |
        <DEFAULT_> defaultValue = Expression3(ExprContext.ACCEPT_SUB_QUERY)
        [
            <INFIX_CAST> castType = DataType() {
                defaultValue = SqlLibraryOperators.INFIX_CAST.createCall(
                    Span.of(defaultValue).end(this), defaultValue, castType);
            }
        ]
    |
        LOOKAHEAD({ getToken(1).kind == GENERATED })
        identity = IdentityGeneration()
    |
        AddColumnConstraint(name, constraints)
    )*
    {
        return new ColumnDefinition(
            s.end(this), name, type, nullability, defaultValue, identity, constraints);
    }
}

IdentityClause IdentityGeneration() :
{
    final Span s;
    boolean always = true;
    SqlNumericLiteral start = null;
    SqlNumericLiteral increment = null;
}
{
    <GENERATED> { s = span(); }
    ( <ALWAYS> | <BY> <DEFAULT_> { always = false; } )
    <AS> <IDENTITY>
    [
        <LPAREN>
        (
            <START> [ <WITH> ] start = SignedInteger()
        |
            <INCREMENT> [ <BY> ] increment = SignedInteger()
        |
            <COMMA>
        )*
        <RPAREN>
    ]
    {
        return new IdentityClause(s.end(this), always, start, increment);
    }
}

SqlNumericLiteral SignedInteger() :
{
    boolean negative = false;
}
{
    [ <MINUS> { negative = true; } | <PLUS> ]
    <UNSIGNED_INTEGER_LITERAL> {
        return SqlLiteral.createExactNumeric((negative ? "-" : "") + token.image, getPos());
    }
}

void AddColumnConstraint(SqlIdentifier column, List<TableConstraint> constraints) :
{
    final Span s = Span.of();
    SqlIdentifier name = null;
    final SqlNode condition;
    final TableConstraint reference;
}
{
    [ <CONSTRAINT> { s.add(this); } name = SimpleIdentifier() ]
    (
        <PRIMARY> { s.add(this); } <KEY> {
            constraints.add(new KeyConstraint(s.end(this), name, true, keyColumn(column)));
        }
    |
        <UNIQUE> { s.add(this); } {
            constraints.add(new KeyConstraint(s.end(this), name, false, keyColumn(column)));
        }
    |
        <CHECK> { s.add(this); } <LPAREN> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN> {
            constraints.add(new CheckConstraint(s.end(this), name, condition));
        }
    |
        { s.add(this); } reference = ReferencesRest(s, name, ImmutableList.of(column)) {
            constraints.add(reference);
        }
    )
}

JAVACODE List<IndexColumn> keyColumn(SqlIdentifier column) {
    return ImmutableList.of(new IndexColumn(column.getParserPosition(), column, false));
}

Partitioning PartitionByClause() :
{
    final Span s;
    final List<SqlIdentifier> columns;
    final SqlIdentifier column;
    final long width;
    TimeUnit unit = null;
    final List<SqlIdentifier> hashColumns = new ArrayList<SqlIdentifier>();
    int hashPartitions = 0;
}
{
    <PARTITION> { s = span(); } <BY>
    (
        <HASH> columns = ColumnNames() {
            return new Partitioning.ByHash(s.end(this), columns);
        }
    |
        <RANGE> <LPAREN> column = SimpleIdentifier() <RPAREN>
        <EVERY> <LPAREN> width = PositiveLong()
        [ <COMMA> unit = BucketUnit() ]
        <RPAREN>
        [
            <SUBPARTITION> <BY> <HASH> AddColumnNames(hashColumns)
            [ <SUBPARTITIONS> hashPartitions = UnsignedIntLiteral() ]
        ]
        {
            return new Partitioning.ByRange(s.end(this), column, width, unit, hashColumns, hashPartitions);
        }
    )
}

long PositiveLong() :
{
}
{
    <UNSIGNED_INTEGER_LITERAL> {
        try {
            return Long.parseLong(token.image);
        } catch (NumberFormatException ex) {
            throw SqlUtil.newContextException(getPos(),
                RESOURCE.invalidLiteral(token.image, Long.class.getCanonicalName()));
        }
    }
}

TimeUnit BucketUnit() :
{
}
{
    <MILLISECOND> { return TimeUnit.MILLISECOND; }
|
    ( <SECOND> | <SECONDS> ) { return TimeUnit.SECOND; }
|
    ( <MINUTE> | <MINUTES> ) { return TimeUnit.MINUTE; }
|
    ( <HOUR> | <HOURS> ) { return TimeUnit.HOUR; }
|
    ( <DAY> | <DAYS> ) { return TimeUnit.DAY; }
|
    ( <MONTH> | <MONTHS> ) { return TimeUnit.MONTH; }
|
    ( <YEAR> | <YEARS> ) { return TimeUnit.YEAR; }
}

List<TableOption> TableOptions() :
{
    final List<TableOption> settings = new ArrayList<TableOption>();
}
{
    AddTableOptions(settings) { return settings; }
}

void AddTableOptions(List<TableOption> settings) :
{
}
{
    <LPAREN> AddTableOption(settings) ( <COMMA> AddTableOption(settings) )* <RPAREN>
}

void AddTableOption(List<TableOption> settings) :
{
    final SqlIdentifier key;
    final SqlNode value;
}
{
    key = CompoundIdentifier() <EQ>
    (
        LOOKAHEAD(2)
        value = Literal()
    |
        value = SimpleIdentifier()
    )
    {
        settings.add(new TableOption(Span.of(key).end(this), key, value));
    }
}

SqlNode CreateIndexRest(Span s, boolean unique) :
{
    final boolean ifNotExists;
    SqlIdentifier name = null;
    final SqlIdentifier table;
    final List<IndexColumn> columns;
    final List<TableOption> settings = new ArrayList<TableOption>();
}
{
    ifNotExists = IfNotExistsOpt()
    [ name = CompoundIdentifier() ]
    <ON> table = CompoundIdentifier()
    columns = IndexColumns()
    [ <WITH> AddTableOptions(settings) ]
    {
        return new CreateIndex(s.end(this), unique, ifNotExists, name, table, columns, settings);
    }
}

SqlNode CreateViewRest(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final List<SqlIdentifier> columns = new ArrayList<SqlIdentifier>();
    final SqlNode query;
}
{
    ifNotExists = IfNotExistsOpt()
    name = CompoundIdentifier()
    [ AddColumnNames(columns) ]
    <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) {
        return new CreateView(s.end(this), replace, ifNotExists, name, columns, query);
    }
}

SqlNode CreateDatabaseRest(Span s) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
}
{
    ifNotExists = IfNotExistsOpt()
    name = SimpleIdentifier() {
        return new CreateDatabase(s.end(this), ifNotExists, name);
    }
}

SqlNode DropAnyStatement() :
{
    final Span s;
    final DropStatement.Target target;
    final boolean ifExists;
    final SqlIdentifier name;
    SqlIdentifier table = null;
    boolean cascade = false;
    final SqlNode stmt;
}
{
    <DROP> { s = span(); }
    (
        (
            ( <TABLE> | <CONTAINER> ) { target = DropStatement.Target.TABLE; }
        |
            <VIEW> { target = DropStatement.Target.VIEW; }
        |
            <INDEX> { target = DropStatement.Target.INDEX; }
        |
            ( <DATABASE> | <SCHEMA> ) { target = DropStatement.Target.DATABASE; }
        )
        ifExists = IfExistsOpt()
        name = CompoundIdentifier()
        [
            LOOKAHEAD({ target == DropStatement.Target.INDEX && getToken(1).kind == ON })
            <ON> table = CompoundIdentifier()
        ]
        [ <CASCADE> { cascade = true; } | <RESTRICT> ]
        {
            return new DropStatement(s.end(this), target, ifExists, name, table, cascade);
        }
    |
        stmt = Unexpected() { return stmt; }
    )
}

SqlNode TruncateStatement() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <TRUNCATE> { s = span(); } [ <TABLE> | <CONTAINER> ] name = CompoundIdentifier() {
        return new TruncateTable(s.end(this), name);
    }
}

SqlNode AlterTableStatement() :
{
    final Span s;
    final boolean ifExists;
    final SqlIdentifier name;
    final List<AlterAction> actions = new ArrayList<AlterAction>();
}
{
    <ALTER> { s = span(); }
    ( <TABLE> | <CONTAINER> )
    ifExists = IfExistsOpt()
    name = CompoundIdentifier()
    AddAlterAction(actions) ( <COMMA> AddAlterAction(actions) )*
    {
        return new AlterTable(s.end(this), ifExists, name, actions);
    }
}

void AddAlterAction(List<AlterAction> actions) :
{
    boolean flag;
    final SqlIdentifier column;
    final SqlIdentifier name;
    final ColumnDefinition definition;
    final TableConstraint constraint;
    final List<TableOption> settings;
}
{
    <ADD>
    (
        LOOKAHEAD({ startsConstraint() })
        constraint = TableConstraintElement() { actions.add(new AlterAction.AddConstraint(constraint)); }
    |
        [ <COLUMN> ] flag = IfNotExistsOpt() definition = ColumnElement() {
            actions.add(new AlterAction.AddColumn(flag, definition));
        }
    )
|
    <DROP>
    (
        <CONSTRAINT> flag = IfExistsOpt() name = SimpleIdentifier() {
            actions.add(new AlterAction.DropConstraint(flag, name));
        }
    |
        [ <COLUMN> ] flag = IfExistsOpt() column = SimpleIdentifier() {
            actions.add(new AlterAction.DropColumn(flag, column));
        }
    )
|
    <RENAME>
    (
        <TO> name = SimpleIdentifier() { actions.add(new AlterAction.RenameTable(name)); }
    |
        [ <COLUMN> ] column = SimpleIdentifier() <TO> name = SimpleIdentifier() {
            actions.add(new AlterAction.RenameColumn(column, name));
        }
    )
|
    <SET> settings = TableOptions() { actions.add(new AlterAction.SetOptions(settings)); }
|
    <ALTER> [ <COLUMN> ] column = SimpleIdentifier() AddColumnChange(column, actions)
}

void AddColumnChange(SqlIdentifier column, List<AlterAction> actions) :
{
    final SqlNode value;
    final SqlDataTypeSpec type;
}
{
    <SET>
    (
        <DEFAULT_> value = Expression(ExprContext.ACCEPT_SUB_QUERY) {
            actions.add(new AlterAction.ChangeDefault(column, value));
        }
    |
        <NOT> <NULL> { actions.add(new AlterAction.ChangeNullability(column, true)); }
    |
        <DATA> <TYPE> type = DataType() { actions.add(new AlterAction.ChangeType(column, type)); }
    )
|
    <DROP>
    (
        <DEFAULT_> { actions.add(new AlterAction.ChangeDefault(column, null)); }
    |
        <NOT> <NULL> { actions.add(new AlterAction.ChangeNullability(column, false)); }
    )
|
    <TYPE> type = DataType() { actions.add(new AlterAction.ChangeType(column, type)); }
}

/** A name of a type that Calcite's grammar does not know; see TypeSpelling. */
SqlTypeNameSpec SpelledTypeName() :
{
    final Token word;
    int precision = -1;
    final SqlTypeNameSpec spec;
}
{
    (
        LOOKAHEAD(<IDENTIFIER>, { TypeSpelling.isKnown(getToken(1).image) && getToken(2).kind != DOT })
        <IDENTIFIER>
    |
        <FLOAT>
    |
        <BLOB>
    |
        <CLOB>
    )
    { word = token; }
    [
        LOOKAHEAD({ getToken(1).kind == LPAREN && TypeSpelling.allowsPrecision(word.image) })
        <LPAREN> precision = UnsignedIntLiteral() <RPAREN>
    ]
    {
        spec = TypeSpelling.type(word.image, precision, getPos()).orElse(null);
        if (spec == null) {
            throw SqlUtil.newContextException(getPos(),
                RESOURCE.invalidLiteral(Integer.toString(precision), word.image));
        }
        return spec;
    }
}
