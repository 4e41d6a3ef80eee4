/**
 * Reads rules from YAML, and writes them in canonical form.
 *
 * <p>{@link io.weir.rules.language.YamlReader} turns text into a tree of nodes that know their line and column, and finds
 * what YAML itself forbids. The readers above it take that tree apart key by key; each that finds something wrong adds a
 * fault and goes on, so that one reading finds all of them. A file ({@code RuleFileReader}) and a single definition
 * ({@code DefinitionReader}) are read by the same {@code RuleReader}; the only difference is that a definition has no
 * named lists.
 */
@NullMarked
package io.weir.rules.language;

import org.jspecify.annotations.NullMarked;
