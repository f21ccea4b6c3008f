/**
 * The client's side of SCRAM-SHA-256 (RFC 5802, RFC 7677) with nothing but the JDK's cryptography.
 *
 * <p>Invariants: the server's nonce must extend ours; its iteration count is bounded both ways, so that a false server can
 * neither weaken the proof nor stall the client; its signature is verified before the login counts. Proofs and passwords
 * appear in no message of an exception. Channel binding is not offered yet. One exchange is confined to one thread.
 */
@NullMarked
package io.trellisdb.protocol.scram;

import org.jspecify.annotations.NullMarked;
