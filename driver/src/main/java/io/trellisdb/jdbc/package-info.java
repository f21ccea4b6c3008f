/**
 * The JDBC driver: thin faces of {@link io.trellisdb.jdbc.wire.Session}.
 *
 * <p>URLs: {@code jdbc:trellis://host[:20001][,host2[:port]…]/[database][?property=value&…]} for servers,
 * {@code jdbc:trellis:file:DIR} and {@code jdbc:trellis:mem:NAME} for a node in this process. Properties are listed by
 * {@link io.trellisdb.jdbc.url.ConnectionProperty}; what the URL says wins over {@code Properties}.
 *
 * <p>Invariants: what is not offered is refused with 0AT00 by an {@code Unsupported…} class, so that the real classes hold only
 * what works; every flag of the metadata means what it says; exactly one public concrete class is a {@code java.sql.Driver}.
 * The jar holds no class of others and starts no thread.
 *
 * <p>Threads: connections may be shared, one request at a time; statements and results belong to one thread, but for
 * {@code cancel}. This package assembles its children ({@code error}, {@code url}, {@code value}, {@code wire}); none imports it.
 */
@NullMarked
package io.trellisdb.jdbc;

import org.jspecify.annotations.NullMarked;
