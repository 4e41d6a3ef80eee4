/**
 * As much of an HTTP/1.1 server as an emulator needs, over plain sockets: thread per connection, raw paths, streamed
 * answers. Its own, since no server lets one reset a connection, cut an answer in the middle of a line or say where one
 * chunk ends; for all else an embedded server would be the better choice.
 */
@NullMarked
package io.weir.qumulo.emulator.http;

import org.jspecify.annotations.NullMarked;
