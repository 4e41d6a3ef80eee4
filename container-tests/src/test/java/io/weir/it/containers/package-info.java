/**
 * The images and {@code docker-compose.yml} as users have them: files go in, files come out, and all else is asked of
 * {@code docker}, {@code docker-compose} and {@code weir} commands in containers. No class of Weir is on the class path.
 *
 * <p>{@code ./dev container-tests} runs them with the images that {@code ./dev docker-images} has made. Where no Docker
 * engine answers, or an image is missing, each test is skipped and says so.
 */
@NullMarked
package io.weir.it.containers;

import org.jspecify.annotations.NullMarked;
