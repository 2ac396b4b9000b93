/**
 * DistilDIRE: generated pictures told by their noise. Its models are run frame by frame, as any
 * model.
 */
package org.touchstone.detectors.pipelines.distildire;
