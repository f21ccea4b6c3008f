<#--
  The entry of the grammar: decides by its first words which statement follows.

  Where the second word decides, the last alternative is an empty one that fails there, so that an error names the
  wrong word instead of the first word of the statement.
-->
SqlNode TrellisStatement() :
{
    SqlNode stmt;
}
{
    (
        stmt = ChangeStatement()
    |
        stmt = CreateStatement()
    |
        stmt = DropAnyStatement()
    |
        stmt = AlterTableStatement()
    |
        stmt = TruncateStatement()
    |
        stmt = ExplainAnyStatement()
    |
        stmt = ShowAnyStatement()
    |
        stmt = DescribeTableStatement()
    |
        stmt = KillAnyStatement()
    |
        stmt = VerifyPartitions()
    |
        stmt = UseStatement()
    |
        stmt = SetAnyStatement()
    |
        stmt = TransactionControl()
    |
        stmt = QueryStatement()
    )
    {
        return stmt;
    }
}

SqlNode QueryStatement() :
{
    SqlNode query;
    boolean share = false;
}
{
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    [
        <LOCKING_FOR> ( <UPDATE> | <SHARE> { share = true; } ) {
            return new LockingQuery(Span.of(query).end(this), query, share);
        }
    ]
    {
        return query;
    }
}

SqlNode ChangeStatement() :
{
    SqlNode stmt;
}
{
    (
        stmt = InsertAnyStatement()
    |
        stmt = UpdateAnyStatement()
    |
        stmt = DeleteAnyStatement()
    |
        stmt = SqlMerge()
    )
    {
        return stmt;
    }
}

SqlNode ExplainAnyStatement() :
{
    final Span s;
    boolean analyze = false;
    final SqlNode stmt;
}
{
    <EXPLAIN> { s = span(); }
    [
        LOOKAHEAD(2) <PLAN> <FOR>
    |
        <ANALYZE> { analyze = true; }
    ]
    (
        stmt = ChangeStatement()
    |
        stmt = QueryStatement()
    )
    {
        return new ExplainStatement(s.end(stmt), analyze, stmt);
    }
}

SqlNode ShowAnyStatement() :
{
    final Span s;
    ShowStatement.Subject subject = ShowStatement.Subject.SETTING;
    SqlIdentifier name = null;
    SqlNode pattern = null;
}
{
    <SHOW> { s = span(); }
    (
        LOOKAHEAD(1)
        <TABLES> { subject = ShowStatement.Subject.TABLES; }
        [ ( <FROM> | <IN> ) name = CompoundIdentifier() ]
        [ <LIKE> pattern = StringLiteral() ]
    |
        LOOKAHEAD(1)
        ( <DATABASES> | <SCHEMAS> ) { subject = ShowStatement.Subject.DATABASES; }
        [ <LIKE> pattern = StringLiteral() ]
    |
        LOOKAHEAD(1)
        <COLUMNS> { subject = ShowStatement.Subject.COLUMNS; }
        ( <FROM> | <IN> ) name = CompoundIdentifier()
    |
        LOOKAHEAD(1)
        ( <INDEXES> | <INDEX> ) { subject = ShowStatement.Subject.INDEXES; }
        ( <FROM> | <IN> ) name = CompoundIdentifier()
    |
        <CREATE> ( <TABLE> | <CONTAINER> ) { subject = ShowStatement.Subject.CREATE_TABLE; }
        name = CompoundIdentifier()
    |
        LOOKAHEAD(1)
        <SESSIONS> { subject = ShowStatement.Subject.SESSIONS; }
    |
        <ALL> { subject = ShowStatement.Subject.ALL; }
    |
        LOOKAHEAD(2)
        <TIME> <ZONE> { name = new SqlIdentifier("timezone", getPos()); }
    |
        LOOKAHEAD(3)
        <TRANSACTION> <ISOLATION> <LEVEL> { name = new SqlIdentifier("transaction_isolation", getPos()); }
    |
        name = CompoundIdentifier()
    )
    {
        return new ShowStatement(s.end(this), subject, name, pattern);
    }
}

SqlNode DescribeTableStatement() :
{
    final Span s;
    final SqlIdentifier table;
}
{
    ( <DESCRIBE> | <DESC> ) { s = span(); }
    [ <TABLE> ]
    table = CompoundIdentifier() {
        return new DescribeTable(s.end(this), table);
    }
}

