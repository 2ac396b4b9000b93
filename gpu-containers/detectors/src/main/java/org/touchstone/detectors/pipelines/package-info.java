/**
 * How a detector describes itself, and what detectors that ask one installed model share. Each
 * detector has a package of its own below this one, by its name; {@code frames} and {@code
 * alignedclips} run the models of several.
 */
package org.touchstone.detectors.pipelines;
