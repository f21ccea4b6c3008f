/**
 * The client wire format, version {@value io.trellisdb.protocol.FrameCodec#VERSION}: this page and the two body codecs are its
 * specification. Frames travel both ways over one connection; numbers are big-endian.
 *
 * <pre>
 *  0        4    5    6       8             16
 *  +--------+----+----+-------+-------------+------------------------------+
 *  | length |type|vers| zero  | request id  | body                         |
 *  +--------+----+----+-------+-------------+------------------------------+
 *    u32     u8   u8   u16     u64            length - 12 bytes
 *
 *  request  body: table version (varint) · deadline ms (varint) · fields of the type
 *  response body: table version (varint) · catalog version (varint) · transaction state (u8) · fields of the type
 * </pre>
 *
 * <p>{@code length} counts what follows it: 12 to {@value io.trellisdb.protocol.FrameCodec#MAX_BEFORE_LOGIN} bytes from a client
 * that is not logged in, otherwise at most {@value io.trellisdb.protocol.FrameCodec#MAX_AFTER_LOGIN}. A type has one number for
 * ever ({@code FrameType}). Strings, byte arrays, varints, types and batches are those of
 * {@code common.codec}; lists are a varint count and the elements; what may be absent follows a byte 0 or 1.
 *
 * <p>Invariants: a count is compared with the bytes that are left before memory is taken for it; a frame has no byte more than
 * its fields; what breaks these rules, an unknown type or version included, is {@code PROTOCOL_VIOLATION} and the receiver
 * closes the connection.
 *
 * <p>An exchange: {@code Hello} · (AuthenticationRequired · Authenticate · AuthenticationStep · Authenticate)? · {@code Welcome},
 * then requests in any number ahead of their answers. The server runs a session's requests one after the other and answers in
 * that order; only rows that {@code Fetch} asked for come between. {@code Cancel} needs a connection of its own.
 *
 * <p>Stateless, any thread. No sockets, no Netty, no sessions here. Children: {@code message} (the values), {@code scram},
 * {@code retry}, {@code embedded}; none of them imports this package.
 */
@NullMarked
package io.trellisdb.protocol;

import org.jspecify.annotations.NullMarked;
