/**
 * Finds the media of posts on the platforms: what all extractors share. Answers of platforms are
 * bounded in bytes and nesting and read field by field; whatever is not as expected is a problem of
 * its own type, never a fault.
 */
package org.touchstone.resolver.platform;
