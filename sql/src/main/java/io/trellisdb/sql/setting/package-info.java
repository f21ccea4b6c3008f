/**
 * Settings of a session: what SET, RESET and SHOW know. {@link io.trellisdb.sql.setting.Settings} is the door.
 *
 * <p>Invariants: a setting either has its effect, or is one of the few that tools send and that change nothing here, whose
 * values are kept and shown; any other is refused with its name and the nearest known one; a value that a setting does not
 * take is refused.
 *
 * <p>Threads: a session's settings belong to its running statement.
 */
@NullMarked
package io.trellisdb.sql.setting;

import org.jspecify.annotations.NullMarked;
