/**
 * StyleFlow: whether a face moves and changes its style as faces do. Its models are run as those of
 * aligned clips.
 */
package org.touchstone.detectors.pipelines.styleflow;
