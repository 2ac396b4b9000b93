/** FTCN: whether a face moves as faces do. Its models are run as those of aligned clips. */
package org.touchstone.detectors.pipelines.ftcn;
