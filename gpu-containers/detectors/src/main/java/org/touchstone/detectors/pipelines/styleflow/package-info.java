/**
 * StyleFlow: whether a face moves and changes its style as faces do. Its models are run by the
 * pipeline of aligned clips.
 */
package org.touchstone.detectors.pipelines.styleflow;