SqlNode KillAnyStatement() :
{
    final Span s;
    KillStatement.Target target = KillStatement.Target.SESSION;
    final SqlNode id;
}
{
    <KILL> { s = span(); }
    [
        <SESSION>
    |
        <QUERY> { target = KillStatement.Target.QUERY; }
    ]
    (
        id = StringLiteral()
    |
        id = UnsignedNumericLiteral()
    |
        id = DynamicParam()
    )
    {
        return new KillStatement(s.end(this), target, id);
    }
}

SqlNode VerifyPartitions() :
{
    final Span s;
    SqlNode partition = null;
}
{
    <VERIFY> { s = span(); }
    [
        <PARTITION>
        ( partition = UnsignedNumericLiteral() | partition = DynamicParam() )
    ]
    {
        return new VerifyStatement(s.end(this), partition);
    }
}

SqlNode UseStatement() :
{
    final Span s;
    final SqlIdentifier database;
}
{
    <USE> { s = span(); }
    [ LOOKAHEAD(2) ( <DATABASE> | <SCHEMA> ) ]
    database = SimpleIdentifier() {
        return new UseDatabase(s.end(this), database);
    }
}

SqlNode SetAnyStatement() :
{
    final Span s;
    SetStatement.Scope scope = SetStatement.Scope.UNSPECIFIED;
    final SqlIdentifier name;
    final SqlNode value;
}
{
    <SET> { s = span(); }
    (
        LOOKAHEAD(2)
        <TRANSACTION>
        value = TransactionModes(s, TransactionStatement.Action.SET_TRANSACTION) { return value; }
    |
        LOOKAHEAD(2)
        <SESSION> <CHARACTERISTICS> <AS> <TRANSACTION>
        value = TransactionModes(s, TransactionStatement.Action.SET_SESSION_CHARACTERISTICS) { return value; }
    |
        [
            LOOKAHEAD(<SESSION> SettingName())
            <SESSION> { scope = SetStatement.Scope.SESSION; }
        |
            LOOKAHEAD(<LOCAL> SettingName())
            <LOCAL> { scope = SetStatement.Scope.LOCAL; }
        ]
        (
            LOOKAHEAD(2)
            <TIME> <ZONE> {
                name = new SqlIdentifier("timezone", getPos());
            }
            [ <EQ> | <TO> ]
        |
            name = CompoundIdentifier()
            ( <EQ> | <TO> )
        )
        value = SettingValue() {
            return new SetStatement(s.end(this), scope, name, value);
        }
    )
|
    <RESET> { s = span(); }
    (
        <ALL> { name = new SqlIdentifier("all", getPos()); }
    |
        LOOKAHEAD(2)
        <TIME> <ZONE> { name = new SqlIdentifier("timezone", getPos()); }
    |
        name = CompoundIdentifier()
    )
    {
        return new SetStatement(s.end(this), scope, name, null);
    }
}

void SettingName() :
{
}
{
    CompoundIdentifier()
|
    <TIME> <ZONE>
}

/** The value of a setting, or null for DEFAULT. */
SqlNode SettingValue() :
{
    final SqlNode value;
}
{
    (
        LOOKAHEAD(2)
        value = Literal()
    |
        <ON> { value = new SqlIdentifier("on", getPos()); }
    |
        <DEFAULT_> { value = null; }
    |
        LOOKAHEAD(2)
        <LOCAL> { value = null; }
    |
        value = SimpleIdentifier()
    )
    {
        return value;
    }
}

SqlNode TransactionControl() :
{
    final Span s;
    final SqlIdentifier name;
    final SqlNode stmt;
}
{
    <BEGIN> { s = span(); }
    [ LOOKAHEAD(1) <TRANSACTION> | LOOKAHEAD(1) <WORK> ]
    stmt = TransactionModes(s, TransactionStatement.Action.BEGIN) { return stmt; }
|
    <START> { s = span(); } <TRANSACTION>
    stmt = TransactionModes(s, TransactionStatement.Action.BEGIN) { return stmt; }
|
    ( <COMMIT> | <END> ) { s = span(); }
    [ <TRANSACTION> | <WORK> ]
    {
        return new TransactionStatement(s.end(this), TransactionStatement.Action.COMMIT, null, null, null);
    }
|
    <ROLLBACK> { s = span(); }
    [ <TRANSACTION> | <WORK> ]
    [
        <TO> [ LOOKAHEAD(2) <SAVEPOINT> ] name = SimpleIdentifier() {
            return new TransactionStatement(
                s.end(this), TransactionStatement.Action.ROLLBACK_TO_SAVEPOINT, null, null, name);
        }
    ]
    {
        return new TransactionStatement(s.end(this), TransactionStatement.Action.ROLLBACK, null, null, null);
    }
|
    <SAVEPOINT> { s = span(); } name = SimpleIdentifier() {
        return new TransactionStatement(s.end(this), TransactionStatement.Action.SAVEPOINT, null, null, name);
    }
|
    <RELEASE> { s = span(); } [ LOOKAHEAD(2) <SAVEPOINT> ] name = SimpleIdentifier() {
        return new TransactionStatement(
            s.end(this), TransactionStatement.Action.RELEASE_SAVEPOINT, null, null, name);
    }
}

