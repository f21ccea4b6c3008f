<#-- Changes of rows. -->
SqlNode InsertAnyStatement() :
{
    final Span s;
    InsertStatement.Mode mode = InsertStatement.Mode.INSERT;
    final SqlIdentifier table;
    SqlIdentifier alias = null;
    SqlNodeList columns = null;
    final SqlNode source;
    ConflictClause conflict = null;
    final List<SqlNode> returning;
    final SqlInsert insert;
}
{
    (
        <INSERT> { s = span(); } [ <OR> <REPLACE> { mode = InsertStatement.Mode.UPSERT; } ]
    |
        <UPSERT> { s = span(); mode = InsertStatement.Mode.UPSERT; }
    )
    <INTO> table = CompoundTableIdentifier()
    [ <AS> alias = SimpleIdentifier() ]
    [
        LOOKAHEAD(2)
        columns = ParenthesizedSimpleIdentifierList()
    ]
    (
        <DEFAULT_> <VALUES> {
            source = SqlStdOperatorTable.VALUES.createCall(getPos(), SqlStdOperatorTable.ROW.createCall(getPos()));
        }
    |
        source = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    )
    { insert = new SqlInsert(s.end(this), SqlNodeList.EMPTY, table, source, columns); }
    [ conflict = OnConflict() ]
    returning = ReturningOpt()
    {
        return new InsertStatement(s.end(this), mode, insert, alias, conflict, returning);
    }
}

ConflictClause OnConflict() :
{
    final Span s;
    final List<SqlIdentifier> target = new ArrayList<SqlIdentifier>();
    final List<SqlIdentifier> columns = new ArrayList<SqlIdentifier>();
    final List<SqlNode> values = new ArrayList<SqlNode>();
    SqlNode condition = null;
}
{
    <ON> { s = span(); } <CONFLICT>
    [ AddColumnNames(target) ]
    <DO>
    (
        <NOTHING>
    |
        <UPDATE> <SET> AddAssignment(columns, values) ( <COMMA> AddAssignment(columns, values) )*
        [ condition = Where() ]
    )
    {
        return new ConflictClause(s.end(this), target, columns, values, condition);
    }
}

void AddAssignment(List<SqlIdentifier> columns, List<SqlNode> values) :
{
    final SqlIdentifier column;
    final SqlNode value;
}
{
    column = SimpleIdentifier()
    <EQ>
    (
        LOOKAHEAD({ getToken(1).kind == DEFAULT_ })
        value = Default()
    |
        value = Expression(ExprContext.ACCEPT_SUB_QUERY)
    )
    {
        columns.add(column);
        values.add(value);
    }
}

List<SqlNode> ReturningOpt() :
{
    final List<SqlNode> items = new ArrayList<SqlNode>();
}
{
    [
        <RETURNING> AddSelectItem(items) ( <COMMA> AddSelectItem(items) )*
    ]
    {
        return items;
    }
}

/** An alias of the target of a change; SET and the clauses that follow are never aliases. */
SqlIdentifier TargetAliasOpt() :
{
    SqlIdentifier alias = null;
}
{
    [
        <AS> alias = SimpleIdentifier()
    |
        LOOKAHEAD({ getToken(1).kind != SET })
        alias = SimpleIdentifier()
    ]
    {
        return alias;
    }
}

SqlNode UpdateAnyStatement() :
{
    final Span s;
    final SqlIdentifier table;
    final SqlIdentifier alias;
    final List<SqlIdentifier> columns = new ArrayList<SqlIdentifier>();
    final List<SqlNode> values = new ArrayList<SqlNode>();
    SqlNode where = null;
    final SqlUpdate update;
    final List<SqlNode> returning;
}
{
    <UPDATE> { s = span(); }
    table = CompoundTableIdentifier()
    alias = TargetAliasOpt()
    <SET> AddAssignment(columns, values) ( <COMMA> AddAssignment(columns, values) )*
    [ where = Where() ]
    {
        update = new SqlUpdate(s.end(this), table, new SqlNodeList(columns, s.pos()),
            new SqlNodeList(values, s.pos()), where, null, alias);
    }
    returning = ReturningOpt()
    {
        return new UpdateStatement(s.end(this), update, returning);
    }
}

SqlNode DeleteAnyStatement() :
{
    final Span s;
    final SqlIdentifier table;
    final SqlIdentifier alias;
    SqlNode where = null;
    final SqlDelete delete;
    final List<SqlNode> returning;
}
{
    <DELETE> { s = span(); }
    <FROM> table = CompoundTableIdentifier()
    alias = TargetAliasOpt()
    [ where = Where() ]
    { delete = new SqlDelete(s.end(this), table, where, null, alias); }
    returning = ReturningOpt()
    {
        return new DeleteStatement(s.end(this), delete, returning);
    }
}
