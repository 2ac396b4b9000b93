/** Clips of consecutive frames of one face, aligned by its landmarks, as FTCN and StyleFlow ask. */
package org.touchstone.detectors.pipelines.alignedclips;