SqlNode TransactionModes(Span s, TransactionStatement.Action action) :
{
    TransactionStatement.Isolation isolation = null;
    TransactionStatement.Access access = null;
}
{
    (
        [ <COMMA> ]
        (
            <ISOLATION> <LEVEL>
            (
                <SERIALIZABLE> { isolation = TransactionStatement.Isolation.SERIALIZABLE; }
            |
                <REPEATABLE> <READ> { isolation = TransactionStatement.Isolation.REPEATABLE_READ; }
            |
                LOOKAHEAD(2)
                <READ> <COMMITTED> { isolation = TransactionStatement.Isolation.READ_COMMITTED; }
            |
                <READ> <UNCOMMITTED> { isolation = TransactionStatement.Isolation.READ_UNCOMMITTED; }
            )
        |
            LOOKAHEAD(2)
            <READ> <ONLY> { access = TransactionStatement.Access.READ_ONLY; }
        |
            <READ> <WRITE> { access = TransactionStatement.Access.READ_WRITE; }
        )
    )*
    {
        return new TransactionStatement(s.end(this), action, isolation, access, null);
    }
}

/** DISTINCT ON, which begins a SELECT. */
DistinctOn DistinctOnClause() :
{
    final Span s;
    final List<SqlNode> columns = new ArrayList<SqlNode>();
}
{
    <DISTINCT> { s = span(); } <ON> <LPAREN>
    AddExpression(columns, ExprContext.ACCEPT_SUB_QUERY)
    ( <COMMA> AddExpression(columns, ExprContext.ACCEPT_SUB_QUERY) )*
    <RPAREN>
    {
        return new DistinctOn(s.end(this), columns);
    }
}

/** LATEST ON, which follows a table reference and its alias. */
SqlNode LatestOnClause(SqlNode table) :
{
    final SqlIdentifier time;
    final List<SqlIdentifier> columns = new ArrayList<SqlIdentifier>();
    SqlIdentifier column;
}
{
    <LATEST> <ON> time = CompoundIdentifier() <PARTITION> <BY>
    column = CompoundIdentifier() { columns.add(column); }
    (
        LOOKAHEAD(2)
        <COMMA> column = CompoundIdentifier() { columns.add(column); }
    )*
    {
        checkNotJoin(table);
        return new LatestOn(Span.of(table).end(this), table, time, columns);
    }
}

/** RANGE (time) EVERY …, which is one element of GROUP BY; GridDB's form without brackets is accepted too. */
void AddRangeBuckets(List<SqlNode> list) :
{
    final Span s;
    final SqlIdentifier time;
    final long width;
    final TimeUnit unit;
    SqlNode offset = null;
    RangeBuckets.Fill fill = RangeBuckets.Fill.NONE;
}
{
    <RANGE> { s = span(); }
    (
        <LPAREN> time = CompoundIdentifier() <RPAREN>
    |
        time = CompoundIdentifier()
    )
    <EVERY> <LPAREN> width = PositiveLong() <COMMA> unit = BucketUnit()
    [
        <COMMA>
        (
            offset = NumericLiteral()
        |
            offset = StringLiteral()
        )
    ]
    <RPAREN>
    [
        <FILL> <LPAREN>
        (
            <LINEAR> { fill = RangeBuckets.Fill.LINEAR; }
        |
            <PREVIOUS> { fill = RangeBuckets.Fill.PREVIOUS; }
        |
            <NULL> { fill = RangeBuckets.Fill.NULL; }
        |
            <NONE>
        )
        <RPAREN>
    ]
    {
        list.add(new RangeBuckets(s.end(this), time, width, unit, offset, fill));
    }
}

void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec dt;
}
{
    <INFIX_CAST> { checkNonQueryExpression(exprContext); }
    dt = DataType() {
        list.add(new SqlParserUtil.ToTreeListItem(SqlLibraryOperators.INFIX_CAST, s.pos()));
        list.add(dt);
    }
}
