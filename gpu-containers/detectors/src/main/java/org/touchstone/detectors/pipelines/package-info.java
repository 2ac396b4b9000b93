/**
 * Descriptions of detectors, and the shared parts of detectors that run one installed model. Each
 * detector has a package of its own name below this one; {@code frames} and {@code alignedclips}
 * run the models of several detectors.
 */
package org.touchstone.detectors.pipelines;
