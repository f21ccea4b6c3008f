package io.trellisdb.jdbc.wire;

import io.trellisdb.protocol.message.Response;

/** The first answer to a request, and where it came from. */
record Answer(Link link, long id, Response response) {}
