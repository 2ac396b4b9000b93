/**
 * DistilDIRE: generated pictures recognised by their noise. Its models are run frame by frame, like
 * any other model.
 */
package org.touchstone.detectors.pipelines.distildire;
