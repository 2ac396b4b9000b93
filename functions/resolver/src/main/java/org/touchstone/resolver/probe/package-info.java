/**
 * What a medium measures: pixels, seconds, tracks. Headers are read and nothing is decoded, so a
 * bomb is refused by what it claims.
 */
package org.touchstone.resolver.probe;
