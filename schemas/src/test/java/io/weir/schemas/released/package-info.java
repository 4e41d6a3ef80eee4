/**
 * What has been released: the schemas of each release and a record written with each, as hexadecimal text, under
 * {@code src/test/resources/released/<n>}. Never changed; a release with changed schemas adds a directory
 * ({@link io.weir.schemas.released.ReleasedSchemas#main}).
 */
@NullMarked
package io.weir.schemas.released;

import org.jspecify.annotations.NullMarked;
