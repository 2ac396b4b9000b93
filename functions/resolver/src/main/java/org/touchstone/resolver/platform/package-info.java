/**
 * The parts that all platforms' extractors share. Answers of platforms are bounded in bytes and
 * nesting and read field by field. An unexpected answer is a problem of its own type, never an
 * internal fault.
 */
package org.touchstone.resolver.platform;
