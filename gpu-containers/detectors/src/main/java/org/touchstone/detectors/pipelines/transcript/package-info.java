/** The spoken words of a recording: their place in the ensemble, without a detector so far. */
package org.touchstone.detectors.pipelines.transcript;
