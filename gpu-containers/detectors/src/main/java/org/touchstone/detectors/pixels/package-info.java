/** Pictures in memory: RGB pixels, and operations on them. */
package org.touchstone.detectors.pixels;
