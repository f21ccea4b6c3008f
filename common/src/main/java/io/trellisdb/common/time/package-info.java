/**
 * Injected clocks. Code that decides by time receives one of these; nothing below {@code server} reads the system's clock.
 *
 * <p>Invariants: {@link io.trellisdb.common.time.NanoClock} never goes back; {@link io.trellisdb.common.time.WallClock} may.
 * Any thread may call them.
 */
@NullMarked
package io.trellisdb.common.time;

import org.jspecify.annotations.NullMarked;
