/** Pictures in memory: RGB pixels, and what is done to them. */
package org.touchstone.detectors.pixels;
