/**
 * Between SQL values and Java objects, both ways: {@link io.trellisdb.jdbc.value.ColumnReader} turns a column's row into what a
 * getter asks for, {@link io.trellisdb.jdbc.value.ParameterConversion} turns what a setter is given into the boxed value of a
 * parameter's type.
 *
 * <p>Invariants: a conversion that would lose whole digits fails with 22003, a text that is no such value with 22018 or 22007; a
 * TIMESTAMP without zone is read as UTC where Java needs an instant and no {@code Calendar} is given, except by the classes of
 * {@code java.sql}, which mean the JVM's zone; TIMESTAMP WITH LOCAL TIME ZONE is an instant, shown in the session's zone.
 *
 * <p>Stateless functions and immutable values, any thread. Imports only {@code error} among its siblings.
 */
@NullMarked
package io.trellisdb.jdbc.value;

import org.jspecify.annotations.NullMarked;
