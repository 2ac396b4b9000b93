/** FTCN: whether a face moves as faces do. Its models are run by the pipeline of aligned clips. */
package org.touchstone.detectors.pipelines.ftcn;
