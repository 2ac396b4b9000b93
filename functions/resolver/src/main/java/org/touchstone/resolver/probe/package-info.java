/**
 * Measures a medium: pixels, seconds, tracks. Headers are read and nothing is decoded, so a
 * decompression bomb is rejected by its claimed size.
 */
package org.touchstone.resolver.probe;
