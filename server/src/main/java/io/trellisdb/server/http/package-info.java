/**
 * The HTTP door: health checks and metrics, on a port and a thread of its own, so that it answers while SQL is busy.
 *
 * <pre>
 *   GET /health/live    200 while the node can go on, 503 when it must be started again
 *   GET /health/ready   200 while SQL is served, 503 with the state otherwise
 *   GET /metrics        Prometheus' text format
 * </pre>
 *
 * <p>Bounds: {@code MAX_CONNECTIONS} connections of at most a few seconds, one request each, 8 KiB of headers, bodies are not
 * read. No authentication yet: like SQL it stays on loopback unless that is allowed.
 */
@NullMarked
package io.trellisdb.server.http;

import org.jspecify.annotations.NullMarked;
